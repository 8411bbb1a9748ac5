import type { FileProblem } from '@vouch/contract'
import { fileFormats, type FileFormat } from '../content/inspect/file-format.ts'
import { checkFileName } from '../content/inspect/file-name.ts'
import { RenditionError } from '../content/renditions/rendition.ts'
import type { Purpose } from './upload-limits.ts'

/** What a list of content to import is stored as. */
export const listFormat = 'csv'

/** Why bytes of this format cannot serve the purpose under this name; undefined when they can. */
export function checkFormat(
  format: string,
  { purpose, fileName }: { purpose: Purpose; fileName: string },
): FileProblem | undefined {
  if (purpose === 'import') return format === listFormat || isText(format) ? undefined : 'not_supported'
  if (!isFormat(format)) return 'not_supported'
  if (!fitsPurpose(format, purpose)) return 'not_supported'
  try {
    checkFileName(fileName, format)
  } catch (fault) {
    if (fault instanceof RenditionError) return fault.problem
    throw fault
  }
  return undefined
}

/** Captions are for a video alone, and a scan may be a PDF; card pictures and posters are pictures. */
function fitsPurpose(format: FileFormat, purpose: Purpose): boolean {
  if (purpose === 'captions' || format === 'vtt') return purpose === 'captions' && format === 'vtt'
  const picture = format === 'png' || format === 'jpeg'
  return purpose === 'content' || picture || (purpose === 'paper' && format === 'pdf')
}

const isFormat = (format: string): format is FileFormat => fileFormats.some((known) => known === format)
const isText = (format: string): boolean => format === 'text'
