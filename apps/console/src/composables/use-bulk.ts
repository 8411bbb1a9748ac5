import { onBeforeUnmount, type Ref, shallowRef, watch } from 'vue'
import { type Bulk, call, endpoints, type Fault, faultOf } from '../api.ts'
import { useAsking } from './use-asking.ts'

/** A job takes the pieces one after another; until it is over the page looks again. */
const lookAgainMs = 1_000

/** What was begun with many pieces, as far as it is. A failed look keeps what is there and goes on looking. */
export function useBulk(bulkId: Ref<string>) {
  const bulk = shallowRef<Bulk | null>(null)
  const fault = shallowRef<Fault | null>(null)
  const stopping = useAsking()
  let left = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function look(): Promise<void> {
    clearTimeout(timer)
    const { signal } = left
    try {
      const found = await call(endpoints.lookAtBulk, { bulkId: bulkId.value }, { signal })
      if (signal.aborted) return
      bulk.value = found
      fault.value = null
    } catch (reason) {
      if (signal.aborted) return
      fault.value = faultOf(reason)
    }
    if (bulk.value?.stage === 'running') timer = setTimeout(() => void look(), lookAgainMs)
  }

  async function stop(): Promise<void> {
    if (await stopping.asking(() => call(endpoints.stopBulk, { bulkId: bulkId.value }))) await look()
  }

  function leave(): void {
    clearTimeout(timer)
    left.abort()
  }

  watch(
    bulkId,
    () => {
      leave()
      left = new AbortController()
      bulk.value = null
      void look()
    },
    { immediate: true },
  )
  onBeforeUnmount(leave)
  return { bulk, fault, look, stop, stopping }
}
