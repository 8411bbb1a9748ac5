import { checkEndpoints, type CheckId, type Finding, type Output } from '@vouch/contract'
import { computed, onBeforeUnmount, ref, shallowRef } from 'vue'
import { call, type Fault, faultOf } from '../api.ts'

export type CheckList = Output<typeof checkEndpoints.listChecks>
export type Listed = CheckList['checks'][number]
export type Checks = ReturnType<typeof useChecks>

/** The system check: what can be checked, what was found, and the way to have it checked, one after another. */
export function useChecks() {
  const list = shallowRef<CheckList | null>(null)
  const found = shallowRef<ReadonlyMap<CheckId, Finding>>(new Map())
  /** What could not be listed, and what could not be checked. */
  const listFault = shallowRef<Fault | null>(null)
  const fault = shallowRef<Fault | null>(null)
  const current = ref<CheckId | null>(null)
  const progress = ref<{ done: number; of: number } | null>(null)
  const stoppedAt = ref<{ done: number; of: number } | null>(null)
  let running: AbortController | undefined

  const counts = computed(() => {
    const all = [...found.value.values()]
    const count = (outcome: Finding['outcome']) => all.filter((one) => one.outcome === outcome).length
    return { ok: count('ok'), warnings: count('warning'), faults: count('fault'), left: count('not_asked') }
  })

  async function load(): Promise<void> {
    try {
      list.value = await call(checkEndpoints.listChecks, {})
      listFault.value = null
    } catch (reason) {
      listFault.value = faultOf(reason)
    }
  }

  async function begin(): Promise<void> {
    await load()
    if (list.value) await run()
  }

  /** Checks these, by default all, in their order. What was found before stays until it is found anew. */
  async function run(only?: readonly CheckId[]): Promise<void> {
    if (!list.value) return
    running?.abort()
    const { signal } = (running = new AbortController())
    const ids = list.value.checks.map(({ checkId }) => checkId).filter((id) => !only || only.includes(id))
    fault.value = null
    stoppedAt.value = null
    progress.value = { done: 0, of: ids.length }
    for (const [done, checkId] of ids.entries()) {
      progress.value = { done, of: ids.length }
      current.value = checkId
      if (!(await runOne(checkId, signal))) break
    }
    if (running.signal !== signal) return
    current.value = null
    progress.value = null
  }

  async function runOne(checkId: CheckId, signal: AbortSignal): Promise<boolean> {
    try {
      const finding = await call(checkEndpoints.runCheck, { checkId }, { signal })
      if (signal.aborted) return false
      found.value = new Map(found.value).set(checkId, finding)
      return true
    } catch (reason) {
      if (!signal.aborted) fault.value = faultOf(reason)
      return false
    }
  }

  function stop(): void {
    running?.abort()
    stoppedAt.value = progress.value
    current.value = null
    progress.value = null
  }

  void begin()
  onBeforeUnmount(() => running?.abort())
  return { list, found, counts, listFault, fault, current, progress, stoppedAt, load, begin, run, stop }
}
