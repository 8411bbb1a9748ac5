import { onMounted, ref, shallowRef } from 'vue'
import { call, type Effect, endpoints, type Fault, faultOf, type Withdrawn, type WireStepRefusal } from '../api.ts'

/** Numbers first, then the reason, then at once and everywhere. Repeating after a lost answer is the same withdrawal. */
export function useWithdrawal(contentItemId: string) {
  const effect = shallowRef<Effect | null>(null)
  const withdrawn = shallowRef<Withdrawn | null>(null)
  const refusals = shallowRef<readonly WireStepRefusal[]>([])
  const fault = shallowRef<Fault | null>(null)
  const busy = ref(false)
  const reason = ref('')
  const successorId = ref('')
  const requestId = crypto.randomUUID()

  async function asking(ask: () => Promise<void>): Promise<void> {
    if (busy.value) return
    busy.value = true
    fault.value = null
    try {
      await ask()
    } catch (thrown) {
      fault.value = faultOf(thrown)
    } finally {
      busy.value = false
    }
  }

  const look = (): Promise<void> =>
    asking(async () => {
      effect.value = await call(endpoints.effectOfWithdrawal, { contentItemId })
      refusals.value = effect.value.refusals
    })

  const withdraw = (): Promise<void> =>
    asking(async () => {
      const asked = { requestId, contentItemId, reason: reason.value.trim(), successorId: successorId.value || null }
      const answer = await call(endpoints.withdrawContent, asked)
      if (answer.outcome === 'refused') refusals.value = answer.refusals
      else withdrawn.value = answer
    })

  onMounted(() => void look())
  return { effect, withdrawn, refusals, fault, busy, reason, successorId, look, withdraw }
}
