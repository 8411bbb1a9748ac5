import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import type { HostileFile } from './hostile-file.ts'
import { makeZip } from './make-zip.ts'

const red = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c00000' }, limitInputPixels: false })
const png = (): Promise<Buffer> => red(300, 200).png().toBuffer()
const jpeg = (): Promise<Buffer> => red(300, 200).jpeg().toBuffer()

function chunk(type: string, content: Buffer): Buffer {
  const bytes = Buffer.alloc(content.length + 12)
  bytes.writeUInt32BE(content.length)
  bytes.write(type, 4)
  content.copy(bytes, 8)
  bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), bytes.length - 4)
  return bytes
}

function pngOf(width: number, height: number, pixels: Buffer, extra: Buffer[] = []): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  header.set([8, 0], 8) // eight bits of grey
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    ...extra,
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const zeros = (bytes: number): Buffer => deflateSync(Buffer.alloc(bytes), { level: 9 })
const joined = async (...parts: (Buffer | string | Promise<Buffer>)[]): Promise<Buffer> =>
  Buffer.concat((await Promise.all(parts)).map((part) => Buffer.from(part)))

/** A picture whose comment becomes 300 MB when somebody reads it. */
const commentBomb = (): Buffer =>
  pngOf(10, 10, zeros(110), [chunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), zeros(300_000_000)]))])

/** A segment between the beginning and the rest. */
async function jpegWith(marker: number, content: string): Promise<Buffer> {
  const plain = await jpeg()
  const segment = Buffer.alloc(4)
  segment.set([0xff, marker])
  segment.writeUInt16BE(content.length + 2, 2)
  return Buffer.concat([plain.subarray(0, 2), segment, Buffer.from(content), plain.subarray(2)])
}

const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
const file = (called: string, make: HostileFile['make']): HostileFile => ({
  name: called.replaceAll('.', '-'),
  called,
  make,
})

export const pictureFiles: HostileFile[] = [
  file('plain-picture.png', png),
  file('plain-photo.jpg', jpeg),
  file('half-a-picture.png', async () => (await png()).subarray(0, 60)),
  file('half-a-photo.jpg', async () => (await jpeg()).subarray(0, -40)),
  file('picture-of-200-megapixels.png', () => pngOf(20_000, 10_000, zeros(200_010_000))),
  file('photo-of-200-megapixels.jpg', async () => withSize(await jpeg(), 20_000, 10_000)),
  file('picture-of-49-megapixels.png', () => pngOf(7_000, 7_000, zeros(49_007_000))),
  file('picture-of-more-than-it-says.png', () => pngOf(10, 10, zeros(500_000_000))),
  file('picture-with-comment-bomb.png', commentBomb),
  file('picture-with-archive.png', () => joined(png(), makeZip([{ name: 'a.class', bytes: Buffer.from('x') }]))),
  file('photo-with-server-code.jpg', () => joined(jpeg(), '<?php system($_GET[0]) ?>')),
  file('photo-with-script-in-comment.jpg', () => jpegWith(0xfe, '<script>alert(1)</script>')),
  file('photo-with-second-view.jpg', () => joined(jpeg(), jpeg())),
  file('cmyk.jpg', () => red(300, 200).toColourspace('cmyk').jpeg().toBuffer()),
  file('moving.png', () => pngOf(10, 10, zeros(110), [chunk('acTL', Buffer.alloc(8, 1))])),
  file('moving.webp', () =>
    sharp(Buffer.alloc(10 * 20 * 3), { raw: { width: 10, height: 20, channels: 3, pageHeight: 10 } })
      .webp()
      .toBuffer(),
  ),
  file('moving.gif', () =>
    sharp(Buffer.alloc(10 * 20 * 3), { raw: { width: 10, height: 20, channels: 3, pageHeight: 10 } })
      .gif()
      .toBuffer(),
  ),
  file('drawing.svg', () => Buffer.from(svg)),
  file('drawing-called-picture.png', () => Buffer.from(svg)),
]

/** The same picture declaring another size (the frame header, ITU T.81 B.2.2). */
function withSize(bytes: Buffer, width: number, height: number): Buffer {
  const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]))
  bytes.writeUInt16BE(height, frame + 5)
  bytes.writeUInt16BE(width, frame + 7)
  return bytes
}
