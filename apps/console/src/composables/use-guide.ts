import type { CheckId, Finding } from '@vouch/contract'
import { computed, ref } from 'vue'
import type { Checks, Listed } from './use-checks.ts'

export type Ended = { checkId: CheckId; well: boolean }

/** The same list as steps: faults first, then warnings, then what a person has to confirm, each in the order of the list. */
export function useGuide({ list, found, run }: Checks) {
  const skipped = ref<CheckId[]>([])
  const ended = ref<Ended | null>(null)
  const turns: Finding['outcome'][] = ['fault', 'warning', 'not_asked']

  /** What only waits for something else has no fix of its own and is no step. */
  const steps = computed<Listed[]>(() =>
    turns.flatMap((outcome) =>
      (list.value?.checks ?? []).filter(({ checkId }) => {
        const finding = found.value.get(checkId)
        return finding?.outcome === outcome && finding.fix !== null
      }),
    ),
  )
  const step = computed(() => steps.value.find(({ checkId }) => !skipped.value.includes(checkId)) ?? null)
  const left = computed(() => steps.value.filter(({ checkId }) => skipped.value.includes(checkId)).length)

  /** Looks at the step again and, when it is fine, at what waited for it. */
  async function again(checkId: CheckId): Promise<void> {
    ended.value = null
    await run([checkId])
    const well = found.value.get(checkId)?.outcome === 'ok'
    ended.value = { checkId, well }
    if (!well) return
    const waited = [...found.value.values()].filter((one) => one.outcome === 'not_asked' && one.fix === null)
    if (waited.length > 0) await run(waited.map((one) => one.checkId))
  }

  function skip(checkId: CheckId): void {
    ended.value = null
    skipped.value = [...skipped.value, checkId]
  }

  return { step, left, ended, again, skip, unskip: () => (skipped.value = []) }
}
