import { onBeforeUnmount, type Ref, ref, shallowRef, watch } from 'vue'
import { call, endpoints, type Fault, faultOf, type ImportLook, type ImportRow } from '../api.ts'

/** A job goes through the list row by row; until it is done the page looks again. */
const lookAgainMs = 1_000

/** One import as far as it is, with its rows page after page. A failed look keeps what is there and goes on looking. */
export function useImport(importId: Ref<string>, failedOnly: Ref<boolean>) {
  const run = shallowRef<ImportLook | null>(null)
  const rows = shallowRef<readonly ImportRow[]>([])
  const next = ref<number | null>(null)
  const fault = shallowRef<Fault | null>(null)
  const loading = ref<'first' | 'more' | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | undefined

  async function look(after: number): Promise<void> {
    clearTimeout(timer)
    running?.abort()
    const { signal } = (running = new AbortController())
    loading.value = after === 0 ? 'first' : 'more'
    fault.value = null
    try {
      const asked = { importId: importId.value, failedOnly: failedOnly.value, after }
      const found = await call(endpoints.lookAtImport, asked, { signal })
      if (signal.aborted) return
      run.value = found
      rows.value = after === 0 ? found.rows : [...rows.value, ...found.rows]
      next.value = found.next
    } catch (reason) {
      if (signal.aborted) return
      fault.value = faultOf(reason)
    }
    loading.value = null
    if (isUnderWay(run.value)) timer = setTimeout(() => void look(0), lookAgainMs)
  }

  const reload = (): Promise<void> => look(0)
  const more = (): Promise<void> => (next.value !== null && !loading.value ? look(next.value) : Promise.resolve())

  watch(
    importId,
    () => {
      run.value = null
      rows.value = []
      void reload()
    },
    { immediate: true },
  )
  watch(failedOnly, () => {
    rows.value = []
    void reload()
  })
  onBeforeUnmount(() => {
    clearTimeout(timer)
    running?.abort()
  })

  return { run, rows, next, fault, loading, reload, more }
}

export const isUnderWay = (run: Pick<ImportLook, 'stage'> | null): boolean =>
  run?.stage === 'waiting' || run?.stage === 'running'
