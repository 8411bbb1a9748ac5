import { CallError } from './client.ts'
import type { Output } from './endpoint.ts'
import type { ErrorBody } from './error-codes.ts'
import { sha256 } from './sha256.ts'
import type { lookAtUpload } from './uploads.ts'

export type UploadProgress = Output<typeof lookAtUpload>
export type UploadStep = 'reading' | 'sending' | 'waiting' | 'checking'

/** A file on its way; `uploadId` is known once it was begun, so that a second try goes on with the same. */
export type CarriedFile = { file: File; uploadId: string | null }
export type FilePart = { uploadId: string; number: number; sha256: string; bytes: Blob }

/** Where a file is taken: every door has addresses of its own. */
export type FileDesk = {
  open: (asked: { fileName: string; bytes: number; sha256: string | null }) => Promise<UploadProgress>
  look: (uploadId: string) => Promise<UploadProgress>
  close: (uploadId: string) => Promise<UploadProgress>
  send: (part: FilePart) => Promise<void>
}

/** Told on the way. */
export type CarryListener = {
  step: (step: UploadStep) => void
  opened: (uploadId: string) => void
  parts: (sent: number, of: number) => void
}

/** Browsers digest whole buffers only: up to here the file is named before it is sent, and goes on after a reload. */
const namedUpTo = 64 * 1024 * 1024
const lookAgainMs = 1_000
const tryAgainMs = 2_000
/** A part that did not arrive by then lies on a dead line and is sent anew. */
const partMs = 120_000

/**
 * Takes a file to the server part by part until it is stored or refused. A lost line waits and goes on by itself; the
 * same file given again sends only what is missing.
 */
export async function carryFile(
  carried: CarriedFile,
  desk: FileDesk,
  signal: AbortSignal,
  listener: CarryListener,
): Promise<UploadProgress> {
  const patiently = <Answer>(ask: () => Promise<Answer>) => askPatiently(ask, signal, listener)
  let progress = await patiently(() => begin(carried, desk, listener))
  const { uploadId } = progress
  listener.opened(uploadId)
  while (progress.stage === 'open') {
    await sendMissing(carried.file, progress, desk, signal, listener)
    listener.step('checking')
    progress = await patiently(() => desk.close(uploadId))
  }
  while (progress.stage === 'checking') {
    listener.step('checking')
    await pause(lookAgainMs, signal)
    progress = await patiently(() => desk.look(uploadId))
  }
  return progress
}

async function begin({ file, uploadId }: CarriedFile, desk: FileDesk, { step }: CarryListener) {
  if (uploadId) return desk.look(uploadId)
  step('reading')
  const hash = file.size <= namedUpTo ? await sha256(file) : null
  return desk.open({ fileName: file.name, bytes: file.size, sha256: hash })
}

async function sendMissing(
  file: File,
  { uploadId, partBytes, have, bytes }: UploadProgress,
  desk: FileDesk,
  signal: AbortSignal,
  listener: CarryListener,
): Promise<void> {
  const of = Math.ceil(bytes / partBytes)
  let sent = have.length
  listener.parts(sent, of)
  for (let number = 1; number <= of; number += 1) {
    if (have.includes(number)) continue
    listener.step('sending')
    const part = file.slice((number - 1) * partBytes, number * partBytes)
    const given = { uploadId, number, sha256: await sha256(part), bytes: part }
    await askPatiently(() => desk.send(given), signal, listener)
    sent += 1
    listener.parts(sent, of)
  }
}

/** Tries again as long as nobody answers or the server asks for patience. */
async function askPatiently<Answer>(
  ask: () => Promise<Answer>,
  signal: AbortSignal,
  { step }: CarryListener,
): Promise<Answer> {
  for (;;) {
    signal.throwIfAborted()
    try {
      return await ask()
    } catch (reason) {
      const { code, body } = reason instanceof CallError ? reason : { code: '', body: undefined }
      if (signal.aborted || !['no_answer', 'busy', 'stopping', 'too_many_requests'].includes(code)) throw reason
      if (code === 'no_answer') step('waiting')
      await pause(body?.retryAfterMs ?? tryAgainMs, signal)
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })
}

/** Sends one part of a file: bytes, and no JSON as everywhere else. */
export async function sendPartTo(address: string, part: FilePart, signal: AbortSignal): Promise<void> {
  const headers = { 'content-type': 'application/octet-stream', 'x-vouch': '1', 'x-part-sha256': part.sha256 }
  const line = new AbortController()
  const cut = (): void => line.abort()
  const timer = setTimeout(cut, partMs)
  signal.addEventListener('abort', cut, { once: true })
  const sent = { method: 'POST', headers, body: part.bytes, signal: line.signal }
  const answer = await fetch(address, sent).catch(() => null)
  clearTimeout(timer)
  signal.removeEventListener('abort', cut)
  if (!answer) throw new CallError('no_answer', '')
  if (!answer.ok) throw await errorIn(answer)
}

export async function errorIn(answer: Response): Promise<CallError> {
  const body = (await answer.json().catch(() => undefined)) as ErrorBody | undefined // errors have one shape
  return new CallError(body?.error ?? 'no_answer', body?.requestId ?? '', body)
}
