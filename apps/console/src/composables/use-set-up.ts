import { onMounted, ref, shallowRef } from 'vue'
import { call, endpoints, type Fault, faultOf, type LocalInvite, type SetUpReason } from '../api.ts'
import { useSession } from '../state/session.ts'

/** Setting up a local administrator with the link of the command line. What was typed stays until it worked. */
export function useSetUp() {
  const session = useSession()
  /** In the part of the address that never leaves the browser. */
  const token = location.hash.slice(1)
  const invite = shallowRef<LocalInvite | null>(null)
  const name = ref('')
  const password = ref('')
  const code = ref('')
  const reasons = shallowRef<readonly SetUpReason[]>([])
  const recoveryCodes = shallowRef<readonly string[] | null>(null)
  const fault = shallowRef<Fault | null>(null)
  const busy = ref(false)

  async function asking<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
    busy.value = true
    fault.value = null
    try {
      return await ask()
    } catch (reason) {
      fault.value = faultOf(reason)
      return undefined
    } finally {
      busy.value = false
    }
  }

  async function look(): Promise<void> {
    const found = await asking(() => call(endpoints.lookAtInvite, { token }))
    if (!found) return
    invite.value = found
    name.value ||= found.name
  }

  async function finish(): Promise<void> {
    if (busy.value) return
    reasons.value = []
    const asked = { token, name: name.value, password: password.value, code: code.value }
    const answer = await asking(() => call(endpoints.setUpLocal, asked))
    if (!answer) return
    if (answer.outcome === 'refused') {
      reasons.value = answer.reasons
      return
    }
    recoveryCodes.value = answer.recoveryCodes
    history.replaceState(history.state, '', location.pathname)
    await session.begin()
  }

  onMounted(() => void look())
  return { invite, name, password, code, reasons, recoveryCodes, fault, busy, look, finish }
}
