import { onMounted, ref, shallowRef } from 'vue'
import { call, endpoints, type Fault, faultOf, type Passkey } from '../api.ts'
import { useAsking } from './use-asking.ts'
import { type PasskeyFault, usePasskey } from './use-passkey.ts'

type Said = { what: 'added' | 'removed'; name: string }

/** One's own passkeys: which there are, one more, one less. The name stays until it was added. */
export function usePasskeys() {
  const { able, failed, make } = usePasskey()
  const { busy, fault, asking } = useAsking()
  const passkeys = shallowRef<readonly Passkey[] | null>(null)
  const unread = shallowRef<Fault | null>(null)
  const name = ref('')
  const notAdded = ref<PasskeyFault | 'refused' | null>(null)
  const said = shallowRef<Said | null>(null)

  async function look(): Promise<void> {
    unread.value = null
    try {
      passkeys.value = (await call(endpoints.listPasskeys, {})).passkeys
    } catch (reason) {
      unread.value = faultOf(reason)
    }
  }

  async function add(): Promise<void> {
    if (busy.value) return
    notAdded.value = null
    said.value = null
    const asked = name.value.trim()
    const added = await asking(async () => {
      const made = await make((await call(endpoints.beginPasskey, {})).options)
      if (!made) return failed.value
      const { outcome } = await call(endpoints.addPasskey, { name: asked, passkey: made })
      return outcome
    })
    if (!added) return
    if (added !== 'added') {
      notAdded.value = added
      return
    }
    said.value = { what: 'added', name: asked }
    name.value = ''
    await look()
  }

  async function remove({ passkeyId, name: called }: Passkey): Promise<boolean> {
    said.value = null
    if (!(await asking(() => call(endpoints.removePasskey, { passkeyId })))) return false
    said.value = { what: 'removed', name: called }
    await look()
    return true
  }

  onMounted(() => void look())
  return { able, passkeys, unread, name, notAdded, said, busy, fault, look, add, remove }
}
