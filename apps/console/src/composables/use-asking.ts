import { ref, shallowRef } from 'vue'
import { type Fault, faultOf } from '../api.ts'

/** One question to the server at a time, with what went wrong. */
export function useAsking() {
  const busy = ref(false)
  const fault = shallowRef<Fault | null>(null)

  /** Undefined when it did not work out, or another question is still open. */
  async function asking<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
    if (busy.value) return undefined
    busy.value = true
    fault.value = null
    try {
      return await ask()
    } catch (thrown) {
      fault.value = faultOf(thrown)
      return undefined
    } finally {
      busy.value = false
    }
  }

  return { busy, fault, asking }
}
