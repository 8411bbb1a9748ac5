import { onBeforeUnmount, type Ref, ref, shallowRef, watch } from 'vue'
import { call, endpoints, type Fault, faultOf, type Send } from '../api.ts'
import type { SendFilter } from './use-send-filter.ts'

/**
 * Sends under a filter, newest first, page after page. Another filter blanks them at once, so that no row is ever read
 * under the wrong heading; a failed refresh keeps them. Asks only when told to: looking is itself audited.
 */
export function useSends(filter: Ref<SendFilter>) {
  const sends = shallowRef<readonly Send[] | null>(null)
  const next = ref<string | null>(null)
  const loading = ref<'first' | 'more' | null>(null)
  const fault = shallowRef<{ of: 'first' | 'more'; is: Fault } | null>(null)
  const readAt = shallowRef<Date | null>(null)
  let running: AbortController | undefined

  async function load(cursor: string | null): Promise<void> {
    running?.abort()
    const { signal } = (running = new AbortController())
    const of = cursor === null ? 'first' : 'more'
    loading.value = of
    fault.value = null
    try {
      const page = await call(endpoints.listSends, { ...filter.value, cursor }, { signal })
      if (signal.aborted) return
      sends.value = cursor === null ? page.sends : [...(sends.value ?? []), ...page.sends]
      next.value = page.next
      if (cursor === null) readAt.value = new Date()
    } catch (reason) {
      if (!signal.aborted) fault.value = { of, is: faultOf(reason) }
    } finally {
      if (!signal.aborted) loading.value = null
    }
  }

  const reload = (): Promise<void> => load(null)
  const more = (): Promise<void> => (next.value && !loading.value ? load(next.value) : Promise.resolve())

  watch(
    () => `${filter.value.show} ${filter.value.query}`,
    () => {
      sends.value = null
      next.value = null
      void reload()
    },
    { immediate: true },
  )
  onBeforeUnmount(() => running?.abort())

  return { sends, next, loading, fault, readAt, reload, more }
}
