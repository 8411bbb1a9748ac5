import { carryFile, sendPartTo, type FileDesk, type UploadStep } from '@vouch/contract'
import { computed, onBeforeUnmount, ref } from 'vue'
import { type Asked, call, faultCode, type FaultCode, noticed } from '../api.ts'
import { shrinkPhoto } from '../shrink-photo.ts'

export type UploadPurpose = Asked<'openUpload'>['purpose']
type Stage = UploadStep | 'none' | 'stored' | 'refused' | 'failed'

/** A file of the rep on its way, part by part: a dead spot waits and goes on by itself. */
export function useUpload(purpose: UploadPurpose) {
  const stage = ref<Stage>('none')
  const sent = ref(0)
  const of = ref(0)
  const problem = ref('')
  const fault = ref<FaultCode | null>(null)
  const fileName = ref('')
  const uploadId = ref<string | null>(null)
  let chosen: File | null = null
  /** As it is sent. */
  let file: File | null = null
  let running: AbortController | undefined

  function take(given: File): Promise<void> {
    remove()
    chosen = given
    fileName.value = given.name
    return run()
  }

  async function run(): Promise<void> {
    if (!chosen) return
    running?.abort()
    const { signal } = (running = new AbortController())
    fault.value = null
    problem.value = ''
    stage.value = 'reading'
    try {
      const ready = file ?? (await prepare(purpose, chosen))
      if (signal.aborted) return
      file = ready
      const stored = await carryFile({ file, uploadId: uploadId.value }, deskOf(purpose, signal), signal, {
        step: (step) => (stage.value = step),
        opened: (id) => (uploadId.value = id),
        parts: (count, all) => ([sent.value, of.value] = [count, all]),
      })
      if (signal.aborted) return
      stage.value = stored.stage === 'stored' ? 'stored' : 'refused'
      problem.value = stored.problem ?? ''
    } catch (reason) {
      if (signal.aborted) return
      fault.value = faultCode(reason)
      stage.value = 'failed'
    }
  }

  function remove(): void {
    running?.abort()
    chosen = file = uploadId.value = fault.value = null
    sent.value = of.value = 0
    stage.value = 'none'
  }

  onBeforeUnmount(() => running?.abort())
  const percent = computed(() => (of.value === 0 ? 0 : Math.floor((100 * sent.value) / of.value)))
  const moving = computed(() => ['reading', 'sending', 'waiting', 'checking'].includes(stage.value))
  const storedId = computed(() => (stage.value === 'stored' ? uploadId.value : null))
  return { stage, percent, moving, problem, fault, fileName, storedId, take, again: run, remove }
}

/** A paper must stay readable to the last stroke; evidence is made small and tells nothing but what it shows. */
async function prepare(purpose: UploadPurpose, chosen: File): Promise<File> {
  return purpose === 'evidence' ? shrinkPhoto(chosen) : chosen
}

function deskOf(purpose: UploadPurpose, signal: AbortSignal): FileDesk {
  return {
    open: (asked) => call('openUpload', { ...asked, purpose }, { signal }),
    look: (uploadId) => call('lookAtUpload', { uploadId }, { signal }),
    close: (uploadId) => call('closeUpload', { uploadId }, { signal }),
    send: (part) =>
      noticed(() => sendPartTo(`/api/rep/uploads/${part.uploadId}/parts/${part.number}`, part, signal), signal),
  }
}
