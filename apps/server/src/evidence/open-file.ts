import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { contentName } from '../files/file-names.ts'
import type { LinkRow } from './queries.ts'
import { loadReadableLink, type Reader } from './reader.ts'

const formats: Record<string, string> = {
  'application/pdf': 'PDF',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'DOCX',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'PPTX',
  'image/jpeg': 'JPG',
  'image/png': 'PNG',
  'video/mp4': 'MP4',
}
/** Ways of sending that leave a copy with the doctor; a piece that has none of them is not given away here either. */
const copies = ['file', 'image', 'video']

/** What may be taken as a file: format and size, or null. Without any statement of its own. */
export function fileOf(
  link: Pick<LinkRow, 'mime' | 'fileHash' | 'fileBytes' | 'ways'>,
): { format: string; bytes: number } | null {
  const format = formats[link.mime]
  if (!format || !link.fileHash || !link.ways.split(',').some((way) => copies.includes(way))) return null
  return { format, bytes: Number(link.fileBytes) }
}

/** The approved file for the addressee of a live link, under the name that was signed. Throws as the link does. */
export async function openFile(deps: Deps, reader: Reader, token: string) {
  const link = await loadReadableLink(deps, reader, token)
  const file = fileOf(link)
  if (!file || !link.fileHash) throw new AppError('not_found')
  const { stream } = await deps.files.open(contentName(link.fileHash))
  return { name: nameOf(link, file.format), mime: link.mime, bytes: file.bytes, stream }
}

/** Nothing that hides, turns round or leads out of a folder. */
function nameOf({ fileName, title, version }: LinkRow, format: string): string {
  const name = fileName || `${title} v${version}.${format.toLowerCase()}`
  return name.replaceAll(/[\p{C}]/gu, '').replaceAll(/[/\\:*?"<>|]/g, '_')
}
