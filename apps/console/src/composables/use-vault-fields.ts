import { ref, shallowRef } from 'vue'
import { call, endpoints } from '../api.ts'

/** The fields the vault has, asked for by a press: a refused sign-in must not be repeated by merely opening a page. */
export function useVaultFields() {
  const fields = shallowRef<readonly string[] | null>(null)
  const fault = ref('')
  const reading = ref(false)

  async function read(): Promise<void> {
    if (reading.value) return
    reading.value = true
    fault.value = ''
    try {
      const answer = await call(endpoints.vaultFields, {}, { timeoutMs: 30_000 })
      if (answer.outcome === 'done') fields.value = answer.fields
      else fault.value = answer.faults[0]?.problem ?? 'unreachable'
    } catch {
      fault.value = 'unreachable'
    } finally {
      reading.value = false
    }
  }

  return { fields, fault, reading, read }
}
