import { computed, onBeforeUnmount, ref, watch } from 'vue'
import { type LocationQuery, type LocationQueryRaw, useRoute, useRouter } from 'vue-router'

type Ways<Filter> = {
  read: (query: LocationQuery) => Filter
  write: (before: LocationQuery, filter: Filter) => LocationQueryRaw
}
const pauseMs = 400
/** As many letters as the server takes. */
export const longestQuery = 60

/**
 * Filter and search live in the address. Typing pauses before it asks, and one stretch of typing is one step back:
 * the first pause makes a new entry in the browser's history, later ones change it, Enter or leaving the field ends it.
 */
export function useAddressFilter<Filter extends { query: string }>({ read, write }: Ways<Filter>) {
  const route = useRoute()
  const router = useRouter()
  const filter = computed(() => read(route.query))
  const typed = ref(filter.value.query)
  let timer: ReturnType<typeof setTimeout> | undefined
  let typing = false

  const to = (change: Partial<Filter>): { query: LocationQueryRaw } => ({
    query: write(route.query, { ...filter.value, query: typed.value, ...change }),
  })

  function pause(): void {
    clearTimeout(timer)
    if (typed.value.trim() === filter.value.query) return
    const go = typing ? router.replace : router.push
    typing = true
    void go(to({}))
  }

  function settle(): void {
    pause()
    typing = false
  }

  watch(typed, () => {
    clearTimeout(timer)
    timer = setTimeout(pause, pauseMs)
  })
  watch(filter, (now, before) => {
    if (now.query === before.query) typing = false
    if (now.query === typed.value.trim()) return
    typed.value = now.query
    typing = false
  })
  onBeforeUnmount(() => clearTimeout(timer))

  return { filter, typed, to, settle }
}
