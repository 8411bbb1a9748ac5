import { createInflate } from 'node:zlib'
import type { FollowedPicture } from './inspect-picture.ts'
import { RenditionError } from '../renditions/rendition.ts'

/** Bytes a note in a picture, such as a colour profile, may become, and one pixel of sixteen bits and four channels. */
const noteBytes = 8 * 1024 * 1024
const pixelBytes = 8

/**
 * Follows a PNG chunk after chunk: length, type, content, check sum (PNG, 5.3). Throws RenditionError: `broken`, and
 * `not_supported` for one that moves.
 */
export function followPng(bytes: Buffer): FollowedPicture {
  const [pixels, notes]: [Buffer[], Buffer[]] = [[], []]
  let [width, height] = [0, 0]
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    const content = bytes.subarray(at + 8, at + 8 + length)
    if (type === 'acTL') throw new RenditionError('not_supported')
    if (type === 'IHDR' && length >= 8) [width, height] = [bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)]
    if (type === 'IDAT') pixels.push(content)
    if (/^(?:zTXt|iTXt|iCCP)$/.test(type)) notes.push(content)
    at += 12 + length
    if (type !== 'IEND' || at > bytes.length) continue
    return { width, height, end: at, checkPacked: () => checkPacked(pixels, notes, { width, height }) }
  }
  throw new RenditionError('broken')
}

type Size = { width: number; height: number }

/** Unpacks what a PNG holds packed, into nothing: neither its pixels nor a note may become more than they should. */
async function checkPacked(pixels: Buffer[], notes: Buffer[], { width, height }: Size): Promise<void> {
  await checkUnpacked(pixels, width * height * pixelBytes + height * 8 + 65_536)
  for (const note of notes) {
    const start = note.findIndex((byte, at) => (byte & 15) === 8 && ((byte << 8) | (note[at + 1] ?? 0)) % 31 === 0)
    if (start >= 0) await checkUnpacked([note.subarray(start)], noteBytes)
  }
}

/** What cannot be unpacked is left to the decoder, which will say so. */
async function checkUnpacked(parts: Buffer[], mostBytes: number): Promise<void> {
  const inflate = createInflate()
  let bytes = 0
  const over = new Promise<void>((resolve) => {
    inflate.on('error', () => resolve())
    inflate.on('close', resolve)
    inflate.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > mostBytes) inflate.destroy()
    })
  })
  for (const part of parts) inflate.write(part)
  inflate.end()
  await over
  if (bytes > mostBytes) throw new RenditionError('zip_bomb')
}
