import { ref, shallowRef } from 'vue'
import { bodyOf, call, endpoints, type Fault, faultOf } from '../api.ts'
import { useSession } from '../state/session.ts'
import { usePasskey } from './use-passkey.ts'

/** A local administrator signs in. What was typed stays until it worked; only the code is to be typed again. */
export function useLocalSignIn() {
  const session = useSession()
  const passkey = usePasskey()
  const name = ref('')
  const password = ref('')
  const code = ref('')
  /** With what it is being tried. */
  const by = ref<'code' | 'passkey' | null>(null)
  const busy = ref(false)
  const fault = shallowRef<Fault | null>(null)
  const waitMinutes = ref(0)

  async function entering(way: 'code' | 'passkey', enter: () => Promise<void>): Promise<void> {
    if (busy.value) return
    busy.value = true
    by.value = way
    fault.value = null
    passkey.failed.value = null
    try {
      await enter()
    } catch (reason) {
      fault.value = faultOf(reason)
      waitMinutes.value = Math.ceil((bodyOf(reason)?.retryAfterMs ?? 0) / 60_000)
      code.value = ''
    } finally {
      busy.value = false
    }
  }

  const enter = () =>
    entering('code', async () => {
      await call(endpoints.signInLocal, { name: name.value, password: password.value, code: code.value })
      await session.begin()
    })

  const enterByPasskey = () =>
    entering('passkey', async () => {
      const { options } = await call(endpoints.askForPasskey, {})
      const shown = await passkey.show(options)
      if (!shown) return
      await call(endpoints.signInByPasskey, { name: name.value, password: password.value, passkey: shown })
      await session.begin()
    })

  return { name, password, code, by, busy, fault, waitMinutes, passkey, enter, enterByPasskey }
}
