import { onBeforeUnmount, ref, shallowRef, watch, type Ref } from 'vue'
import { type Fault, faultOf } from '../api.ts'

type Page<Row> = { rows: readonly Row[]; next: string | null }
type Asked<Row> = {
  /** Changes when another list is asked for. */
  key: () => string
  ask: (cursor: string | null, signal: AbortSignal) => Promise<Page<Row>>
}

/** A list as its frame needs it, whatever its rows are. */
export type PagedList = Omit<ReturnType<typeof usePaged>, 'rows'> & { rows: Readonly<Ref<readonly unknown[] | null>> }

/**
 * A list page after page. Another key blanks it at once, so that no row is ever read under the wrong heading; a failed
 * refresh keeps it. Asks only when told to.
 */
export function usePaged<Row>({ key, ask }: Asked<Row>) {
  const rows = shallowRef<readonly Row[] | null>(null)
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
      const page = await ask(cursor, signal)
      if (signal.aborted) return
      rows.value = cursor === null ? page.rows : [...(rows.value ?? []), ...page.rows]
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
    key,
    () => {
      rows.value = null
      next.value = null
      void reload()
    },
    { immediate: true },
  )
  onBeforeUnmount(() => running?.abort())

  return { rows, next, loading, fault, readAt, reload, more }
}
