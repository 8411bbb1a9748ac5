import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { HostileFile } from './hostile-file.ts'

/** The film of the demo world: H.264, as ffmpeg wrote it. */
export const film = (): Buffer =>
  readFileSync(fileURLToPath(new URL('../../../simulator/cast/sources/infusion.mp4', import.meta.url)))

/** Where a box of that type stands on the first level. */
function boxAt(bytes: Buffer, type: string): { at: number; size: number } {
  for (let at = 0; at < bytes.length; at += bytes.readUInt32BE(at)) {
    if (bytes.toString('latin1', at + 4, at + 8) === type) return { at, size: bytes.readUInt32BE(at) }
  }
  throw new Error(`no ${type}`)
}

function withoutHeader(): Buffer {
  const bytes = film()
  const { at, size } = boxAt(bytes, 'moov')
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + size)])
}

function filmWith(change: (bytes: Buffer) => void): Buffer {
  const bytes = film()
  change(bytes)
  return bytes
}

/** Says of a type in the header that it is another one. */
const renamed = (from: string, to: string): Buffer =>
  filmWith((bytes) => bytes.write(to, bytes.indexOf(from, boxAt(bytes, 'moov').at), 'latin1'))

const file = (name: string, make: HostileFile['make']): HostileFile => ({ name, called: `${name}.mp4`, make })

export const videoFiles: HostileFile[] = [
  file('plain-film', film),
  file('film-without-header', withoutHeader),
  file('film-cut-off', () => film().subarray(0, -1_000)),
  file('film-with-huge-box', () => filmWith((bytes) => bytes.writeUInt32BE(0xfffffff0, boxAt(bytes, 'mdat').at))),
  file('film-with-box-of-no-size', () => filmWith((bytes) => bytes.writeUInt32BE(4, boxAt(bytes, 'mdat').at))),
  file('film-with-page-after', () => Buffer.concat([film(), Buffer.from('<html><script>alert(1)</script></html>')])),
  file('film-of-quicktime', () => filmWith((bytes) => bytes.write('qt  ', 8))),
  file('film-in-hevc', () => renamed('avc1', 'hvc1')),
  file('film-encrypted', () => renamed('avc1', 'encv')),
  file('film-without-picture', () => renamed('vide', 'soun')),
  file('film-of-boxes-in-boxes', () =>
    Buffer.concat([film().subarray(0, 32), Buffer.alloc(50_000, '\0\0\0\x08moov', 'latin1')]),
  ),
]
