import { open } from 'node:fs/promises'
import { RenditionError } from '../renditions/rendition.ts'

/** What a file is by its bytes. `office` is settled by looking inside, `html` and `text` are articles and phrases. */
export type SniffedFormat = 'pdf' | 'png' | 'jpeg' | 'mp4' | 'office' | 'html' | 'text' | 'vtt'

/** PDF readers look for their header no further than this. */
const sniffedBytes = 1_024

const signatures: { format: SniffedFormat; at: number; bytes: Buffer }[] = [
  { format: 'pdf', at: 0, bytes: Buffer.from('%PDF-') },
  { format: 'png', at: 0, bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
  { format: 'jpeg', at: 0, bytes: Buffer.from([0xff, 0xd8, 0xff]) },
  { format: 'mp4', at: 4, bytes: Buffer.from('ftyp') },
  { format: 'office', at: 0, bytes: Buffer.from('PK\x03\x04') },
]
const oldOffice = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
/** An office document that needs a password is a stream of this name in a file of the old format. */
const encryptedOffice = Buffer.from('EncryptedPackage', 'utf16le')

/**
 * Tells a format by the first bytes; a name or a declared type proves nothing. Throws RenditionError: `empty`,
 * `encrypted`, `polyglot` for a PDF that begins as something else, `not_utf8`, `not_supported`.
 */
export function sniffFile(head: Buffer): SniffedFormat {
  if (head.length === 0) throw new RenditionError('empty')
  const found = signatures.find(({ at, bytes }) => head.subarray(at, at + bytes.length).equals(bytes))
  if (found) return found.format
  if (head.subarray(0, sniffedBytes).includes('%PDF-')) throw new RenditionError('polyglot')
  if (head.subarray(0, oldOffice.length).equals(oldOffice)) {
    throw new RenditionError(head.includes(encryptedOffice) ? 'encrypted' : 'not_supported')
  }
  return sniffText(head.subarray(0, sniffedBytes))
}

function sniffText(head: Buffer): SniffedFormat {
  // Control characters stand in no text; GB 18030 and UTF-16 are text, but not what everybody can read.
  if (/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(head.toString('latin1').replace(/^(?:\xff\xfe|\xfe\xff)[^]*$/, ''))) {
    throw new RenditionError('not_supported')
  }
  const text = decoded(head)
  if (text === undefined) throw new RenditionError('not_utf8')
  if (/^WEBVTT(?:\s|$)/.test(text)) return 'vtt'
  if (/^\s*<(?:\?xml|!DOCTYPE svg|svg)\b/i.test(text)) throw new RenditionError('not_supported')
  return /^\s*(?:<!--[^]*?-->\s*)*<[a-z!]/i.test(text) ? 'html' : 'text'
}

/** The head may end within a character, so the decoder is told that more may come. */
function decoded(head: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
  } catch {
    return undefined
  }
}

/** The part of a file to sniff: with the directory of an old office file, which tells whether it is an encrypted new one. */
export async function readHead(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(64 * 1024) })
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
