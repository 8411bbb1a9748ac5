import { computed, onBeforeUnmount, ref, shallowRef } from 'vue'
import { type Fault, faultOf, type UploadProblem, type UploadProgress } from '../api.ts'
import { carryFile, type UploadPurpose, type UploadStep } from '../upload-file.ts'

export type UploadStage = UploadStep | 'none' | 'paused' | 'stored' | 'refused' | 'failed'

/** One file on its way. A lost line waits and goes on by itself, a pause goes on when told to. */
export function useUpload(purpose: UploadPurpose, onStored: (upload: UploadProgress) => void) {
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
      const stored = await carryFile({ file: file!, purpose, uploadId }, signal, {
        step: (step) => (stage.value = step),
        opened: (id) => (uploadId = id),
        parts(count, all) {
          sent.value = count
          of.value = all
        },
      })
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

  function hold(): void {
    running?.abort()
    stage.value = 'paused'
  }

  onBeforeUnmount(() => running?.abort())
  const percent = computed(() => (of.value === 0 ? 0 : Math.floor((100 * sent.value) / of.value)))
  return { stage, percent, problem, fault, fileName, start, hold, resume: run }
}
