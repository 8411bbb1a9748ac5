import { onBeforeUnmount, shallowRef } from 'vue'
import { type Bulk, call, endpoints, type Fault, faultOf } from '../api.ts'
import { useAsking } from './use-asking.ts'

/** A job takes the pieces one after another; until it is over the page looks again. */
const lookAgainMs = 1_000

/** What was begun with many pieces, as far as it is. A failed look keeps what is there and goes on looking. */
export function useBulk(bulkId: string) {
  const bulk = shallowRef<Bulk | null>(null)
  const fault = shallowRef<Fault | null>(null)
  const stopping = useAsking()
  const left = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function look(): Promise<void> {
    clearTimeout(timer)
    try {
      const found = await call(endpoints.lookAtBulk, { bulkId }, { signal: left.signal })
      if (left.signal.aborted) return
      bulk.value = found
      fault.value = null
    } catch (reason) {
      if (left.signal.aborted) return
      fault.value = faultOf(reason)
    }
    if (bulk.value?.stage === 'running') timer = setTimeout(() => void look(), lookAgainMs)
  }

  async function stop(): Promise<void> {
    if (await stopping.asking(() => call(endpoints.stopBulk, { bulkId }))) await look()
  }

  void look()
  onBeforeUnmount(() => {
    clearTimeout(timer)
    left.abort()
  })
  return { bulk, fault, look, stop, stopping }
}
