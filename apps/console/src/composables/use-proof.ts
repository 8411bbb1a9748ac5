import type { Output } from '@vouch/contract'
import { onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import { call, endpoints, type Fault, faultOf, type ProofLook } from '../api.ts'
import type { ShowPasskey } from './use-passkey.ts'

const everyMs = 1_500

/** One proof from its beginning to what became of it; the login happens in a window of its own. */
export function useProof(done: () => void) {
  const wecomUrl = ref<string | null>(null)
  const look = shallowRef<ProofLook | null>(null)
  const fault = shallowRef<Fault | null>(null)
  const left = ref(false)
  const begun = ref(false)
  let proofId = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let ended = false

  async function begin(): Promise<void> {
    clearTimeout(timer)
    fault.value = null
    look.value = null
    wecomUrl.value = null
    left.value = false
    try {
      const proof = await call(endpoints.beginProof, {})
      proofId = proof.proofId
      wecomUrl.value = proof.wecomUrl
      begun.value = true
      if (proof.wecomUrl) watch()
    } catch (reason) {
      fault.value = faultOf(reason)
    }
  }

  function watch(): void {
    clearTimeout(timer)
    if (!ended) timer = setTimeout(() => void ask(), everyMs)
  }

  async function ask(): Promise<void> {
    const asked = proofId
    try {
      const found = await call(endpoints.lookAtProof, { proofId: asked })
      if (asked !== proofId || ended) return
      fault.value = null
      look.value = found
    } catch (reason) {
      if (asked !== proofId || ended) return
      fault.value = faultOf(reason)
    }
    if (look.value?.outcome === 'proved') done()
    else if (!look.value || look.value.outcome === 'waiting') watch()
  }

  /** Whoever comes back to this window need not wait for the next look. */
  function back(): void {
    if (wecomUrl.value !== null && document.visibilityState === 'visible' && look.value?.outcome !== 'proved')
      void ask()
  }

  onMounted(() => {
    void begin()
    window.addEventListener('focus', back)
  })
  onBeforeUnmount(() => {
    ended = true
    clearTimeout(timer)
    window.removeEventListener('focus', back)
  })

  /** A wrong code or passkey ends this proof, so that the next try is one of its own. Null when the browser gave none. */
  async function trying(ask: () => Promise<Output<typeof endpoints.proveByCode> | null>): Promise<boolean | null> {
    try {
      fault.value = null
      const answer = await ask()
      if (!answer) return null
      if (answer.outcome === 'proved') done()
      else await begin()
      return answer.outcome === 'proved'
    } catch (reason) {
      fault.value = faultOf(reason)
      return null
    }
  }

  const prove = (code: string) => trying(() => call(endpoints.proveByCode, { proofId, code }))
  const proveByPasskey = (show: ShowPasskey) =>
    trying(async () => {
      const passkey = await show((await call(endpoints.askForProofPasskey, {})).options)
      return passkey ? call(endpoints.proveByPasskey, { proofId, passkey }) : null
    })

  return { begun, wecomUrl, look, fault, left, begin, prove, proveByPasskey }
}
