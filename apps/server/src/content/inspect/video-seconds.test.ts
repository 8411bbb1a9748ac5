import { describe, expect, it } from 'vitest'
import { videoSeconds } from './video-seconds.ts'

function box(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(content.length + 8)
  head.write(type, 4)
  return Buffer.concat([head, content])
}

/** A movie header in its short or long form, that many units of a thousandth of a second. */
function movie(duration: number, long = false): Buffer {
  const header = Buffer.alloc(long ? 112 : 100)
  if (long) {
    header[0] = 1
    header.writeUInt32BE(1_000, 20)
    header.writeBigUInt64BE(BigInt(duration), 24)
  } else {
    header.writeUInt32BE(1_000, 12)
    header.writeUInt32BE(duration, 16)
  }
  return Buffer.concat([
    box('ftyp', Buffer.from('isom')),
    box('mdat', Buffer.alloc(50)),
    box('moov', box('mvhd', header)),
  ])
}

describe('the length of a video', () => {
  it.each([
    ['in the short form', movie(12_000), 12],
    ['in the long form', movie(61_001, true), 62],
    ['of nothing', Buffer.alloc(0), 0],
    ['of a file that is no video', Buffer.from('<!doctype html><title>no video at all</title>'), 0],
    ['of a file cut off in its header', movie(12_000).subarray(0, 90), 0],
    ['of boxes without end', Buffer.concat([Buffer.alloc(3), Buffer.from([4]), Buffer.from('moov')]), 0],
  ])('%s', (_, file, seconds) => expect(videoSeconds(file)).toBe(seconds))
})
