import { renditionCaps, RenditionError } from './rendition.ts'

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

const acting =
  /<\s*(?:script|iframe|frame|object|embed|applet|form|input|button|svg|math|template|base|link|meta\s+http-equiv)\b|<[^>]*\son\w+\s*=|\b(?:javascript|vbscript):|data:text\/html/i

/**
 * Looks through an article or a phrase before it is stored. Whatever else a page may not hold is taken out when it is
 * read; what would act is refused, so that its author knows. Throws RenditionError: also `active_content`.
 */
export function inspectText(bytes: Buffer): void {
  if (acting.test(readText(bytes))) throw new RenditionError('active_content')
}
