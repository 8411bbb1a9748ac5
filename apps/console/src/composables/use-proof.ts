import { onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import { call, endpoints, type Fault, faultOf, type ProofLook } from '../api.ts'

const everyMs = 1_500

/** One proof from its beginning to what became of it; the login happens in a window of its own. */
export function useProof(done: () => void) {
  const wecomUrl = ref<string | null>(null)
  const look = shallowRef<ProofLook | null>(null)
  const fault = shallowRef<Fault | null>(null)
  const left = ref(false)
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
      const begun = await call(endpoints.beginProof, {})
      proofId = begun.proofId
      wecomUrl.value = begun.wecomUrl
      watch()
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
    if (proofId !== '' && document.visibilityState === 'visible' && look.value?.outcome !== 'proved') void ask()
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

  return { wecomUrl, look, fault, left, begin }
}
