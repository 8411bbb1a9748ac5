import { type AskedInput, safetyEndpoints, type SafetyReport } from '@vouch/contract'
import { onBeforeUnmount, ref, type Ref, shallowRef, watch } from 'vue'
import { call, type Fault, faultOf } from '../api.ts'

export type Done = 'acknowledge' | 'handOver'
type HandOver = Pick<AskedInput<typeof safetyEndpoints.handOverSafety>, 'toPerson' | 'reason'>

/** One report, and what is done about it. A failed step keeps what is shown and what was typed. */
export function useSafety(reportId: Ref<string>) {
  const report = shallowRef<SafetyReport | null>(null)
  const fault = shallowRef<Fault | null>(null)
  const stepFault = shallowRef<Fault | null>(null)
  const busy = ref<Done | null>(null)
  const done = ref<Done | null>(null)
  let running: AbortController | undefined
  /** The same hand-over tried again is one hand-over. */
  let handOverId = crypto.randomUUID()

  async function load(): Promise<void> {
    running?.abort()
    const { signal } = (running = new AbortController())
    fault.value = null
    try {
      const found = await call(safetyEndpoints.loadSafetyReport, { reportId: reportId.value }, { signal })
      if (!signal.aborted) report.value = found
    } catch (reason) {
      if (!signal.aborted) fault.value = faultOf(reason)
    }
  }

  async function take(step: Done, ask: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = step
    done.value = null
    stepFault.value = null
    try {
      await ask()
      done.value = step
      await load()
      return true
    } catch (reason) {
      stepFault.value = faultOf(reason)
      return false
    } finally {
      busy.value = null
    }
  }

  const acknowledge = () =>
    take('acknowledge', () => call(safetyEndpoints.acknowledgeSafety, { reportId: reportId.value }))

  async function handOver(given: HandOver): Promise<boolean> {
    const asked = { requestId: handOverId, reportId: reportId.value, ...given }
    const worked = await take('handOver', () => call(safetyEndpoints.handOverSafety, asked))
    if (worked) handOverId = crypto.randomUUID()
    return worked
  }

  watch(reportId, () => ((report.value = null), void load()), { immediate: true })
  onBeforeUnmount(() => running?.abort())
  return { report, fault, stepFault, busy, done, load, acknowledge, handOver }
}
