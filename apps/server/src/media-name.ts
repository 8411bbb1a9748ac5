import { sql } from 'kysely'

/**
 * The name under which a doctor gets the file of a piece. WeCom keeps a name with the bytes, so its copies are kept by
 * both: two pieces of the same bytes each arrive under their own name. A file that came without a name has the title.
 */
export const mediaName = ({ fileName, title }: { fileName: string; title: string }): string => fileName || title

/** The same of a row of `content_item`. */
export const mediaNameColumn = sql<string>`if(content_item.file_name = '', content_item.title, content_item.file_name)`
