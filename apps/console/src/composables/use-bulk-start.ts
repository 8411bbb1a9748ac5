import { onMounted, ref, shallowRef } from 'vue'
import { type BulkAct, type BulkEffect, call, endpoints, type TagChange } from '../api.ts'
import { useAsking } from './use-asking.ts'

/** What a withdrawal would reach, then the beginning. A press after a lost answer begins the same. */
export function useBulkStart(
  act: BulkAct,
  { contentItemIds, tags }: { contentItemIds: string[]; tags: () => TagChange },
  begun: (bulkId: string) => void,
) {
  const { busy, fault, asking } = useAsking()
  const effect = shallowRef<BulkEffect | null>(null)
  const reason = ref('')
  let asked = ''
  let requestId = crypto.randomUUID()

  async function look(): Promise<void> {
    effect.value = (await asking(() => call(endpoints.effectOfBulk, { contentItemIds }))) ?? null
  }

  async function start(): Promise<void> {
    const meant = { act, contentItemIds, reason: reason.value.trim(), ...tags() }
    if (asked && asked !== JSON.stringify(meant)) requestId = crypto.randomUUID()
    asked = JSON.stringify(meant)
    const answer = await asking(() => call(endpoints.startBulk, { requestId, ...meant }))
    if (answer) begun(answer.bulkId)
  }

  onMounted(() => act === 'withdraw' && void look())
  return { effect, reason, busy, fault, look, start }
}
