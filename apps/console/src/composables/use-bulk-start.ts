import { onMounted, ref, shallowRef } from 'vue'
import { type BulkAct, type BulkEffect, call, endpoints } from '../api.ts'
import { useAsking } from './use-asking.ts'

/** What a withdrawal would reach, then the beginning. A press after a lost answer begins the same. */
export function useBulkStart(act: BulkAct, contentItemIds: string[], begun: (bulkId: string) => void) {
  const { busy, fault, asking } = useAsking()
  const effect = shallowRef<BulkEffect | null>(null)
  const reason = ref('')
  let asked = { reason: '', requestId: crypto.randomUUID() }

  async function look(): Promise<void> {
    effect.value = (await asking(() => call(endpoints.effectOfBulk, { contentItemIds }))) ?? null
  }

  async function start(): Promise<void> {
    const why = reason.value.trim()
    if (asked.reason !== why) asked = { reason: why, requestId: crypto.randomUUID() }
    const answer = await asking(() => call(endpoints.startBulk, { ...asked, act, contentItemIds }))
    if (answer) begun(answer.bulkId)
  }

  onMounted(() => act === 'withdraw' && void look())
  return { effect, reason, busy, fault, look, start }
}
