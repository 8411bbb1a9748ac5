import { carryFile, sendPartTo, type FileDesk, type UploadStep } from '@vouch/contract'
import { computed, onBeforeUnmount, ref } from 'vue'
import { call, faultCode, type FaultCode } from '../api.ts'

type Stage = UploadStep | 'none' | 'stored' | 'refused' | 'failed'

/** A photo of a paper on its way, part by part: a dead spot waits and goes on by itself. */
export function useScan() {
  const stage = ref<Stage>('none')
  const sent = ref(0)
  const of = ref(0)
  const problem = ref('')
  const fault = ref<FaultCode | null>(null)
  const fileName = ref('')
  const uploadId = ref<string | null>(null)
  let file: File | null = null
  let running: AbortController | undefined

  function take(chosen: File): Promise<void> {
    file = chosen
    fileName.value = chosen.name
    uploadId.value = null
    sent.value = 0
    return run()
  }

  async function run(): Promise<void> {
    if (!file) return
    running?.abort()
    const { signal } = (running = new AbortController())
    fault.value = null
    problem.value = ''
    stage.value = 'reading'
    try {
      const stored = await carryFile({ file, uploadId: uploadId.value }, deskOf(signal), signal, {
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

  onBeforeUnmount(() => running?.abort())
  const percent = computed(() => (of.value === 0 ? 0 : Math.floor((100 * sent.value) / of.value)))
  const moving = computed(() => ['reading', 'sending', 'waiting', 'checking'].includes(stage.value))
  return { stage, percent, moving, problem, fault, fileName, uploadId, take, again: run }
}

function deskOf(signal: AbortSignal): FileDesk {
  return {
    open: (asked) => call('openScan', asked, { signal }),
    look: (uploadId) => call('lookAtScan', { uploadId }, { signal }),
    close: (uploadId) => call('closeScan', { uploadId }, { signal }),
    send: (part) => sendPartTo(`/api/rep/papers/scans/${part.uploadId}/parts/${part.number}`, part, signal),
  }
}
