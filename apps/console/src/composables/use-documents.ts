import { onBeforeUnmount, type Ref, ref, shallowRef, watch } from 'vue'
import { call, type ContentRow, endpoints } from '../api.ts'

const pauseMs = 300
const most = 8

/** Approved documents found by their words, as they are typed; scripts hold no scripts. */
export function useDocuments(query: Ref<string>) {
  const found = shallowRef<ContentRow[]>([])
  const searching = ref(false)
  const failed = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | undefined

  async function search(words: string): Promise<void> {
    const { signal } = (running = new AbortController())
    try {
      const { rows } = await call(endpoints.listContent, { query: words, show: 'approved' }, { signal })
      if (!signal.aborted) found.value = rows.filter((row) => row.kind !== 'script').slice(0, most)
    } catch {
      if (!signal.aborted) failed.value = true
    } finally {
      if (!signal.aborted) searching.value = false
    }
  }

  watch(query, (now) => {
    clearTimeout(timer)
    running?.abort()
    failed.value = false
    const words = now.trim()
    searching.value = words !== ''
    if (words === '') found.value = []
    else timer = setTimeout(() => void search(words), pauseMs)
  })
  onBeforeUnmount(() => {
    clearTimeout(timer)
    running?.abort()
  })
  return { found, searching, failed }
}
