import { computed, onBeforeUnmount, onMounted, reactive, ref } from 'vue'
import { type Fault, faultOf, type UploadProblem } from '../api.ts'
import { carryFile, type Upload, type UploadPurpose, type UploadStep } from '../upload-file.ts'

export type QueuedFile = {
  key: string
  name: string
  stage: UploadStep | 'queued' | 'stored' | 'refused' | 'failed'
  percent: number
  problem: UploadProblem | null
  fault: Fault | null
}

/** So many files are on their way at a time: enough to fill a line while others are looked at. */
const atOnce = 3

/**
 * Many files on their way, a few at a time, each by itself: one that is refused holds up no other. `onRest` is told when
 * nothing is left to send.
 */
export function useUploadQueue(onRest: () => void) {
  const files = reactive(new Map<string, QueuedFile>())
  const held = ref(false)
  const uploads = new Map<string, Upload>()
  let running = new AbortController()
  let busy = 0

  /** Files that were added before and are stored or under way stay as they are. */
  function add(chosen: readonly { file: File; purpose: UploadPurpose }[]): void {
    for (const { file, purpose } of chosen) {
      const key = `${purpose} ${file.name.normalize('NFC')}`
      const known = files.get(key)
      if (known && known.stage !== 'failed' && known.stage !== 'refused') continue
      uploads.set(key, { file, purpose, uploadId: null })
      files.set(key, { key, name: file.name, stage: 'queued', percent: 0, problem: null, fault: null })
    }
    held.value = false
    fill()
  }

  function fill(): void {
    for (const file of files.values()) {
      if (busy >= atOnce || held.value) return
      if (file.stage === 'queued') void carry(file, running.signal)
    }
  }

  async function carry(file: QueuedFile, signal: AbortSignal): Promise<void> {
    const upload = uploads.get(file.key)!
    busy += 1
    file.stage = 'reading'
    try {
      const { stage, problem } = await carryFile(upload, signal, {
        step: (step) => (file.stage = step),
        opened: (uploadId) => (upload.uploadId = uploadId),
        parts: (sent, of) => (file.percent = Math.floor((100 * sent) / of)),
      })
      file.stage = stage === 'stored' ? 'stored' : 'refused'
      file.problem = problem
    } catch (reason) {
      file.stage = signal.aborted ? 'queued' : 'failed'
      file.fault = signal.aborted ? null : faultOf(reason)
    }
    busy -= 1
    fill()
    if (!held.value && !moving.value) onRest()
  }

  function hold(): void {
    held.value = true
    running.abort()
    running = new AbortController()
  }

  function resume(): void {
    held.value = false
    for (const file of files.values())
      if (file.stage === 'failed') Object.assign(file, { stage: 'queued', fault: null })
    fill()
  }

  const all = computed(() => [...files.values()])
  const counted = (...stages: QueuedFile['stage'][]) =>
    computed(() => all.value.filter(({ stage }) => stages.includes(stage)).length)
  const stored = counted('stored')
  const failed = counted('failed')
  const settled = counted('stored', 'refused', 'failed')
  const moving = computed(() => settled.value < all.value.length)

  /** Leaving the page would cut the line: the browser asks first. */
  const stay = (event: BeforeUnloadEvent): void => {
    if (moving.value) event.preventDefault()
  }
  onMounted(() => window.addEventListener('beforeunload', stay))
  onBeforeUnmount(() => {
    window.removeEventListener('beforeunload', stay)
    hold()
  })

  return { files: all, stored, failed, settled, moving, held, add, hold, resume }
}
