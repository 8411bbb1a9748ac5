import { md5Of } from './file-hash.ts'
import type { Bucket, WrittenPart } from './s3-bucket.ts'

const partBytes = 8 * 1024 * 1024

/** Writes in parts, so that one part is held at a time. Nothing is visible before the last step; a fault takes all back. */
export async function writeInParts(bucket: Bucket, key: string, source: AsyncIterable<Uint8Array>): Promise<void> {
  const uploadId = await bucket.begin(key)
  try {
    const parts: WrittenPart[] = []
    for await (const bytes of inParts(source)) {
      parts.push(await bucket.writePart(key, { uploadId, number: parts.length + 1, bytes, md5: md5Of(bytes) }))
    }
    await bucket.complete(key, uploadId, parts)
  } catch (fault) {
    await bucket.abort(key, uploadId).catch(() => {}) // what stays is swept by its age
    throw fault
  }
}

/** All parts but the last are full. Each is the same memory filled anew: it is sent before the next one is asked for. */
async function* inParts(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const part = Buffer.allocUnsafe(partBytes)
  let filled = 0
  for await (const piece of source) {
    for (let at = 0; at < piece.length;) {
      const taken = piece.subarray(at, at + partBytes - filled)
      part.set(taken, filled)
      filled += taken.length
      at += taken.length
      if (filled < partBytes) continue
      yield part
      filled = 0
    }
  }
  if (filled > 0) yield part.subarray(0, filled)
}
