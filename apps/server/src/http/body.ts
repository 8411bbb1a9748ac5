import type { IncomingMessage } from 'node:http'
import { AppError } from '../errors.ts'

/** Reads a request body; more than `limit` bytes is `too_large`, and the rest is not read. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw new AppError('too_large')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) throw new AppError('too_large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/**
 * Reads a JSON object. Our inputs are flat, so a name that comes twice anywhere is an attempt to say two things at
 * once and refused (assurance.md A17).
 */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) throw new AppError('not_json')
  const text = (await readBody(request, limit)).toString('utf8')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new AppError('bad_request', { field: 'body' })
  }
  const names = [...text.matchAll(/"((?:[^"\\]|\\.)*)"(\s*:)?/g)].filter((found) => found[2]).map((found) => found[1])
  if (new Set(names).size !== names.length || names.includes('__proto__'))
    throw new AppError('bad_request', { field: 'body' })
  return value
}
