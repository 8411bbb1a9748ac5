import { contactEndpoints } from '@vouch/contract'
import { computed, onBeforeUnmount, ref, shallowRef } from 'vue'
import { call, type Fault, faultOf } from '../api.ts'
import type { SyncRun } from '../text/contacts-sync.zh.ts'

const lookEveryMs = 2_000
export type Started = 'started' | 'running'

/** The latest readings of all relations. While one goes on it is looked at every two seconds. */
export function useSyncRuns({ over }: { over: () => void }) {
  const runs = shallowRef<readonly SyncRun[] | null>(null)
  const mayStart = ref(false)
  const fault = shallowRef<Fault | null>(null)
  const startFault = shallowRef<Fault | null>(null)
  const starting = ref(false)
  const started = ref<Started | null>(null)
  let running: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  /** The same start tried again is one start. */
  let requestId = crypto.randomUUID()

  const live = computed(() => runs.value?.find(({ stage }) => stage === 'reading' || stage === 'ending') ?? null)

  async function look(): Promise<void> {
    running?.abort()
    clearTimeout(timer)
    const { signal } = (running = new AbortController())
    try {
      const page = await call(contactEndpoints.listSyncRuns, {}, { signal })
      if (signal.aborted) return
      const wasLive = live.value !== null
      runs.value = page.rows
      mayStart.value = page.may.includes('start')
      fault.value = null
      if (!wasLive || live.value) return
      started.value = null
      over() // what it repaired is read once: each look at it is in the trail
    } catch (reason) {
      if (!signal.aborted) fault.value = faultOf(reason)
    } finally {
      if (!signal.aborted && live.value) timer = setTimeout(() => void look(), lookEveryMs)
    }
  }

  /** True when one goes on; what was typed is kept otherwise. */
  async function start(asked: { reason: string; endMany: boolean }): Promise<boolean> {
    if (starting.value) return false
    starting.value = true
    startFault.value = null
    started.value = null
    try {
      const answer = await call(contactEndpoints.startSync, { requestId, ...asked })
      requestId = crypto.randomUUID()
      started.value = answer.outcome
      await look()
      return true
    } catch (reason) {
      startFault.value = faultOf(reason)
      return false
    } finally {
      starting.value = false
    }
  }

  void look()
  onBeforeUnmount(() => {
    running?.abort()
    clearTimeout(timer)
  })
  return { runs, live, mayStart, fault, startFault, starting, started, look, start }
}
