import { renditionCaps, RenditionError } from '../renditions/rendition.ts'

/** The words of an article or a phrase, without a byte order mark. Throws RenditionError: `too_large`, `not_utf8`. */
export function readText(bytes: Buffer): string {
  if (bytes.length > renditionCaps.textBytes) throw new RenditionError('too_large')
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (/[\0-\x08\x0e-\x1f]/.test(text)) throw new RenditionError('not_supported')
    if (text.trim() === '') throw new RenditionError('empty')
    return text
  } catch (fault) {
    throw fault instanceof RenditionError ? fault : new RenditionError('not_utf8', fault)
  }
}
