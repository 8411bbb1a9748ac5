import { ref, shallowRef } from 'vue'
import { call, endpoints, type Fault, faultOf } from '../api.ts'

/** Begins an import and goes to it. A press after a lost answer is the same import. */
export function useStartImport(go: (importId: string) => void) {
  const busy = ref(false)
  const fault = shallowRef<Fault | null>(null)
  let asked = { csvUploadId: '', dry: true, requestId: '' }

  async function start(csvUploadId: string, dry: boolean): Promise<void> {
    if (busy.value) return
    if (asked.csvUploadId !== csvUploadId || asked.dry !== dry || asked.requestId === '')
      asked = { csvUploadId, dry, requestId: crypto.randomUUID() }
    busy.value = true
    fault.value = null
    try {
      const { importId } = await call(endpoints.startImport, asked)
      asked.requestId = ''
      go(importId)
    } catch (reason) {
      fault.value = faultOf(reason)
    } finally {
      busy.value = false
    }
  }

  return { busy, fault, start }
}
