import type { FileFormat } from './file-format.ts'
import { RenditionError } from '../renditions/rendition.ts'

const extensions: Record<FileFormat, readonly string[]> = {
  pdf: ['pdf'],
  docx: ['docx'],
  pptx: ['pptx'],
  png: ['png'],
  jpeg: ['jpg', 'jpeg'],
  mp4: ['mp4'],
  html: ['html', 'htm'],
  text: ['md', 'markdown', 'txt'],
  vtt: ['vtt'],
}
const longest = 200
/** Controls with line breaks, marks that turn the direction of writing, letters without width, parts of a path. */
const unfit = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u034f\u115f\u1160\u3164/\\]|^[. ]|[. ]$/u

/**
 * A name that shows what the file is, to people and to systems alike. Throws RenditionError: `bad_name` for one that
 * could deceive or break a line, `wrong_extension` for one that says something else than the bytes.
 */
export function checkFileName(name: string, format: FileFormat): void {
  if (name === '' || Buffer.byteLength(name) > longest || unfit.test(name)) throw new RenditionError('bad_name')
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  if (!extensions[format].includes(extension)) throw new RenditionError('wrong_extension')
}
