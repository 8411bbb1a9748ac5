import { readTextBody } from './markdown.ts'
import { readText } from './read-text.ts'
import { RenditionError } from '../renditions/rendition.ts'

const acting =
  /<\s*(?:script|iframe|frame|object|embed|applet|form|input|button|svg|math|template|base|link|meta\s+http-equiv)\b|<[^>]*\son\w+\s*=|\b(?:javascript|vbscript):|data:text\/html/i

/** An article is read by the server itself, for which nobody should wait long. */
const mostReadMs = 1_000

/**
 * Looks through an article or a phrase before it is stored. Whatever else a page may not hold is taken out when it is
 * read; what would act is refused, so that its author knows. Throws RenditionError: also `active_content`, and `too_slow` for
 * marks so nested that reading them takes long.
 */
export function inspectText(bytes: Buffer): void {
  if (acting.test(readText(bytes))) throw new RenditionError('active_content')
  const begun = process.cpuUsage() // not the clock: a busy machine is no fault of the article
  readTextBody('article', bytes)
  if (process.cpuUsage(begun).user / 1_000 > mostReadMs) throw new RenditionError('too_slow')
}
