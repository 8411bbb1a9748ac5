import type { Readable } from 'node:stream'
import type { Context } from 'koa'
import type { Range } from '../files/files.ts'

/** The bytes a player asks for, end inclusive, once it is known how many there are; null when there is no part we answer. */
export function rangeAsked(ctx: Context): (bytes: number) => Range | null {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(ctx.get('range')) ?? []
  return (bytes) => {
    if (from === '' && to === '') return null
    const start = from === '' ? Math.max(0, bytes - Number(to)) : Number(from)
    const end = from === '' || to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1)
    return start <= end ? { start, end } : null
  }
}

/** A film, or the part of it that was asked for: iOS plays nothing that is not given in parts. */
export function answerPart(
  ctx: Context,
  part: { bytes: number; range: Range | null; mime: string; stream: Readable },
): void {
  const { bytes, range } = part
  ctx.set('Accept-Ranges', 'bytes')
  ctx.type = part.mime
  if (range) {
    ctx.status = 206
    ctx.set('Content-Range', `bytes ${range.start}-${range.end}/${bytes}`)
  }
  ctx.length = range ? range.end - range.start + 1 : bytes
  ctx.body = part.stream
}

/** Captions under the hash they were signed by: they may be kept, but are asked about before each use. */
export function answerCaptions(ctx: Context, { captions, hash }: { captions: string; hash: string }): void {
  const etag = `"${hash.slice(0, 32)}"`
  ctx.set('Cache-Control', 'private, no-cache')
  ctx.set('ETag', etag)
  ctx.type = 'text/vtt; charset=utf-8'
  ctx.body = captions
  if (ctx.get('if-none-match') === etag) ctx.status = 304
}
