import { homeEndpoints, type Output } from '@vouch/contract'
import { computed, onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import { call, type Fault, faultOf } from '../api.ts'

export type Home = Output<typeof homeEndpoints.loadHome>

const everyMs = 60_000
/** After so long without a touch nothing is asked any more, so that a page left open does not keep somebody signed in. */
const idleMs = 10 * 60_000
const touches = ['pointerdown', 'keydown', 'scroll', 'pointermove'] as const

/** What stands where: as long as it stays the same, counts and times may change below the reader's eyes. */
const placesOf = ({ parts }: Home): string =>
  parts
    .filter(({ count, outcome }) => count > 0 || outcome === 'failed')
    .map(({ part, outcome, rows }) => [part, outcome, ...rows.map(({ rowId }) => rowId)].join())
    .join(';')

/**
 * Keeps the home page fresh: each minute and when somebody comes back to it. What would move is held until it is asked for,
 * unless nobody was looking.
 */
export function useHome() {
  const home = shallowRef<Home | null>(null)
  const held = shallowRef<Home | null>(null)
  const fault = shallowRef<Fault | null>(null)
  const loading = ref(false)
  const readAt = shallowRef<Date | null>(null)
  const now = shallowRef(new Date())
  const paused = ref(false)
  let touchedAt = Date.now()
  let timer: ReturnType<typeof setInterval> | undefined
  let asks = 0

  async function read({ mayMove }: { mayMove: boolean }): Promise<void> {
    asks += 1
    const mine = asks
    loading.value = true
    try {
      const found = await call(homeEndpoints.loadHome, {})
      if (mine !== asks) return
      readAt.value = now.value = new Date()
      fault.value = null
      const stays = home.value !== null && placesOf(home.value) === placesOf(found)
      if (mayMove || stays || home.value === null) show(found)
      else held.value = found
    } catch (reason) {
      if (mine === asks) fault.value = faultOf(reason)
    } finally {
      if (mine === asks) loading.value = false
    }
  }

  function show(found: Home): void {
    home.value = found
    held.value = null
  }

  const touch = (): void => {
    touchedAt = Date.now()
    if (paused.value) {
      paused.value = false
      void read({ mayMove: false })
    }
  }

  function tick(): void {
    if (document.hidden) return
    paused.value = Date.now() - touchedAt > idleMs
    now.value = new Date()
    if (!paused.value) void read({ mayMove: false })
  }

  /** Whoever was away looks anew; a window that only got the focus is still being read. */
  function comeBack(): void {
    if (document.hidden) return
    touchedAt = Date.now()
    paused.value = false
    void read({ mayMove: true })
  }
  const focused = (): void => {
    if (readAt.value && Date.now() - readAt.value.getTime() > 5_000) void read({ mayMove: false })
  }

  onMounted(() => {
    void read({ mayMove: true })
    timer = setInterval(tick, everyMs)
    document.addEventListener('visibilitychange', comeBack)
    window.addEventListener('focus', focused)
    for (const name of touches) window.addEventListener(name, touch, { passive: true })
  })
  onBeforeUnmount(() => {
    asks += 1 // what is still on its way is for nobody
    clearInterval(timer)
    document.removeEventListener('visibilitychange', comeBack)
    window.removeEventListener('focus', focused)
    for (const name of touches) window.removeEventListener(name, touch)
  })

  return {
    ...{ home, fault, loading, readAt, now, paused },
    newer: computed(() => held.value !== null),
    showNewer: () => held.value && show(held.value),
    refresh: () => read({ mayMove: true }),
  }
}
