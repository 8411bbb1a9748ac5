import { createHash } from 'node:crypto'
import { FileMismatch, type Promised } from './files.ts'

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Every S3 store refuses a body that is not the one this belongs to; the sums of newer ones are not known everywhere. */
export function md5Of(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('base64')
}

/** Hash and length of bytes that come a piece at a time. */
export async function hashFrom(source: AsyncIterable<Uint8Array>): Promise<Promised> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const piece of source) {
    hash.update(piece)
    bytes += piece.length
  }
  return { sha256: hash.digest('hex'), bytes }
}

/** Passes the pieces on and throws FileMismatch after the last one unless together they are what was promised. */
export async function* promisedOnly(
  name: string,
  source: AsyncIterable<Uint8Array>,
  promised: Promised,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const piece of source) {
    bytes += piece.length
    if (bytes > promised.bytes) throw new FileMismatch(name)
    hash.update(piece)
    yield piece
  }
  if (bytes !== promised.bytes || hash.digest('hex') !== promised.sha256) throw new FileMismatch(name)
}
