import { bodyOf, call, endpoints, faultOf, sendPart, type UploadProgress } from './api.ts'
import { sha256 } from './sha256.ts'

export type UploadPurpose = 'content' | 'card' | 'poster' | 'import' | 'paper'
export type UploadStep = 'reading' | 'sending' | 'waiting' | 'checking'

/** A file on its way; `uploadId` is known once it was begun, so that a second try goes on with the same. */
export type Upload = { file: File; purpose: UploadPurpose; uploadId: string | null }

/** Told on the way. */
export type UploadListener = {
  step: (step: UploadStep) => void
  opened: (uploadId: string) => void
  parts: (sent: number, of: number) => void
}

/** Browsers digest whole buffers only: up to here the file is named before it is sent, and goes on after a reload. */
const namedUpTo = 64 * 1024 * 1024
const lookAgainMs = 1_000
const tryAgainMs = 2_000

/**
 * Takes a file to the server part by part until it is stored or refused. A lost line waits and goes on by itself; the
 * same file given again sends only what is missing.
 */
export async function carryFile(
  upload: Upload,
  signal: AbortSignal,
  listener: UploadListener,
): Promise<UploadProgress> {
  const patiently = <Answer>(ask: () => Promise<Answer>) => askPatiently(ask, signal, listener)
  let progress = await patiently(() => begin(upload, signal, listener))
  const { uploadId } = progress
  listener.opened(uploadId)
  while (progress.stage === 'open') {
    await sendMissing(upload, progress, signal, listener)
    listener.step('checking')
    progress = await patiently(() => call(endpoints.closeUpload, { uploadId }, { signal }))
  }
  while (progress.stage === 'checking') {
    listener.step('checking')
    await pause(lookAgainMs, signal)
    progress = await patiently(() => call(endpoints.lookAtUpload, { uploadId }, { signal }))
  }
  return progress
}

async function begin({ file, purpose, uploadId }: Upload, signal: AbortSignal, { step }: UploadListener) {
  if (uploadId) return call(endpoints.lookAtUpload, { uploadId }, { signal })
  step('reading')
  const hash = file.size <= namedUpTo ? await sha256(file) : null
  return call(endpoints.openUpload, { fileName: file.name, bytes: file.size, sha256: hash, purpose }, { signal })
}

async function sendMissing(
  { file }: Upload,
  { uploadId, partBytes, have, bytes }: UploadProgress,
  signal: AbortSignal,
  listener: UploadListener,
): Promise<void> {
  const of = Math.ceil(bytes / partBytes)
  let sent = have.length
  listener.parts(sent, of)
  for (let number = 1; number <= of; number += 1) {
    if (have.includes(number)) continue
    listener.step('sending')
    const part = file.slice((number - 1) * partBytes, number * partBytes)
    const given = { uploadId, number, sha256: await sha256(part), bytes: part }
    await askPatiently(() => sendPart(given, signal), signal, listener)
    sent += 1
    listener.parts(sent, of)
  }
}

/** Tries again as long as nobody answers or the server asks for patience. */
async function askPatiently<Answer>(
  ask: () => Promise<Answer>,
  signal: AbortSignal,
  { step }: UploadListener,
): Promise<Answer> {
  for (;;) {
    signal.throwIfAborted()
    try {
      return await ask()
    } catch (reason) {
      const { code } = faultOf(reason)
      if (signal.aborted || !['no_answer', 'busy', 'stopping', 'too_many_requests'].includes(code)) throw reason
      if (code === 'no_answer') step('waiting')
      await pause(bodyOf(reason)?.retryAfterMs ?? tryAgainMs, signal)
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })
}
