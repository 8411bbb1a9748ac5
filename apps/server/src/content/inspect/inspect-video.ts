import { openSync, closeSync, fstatSync, readSync } from 'node:fs'
import { boxesOf, boxSize, findBox } from './mp4-boxes.ts'
import { renditionCaps, RenditionError } from '../renditions/rendition.ts'
import { movieSeconds } from './video-seconds.ts'

const headerBytes = 64 * 1024 * 1024
const mostBoxes = 100_000
const topLevel = /^(?:ftyp|styp|moov|moof|mdat|mfra|sidx|ssix|free|skip|wide|uuid|meta|prft|emsg|pdin)$/

export type Movie = { seconds: number; width: number; height: number }

/**
 * Follows an MP4 from box to box without reading the film itself; what every phone plays is H.264 (WeCom’s own limit
 * too). Throws RenditionError: `broken`, `polyglot`, `encrypted`, `codec_not_supported`, `page_too_large`.
 */
export function inspectVideo(path: string): Movie {
  const file = openSync(path, 'r')
  try {
    return movieOf(readMovieHeader(file, fstatSync(file).size))
  } finally {
    closeSync(file)
  }
}

/** The content of `moov`. Every box must lie within the file and the last one end where the file ends. */
function readMovieHeader(file: number, bytes: number): Buffer {
  let [header, film]: [Buffer | undefined, boolean] = [undefined, false]
  let at = 0
  for (let count = 0; at < bytes; count += 1) {
    const start = readAt(file, at, Math.min(16, bytes - at))
    if (start.length < 8 || count > mostBoxes) throw new RenditionError('broken')
    const type = start.toString('latin1', 4, 8)
    const { size, head } = boxSize(start, bytes - at)
    if (!topLevel.test(type)) throw new RenditionError(at > 0 && header && film ? 'polyglot' : 'broken')
    if (size < head || at + size > bytes) throw new RenditionError('broken')
    if (type === 'ftyp' && /^qt {2}/.test(readAt(file, at + head, 4).toString('latin1'))) {
      throw new RenditionError('not_supported')
    }
    if (type === 'moov' && !header) {
      if (size > headerBytes) throw new RenditionError('too_large')
      header = readAt(file, at + head, size - head)
    }
    film ||= type === 'mdat'
    at += size
  }
  if (!header || !film) throw new RenditionError('broken')
  return header
}

function movieOf(header: Buffer): Movie {
  const pictures = boxesOf(header)
    .filter(({ type }) => type === 'trak')
    .flatMap(({ content }) => pictureOf(content) ?? [])
  const [shown] = pictures
  if (!shown) throw new RenditionError('codec_not_supported') // sound alone is no video
  if (pictures.some(({ codec }) => codec === 'encv')) throw new RenditionError('encrypted')
  if (!/^avc[13]$/.test(shown.codec)) throw new RenditionError('codec_not_supported')
  const { width, height } = shown
  if (width === 0 || height === 0) throw new RenditionError('broken')
  if (width * height > renditionCaps.drawnPixels) throw new RenditionError('page_too_large')
  return { width, height, seconds: movieSeconds(header) }
}

/** How the pictures of a track are coded, and their size (ISO 14496-12, 8.5.2 and 12.1.3); undefined for other tracks. */
function pictureOf(track: Buffer): { codec: string; width: number; height: number } | undefined {
  const media = findBox(track, 'mdia')
  const kind = media && findBox(media, 'hdlr')
  if (!media || kind?.toString('latin1', 8, 12) !== 'vide') return undefined
  const table = findBox(findBox(media, 'minf') ?? Buffer.alloc(0), 'stbl')
  const [entry] = boxesOf((table && findBox(table, 'stsd'))?.subarray(8) ?? Buffer.alloc(0))
  if (!entry || entry.content.length < 28) throw new RenditionError('broken')
  const { type: codec, content } = entry
  return { codec, width: content.readUInt16BE(24), height: content.readUInt16BE(26) }
}

function readAt(file: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  return bytes.subarray(0, readSync(file, bytes, 0, length, at))
}
