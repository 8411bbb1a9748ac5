import type { FollowedPicture } from './inspect-picture.ts'
import { RenditionError } from '../renditions/rendition.ts'

/** Markers that carry no length: one for arithmetic coding, restarts and the beginning. */
const bare = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
/** A progressive picture repaints itself; a few scans are usual, hundreds are an attack. */
const mostScans = 100

/**
 * Follows a JPEG segment after segment up to its end marker (ITU T.81, B.1.1). Throws RenditionError `broken`.
 */
export function followJpeg(bytes: Buffer): FollowedPicture {
  let [width, height, scans] = [0, 0, 0]
  for (let at = 2; at + 4 <= bytes.length || bytes[at + 1] === 0xd9;) {
    const marker = bytes[at + 1]!
    if (bytes[at] !== 0xff) break
    if (marker === 0xd9) return { width, height, end: at + 2, checkPacked: async () => {} }
    if (marker === 0xff || bare(marker)) {
      at += marker === 0xff ? 1 : 2
      continue
    }
    if (isFrame(marker) && at + 9 <= bytes.length) {
      ;[height, width] = [bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 7)]
    }
    at += 2 + bytes.readUInt16BE(at + 2)
    if (marker !== 0xda) continue
    scans += 1
    if (scans > mostScans) break
    at = endOfScan(bytes, at)
  }
  throw new RenditionError('broken')
}

/** Within a scan 0xff is escaped by a zero or starts it again; anything else ends it. */
function endOfScan(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(0xff, from)
  while (at >= 0 && at + 1 < bytes.length) {
    const next = bytes[at + 1]!
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at
    at = bytes.indexOf(0xff, at + 2)
  }
  throw new RenditionError('broken')
}
