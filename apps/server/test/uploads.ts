import { createHash, randomBytes } from 'node:crypto'
import { repEndpoints, uploadEndpoints } from '@vouch/contract'
import { call, post, publicUrl, type Answer } from './test-server.ts'

export const partBytes = 1024 * 1024
export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** A PDF by its first bytes, different each time. */
export const anyPdf = (bytes = 2_500_000): Buffer => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(bytes - 9)])

export type Where = { url: string; cookie: string; face?: 'console' | 'rep' }
type Announced = {
  fileName?: string
  purpose?: 'content' | 'card' | 'poster' | 'captions' | 'import' | 'paper' | 'evidence'
  sha256?: string | null
}

/** A client of the console, or of the sidebar, that uploads. */
export function uploader({ url, cookie, face = 'console' }: Where) {
  const doors = face === 'rep' ? repEndpoints : uploadEndpoints
  const at = { url } as Parameters<typeof call>[0] // of a server only the address is asked
  const client = {
    open: (bytes: Buffer, { fileName = 'study.pdf', purpose = 'content', sha256 = null }: Announced = {}) =>
      call(at, cookie, doors.openUpload, { fileName, bytes: bytes.length, sha256, purpose }),
    close: (uploadId: string) => call(at, cookie, doors.closeUpload, { uploadId }),
    look: (uploadId: string) => call(at, cookie, doors.lookAtUpload, { uploadId }),
    part: (uploadId: string, number: number, bytes: Buffer, declared = hashOf(bytes)) =>
      sendPart(url, { cookie, path: `/api/${face}/uploads/${uploadId}/parts/${number}`, bytes, declared }),
    /** Sends what is missing of the file. */
    async send(uploadId: string, bytes: Buffer, have: readonly number[] = []): Promise<void> {
      for (let number = 1; (number - 1) * partBytes < bytes.length; number += 1) {
        if (have.includes(number)) continue
        const sent = await client.part(uploadId, number, partOf(bytes, number))
        if (sent.status !== 200) throw new Error(`part ${number}: ${sent.status} ${JSON.stringify(sent.body)}`)
      }
    },
    /** Opens, sends and closes; returns the upload's id. */
    async whole(bytes: Buffer, announced: Announced = {}): Promise<string> {
      const { uploadId, have } = (await client.open(bytes, announced)).body
      await client.send(uploadId, bytes, have)
      await client.close(uploadId)
      return uploadId
    },
  }
  return client
}

export const partOf = (bytes: Buffer, number: number): Buffer =>
  bytes.subarray((number - 1) * partBytes, number * partBytes)

type SentPart = { cookie: string; path: string; bytes: Buffer; declared: string; headers?: Record<string, string> }

export async function sendPart(url: string, { cookie, path, bytes, declared, headers }: SentPart): Promise<Answer> {
  const answer = await fetch(url + path, {
    method: 'POST',
    body: new Uint8Array(bytes),
    headers: {
      ...{ cookie, origin: publicUrl, 'content-type': 'application/octet-stream', 'x-part-sha256': declared },
      ...headers,
    },
  })
  return { status: answer.status, body: await answer.json(), headers: answer.headers }
}

export { post }
