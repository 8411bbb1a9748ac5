import { computed, onBeforeUnmount, ref, shallowRef } from 'vue'
import {
  bodyOf,
  call,
  endpoints,
  type Fault,
  faultOf,
  sendPart,
  type UploadProblem,
  type UploadProgress,
} from '../api.ts'
import { sha256 } from '../sha256.ts'

export type UploadStage =
  'none' | 'reading' | 'sending' | 'waiting' | 'paused' | 'checking' | 'stored' | 'refused' | 'failed'
type Purpose = 'content' | 'card' | 'poster'

/** Browsers digest whole buffers only: up to here the file is named before it is sent, and goes on after a reload. */
const namedUpTo = 64 * 1024 * 1024
const lookAgainMs = 1_000
const tryAgainMs = 2_000

/**
 * A file on its way, part by part. A lost line waits and goes on by itself, a pause goes on when told to, and the same
 * file chosen again after a reload sends only what is missing.
 */
export function useUpload(purpose: Purpose, onStored: (upload: UploadProgress) => void) {
  const stage = ref<UploadStage>('none')
  const sent = ref(0)
  const of = ref(0)
  const problem = ref<UploadProblem | null>(null)
  const fault = shallowRef<Fault | null>(null)
  const fileName = ref('')
  let file: File | null = null
  let uploadId: string | null = null
  let running: AbortController | undefined

  function start(chosen: File): Promise<void> {
    file = chosen
    uploadId = null
    fileName.value = chosen.name
    sent.value = 0
    return run()
  }

  async function run(): Promise<void> {
    running?.abort()
    const { signal } = (running = new AbortController())
    problem.value = null
    fault.value = null
    try {
      const stored = await carry(file!, signal)
      if (signal.aborted) return
      stage.value = stored.stage === 'stored' ? 'stored' : 'refused'
      problem.value = stored.problem
      if (stored.stage === 'stored') onStored(stored)
    } catch (reason) {
      if (signal.aborted) return
      fault.value = faultOf(reason)
      stage.value = 'failed'
    }
  }

  async function carry(whole: File, signal: AbortSignal): Promise<UploadProgress> {
    let progress = await patiently(() => begin(whole, signal), signal)
    uploadId = progress.uploadId
    while (progress.stage === 'open') {
      await sendMissing(whole, progress, signal)
      stage.value = 'checking'
      progress = await patiently(() => call(endpoints.closeUpload, { uploadId: progress.uploadId }, { signal }), signal)
    }
    while (progress.stage === 'checking') {
      stage.value = 'checking'
      await pause(lookAgainMs, signal)
      progress = await patiently(
        () => call(endpoints.lookAtUpload, { uploadId: progress.uploadId }, { signal }),
        signal,
      )
    }
    return progress
  }

  async function begin(whole: File, signal: AbortSignal): Promise<UploadProgress> {
    if (uploadId) return call(endpoints.lookAtUpload, { uploadId }, { signal })
    stage.value = 'reading'
    const hash = whole.size <= namedUpTo ? await sha256(whole) : null
    return call(endpoints.openUpload, { fileName: whole.name, bytes: whole.size, sha256: hash, purpose }, { signal })
  }

  async function sendMissing(whole: File, progress: UploadProgress, signal: AbortSignal): Promise<void> {
    const { partBytes, have, bytes } = progress
    of.value = Math.ceil(bytes / partBytes)
    sent.value = have.length
    for (let number = 1; number <= of.value; number += 1) {
      if (have.includes(number)) continue
      stage.value = 'sending'
      const part = whole.slice((number - 1) * partBytes, number * partBytes)
      const hash = await sha256(part)
      const given = { uploadId: progress.uploadId, number, sha256: hash, bytes: part }
      await patiently(() => sendPart(given, signal), signal)
      sent.value += 1
    }
  }

  /** Tries again as long as nobody answers or the server asks for patience. */
  async function patiently<Answer>(ask: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
    for (;;) {
      signal.throwIfAborted()
      try {
        return await ask()
      } catch (reason) {
        const { code } = faultOf(reason)
        if (signal.aborted || !['no_answer', 'busy', 'stopping', 'too_many_requests'].includes(code)) throw reason
        if (code === 'no_answer') stage.value = 'waiting'
        await pause(bodyOf(reason)?.retryAfterMs ?? tryAgainMs, signal)
      }
    }
  }

  function hold(): void {
    running?.abort()
    stage.value = 'paused'
  }

  onBeforeUnmount(() => running?.abort())
  const percent = computed(() => (of.value === 0 ? 0 : Math.floor((100 * sent.value) / of.value)))
  return { stage, percent, problem, fault, fileName, start, hold, resume: run }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })
}
