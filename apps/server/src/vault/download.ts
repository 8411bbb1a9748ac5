import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { AxiosResponse } from 'axios'
import { readEnvelope } from './transport.ts'
import { VaultFault } from './vault-fault.ts'

const mostFileBytes = 200 * 1024 * 1024
const mostEnvelopeBytes = 64 * 1024

/**
 * Writes the bytes of a file call to `path`. A file call that failed answers with the envelope and HTTP 200: what says it
 * is JSON, or looks like it, is read as that and never stored (1.5). Throws VaultRefusal or VaultFault.
 */
export async function receive({ data, headers }: AxiosResponse<Readable>, path: string) {
  const declared = String(headers['content-type'] ?? '')
  if (!/octet-stream|pdf|video|image/i.test(declared)) readEnvelope(await readJson(data))
  const hash = createHash('sha256')
  let bytes = 0
  async function* checked(source: AsyncIterable<Buffer>) {
    for await (const chunk of source) {
      if (bytes === 0 && chunk[0] === 0x7b) readEnvelope(await readJson(rest(chunk, source)))
      bytes += chunk.length
      if (bytes > mostFileBytes) throw new VaultFault('refused', { type: 'FILE_TOO_LARGE' })
      hash.update(chunk)
      yield chunk
    }
  }
  await pipeline(data, checked, createWriteStream(path, { mode: 0o600 }))
  if (bytes === 0) throw new VaultFault('unreachable', { type: 'EMPTY_FILE' })
  return { sha256: hash.digest('hex'), bytes }
}

async function* rest(first: Buffer, source: AsyncIterable<Buffer>) {
  yield first
  yield* source
}

async function readJson(source: AsyncIterable<Buffer>): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of source) {
    size += chunk.length
    if (size > mostEnvelopeBytes) break
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return undefined // neither bytes nor an envelope: readEnvelope says so
  }
}
