import { Readable } from 'node:stream'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { loadReadableLink, type Reader } from './reader.ts'

export type Range = { start: number; end: number }

/** Bytes of a video for its addressee, from `start` to `end` inclusive; iOS asks for parts. Throws as the link does. */
export async function openVideo(
  deps: Deps,
  reader: Reader,
  asked: { token: string; range: (bytes: number) => Range | null },
) {
  const link = await loadReadableLink(deps, reader, asked.token)
  if (link.kind !== 'video' || !link.fileHash) throw new AppError('not_found')
  const { stream, bytes } = await deps.files.open(`content/${link.fileHash}`)
  const range = asked.range(bytes)
  return { bytes, range, mime: link.mime || 'video/mp4', stream: range ? Readable.from(part(stream, range)) : stream }
}

async function* part(stream: Readable, { start, end }: Range): AsyncGenerator<Buffer> {
  let at = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const from = Math.max(0, start - at)
    const wanted = chunk.subarray(from, Math.max(from, end + 1 - at))
    at += chunk.length
    if (wanted.length > 0) yield wanted
    if (at > end) return
  }
}
