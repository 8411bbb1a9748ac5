import type { IncomingMessage } from 'node:http'
import { AppError } from '../errors.ts'

/** Reads a request body; more than `limit` bytes is `too_large`, and the rest is thrown away unread. */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    if (Number(request.headers['content-length'] ?? 0) > limit) reject(new AppError('too_large'))
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) chunks.push(chunk)
      else reject(new AppError('too_large'))
    })
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('error', () => reject(new AppError('bad_request', { field: 'body' })))
  })
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
