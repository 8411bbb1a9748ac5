import { computed, onBeforeUnmount, ref, watch } from 'vue'
import { type LocationQuery, type LocationQueryRaw, useRoute, useRouter } from 'vue-router'
import type { Show } from '../api.ts'

export type SendFilter = { show: Show; query: string }

export const shows: readonly Show[] = ['all', 'sent', 'unknown', 'refused']
const longest = 60
const pauseMs = 400

/** The filter an address asks for; anything else it says is as if it were not there. */
export function readFilter(query: LocationQuery): SendFilter {
  const { show, q } = query
  return {
    show: shows.find((known) => known === show) ?? 'all',
    query: typeof q === 'string' ? q.trim().slice(0, longest) : '',
  }
}

/** The address of a filter, as short as it can be; what else stood in the address stays. */
export function writeFilter(before: LocationQuery, { show, query }: SendFilter): LocationQueryRaw {
  return { ...before, show: show === 'all' ? undefined : show, q: query.trim() || undefined }
}

/**
 * Filter and search live in the address. Typing pauses before it asks, and one stretch of typing is one step back:
 * the first pause makes a new entry in the browser's history, later ones change it, Enter or leaving the field ends it.
 */
export function useSendFilter() {
  const route = useRoute()
  const router = useRouter()
  const filter = computed(() => readFilter(route.query))
  const typed = ref(filter.value.query)
  let timer: ReturnType<typeof setTimeout> | undefined
  let typing = false

  const to = (change: Partial<SendFilter>): { query: LocationQueryRaw } => ({
    query: writeFilter(route.query, { show: filter.value.show, query: typed.value, ...change }),
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
    if (now.show !== before.show) typing = false
    if (now.query === typed.value.trim()) return
    typed.value = now.query
    typing = false
  })
  onBeforeUnmount(() => clearTimeout(timer))

  return { filter, typed, to, settle }
}
