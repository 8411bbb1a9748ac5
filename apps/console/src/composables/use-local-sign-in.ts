import { ref, shallowRef } from 'vue'
import { bodyOf, call, endpoints, type Fault, faultOf } from '../api.ts'
import { useSession } from '../state/session.ts'

/** A local administrator signs in. What was typed stays until it worked; only the code is to be typed again. */
export function useLocalSignIn() {
  const session = useSession()
  const name = ref('')
  const password = ref('')
  const code = ref('')
  const busy = ref(false)
  const fault = shallowRef<Fault | null>(null)
  const waitMinutes = ref(0)

  async function enter(): Promise<void> {
    if (busy.value) return
    busy.value = true
    fault.value = null
    try {
      await call(endpoints.signInLocal, { name: name.value, password: password.value, code: code.value })
      await session.begin()
    } catch (reason) {
      fault.value = faultOf(reason)
      waitMinutes.value = Math.ceil((bodyOf(reason)?.retryAfterMs ?? 0) / 60_000)
      code.value = ''
    } finally {
      busy.value = false
    }
  }

  return { name, password, code, busy, fault, waitMinutes, enter }
}
