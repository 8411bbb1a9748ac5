import { checkIds, type CheckId, type Finding } from '@vouch/contract'
import { both, notAsked, type Bench, type Found } from './check.ts'
import { checks } from './registry.ts'
import { brokeOff, groupTitles, needsFirst, settingsFirst } from './words/common.ts'

export type Examiner = ReturnType<typeof createExaminer>

/** What was looked at this long ago is not looked at again for the sake of what comes after it. */
const believedMs = { fine: 30_000, blocking: 5_000 }
const longestMs = 20_000

/** `because` is what those after it are told: its own name, or what keeps it from being asked in turn. */
type Kept = { finding: Finding; blocks: boolean; because: Found }

/** Runs checks of one bench. A fault never stops another check; it only leaves out those that could not tell more. */
export function createExaminer(bench: Bench) {
  const kept = new Map<CheckId, Kept>()

  async function examine(checkId: CheckId): Promise<Kept> {
    const began = performance.now()
    const check = checks[checkId]
    const missing = (check.settings ?? []).filter((name) => bench.settings[name] === undefined)
    let found = missing.length > 0 ? notAsked(settingsFirst(missing)) : await blockedBy(check.after ?? [])
    const blocked = found !== undefined
    found ??= await inTime(async () => check.run(bench))
    const finding: Finding = {
      ...{ checkId, outcome: found.outcome, fact: found.fact, details: found.details ?? [], fix: found.fix ?? null },
      where: found.outcome === 'ok' || !found.fix ? null : (check.where ?? null),
      ...{ checkedAt: bench.now(), tookMs: Math.round(performance.now() - began) },
    }
    const because = blocked ? found : notAsked(needsFirst(groupTitles[check.group], check.title))
    const now = { finding, blocks: blocked || found.outcome === 'fault', because }
    kept.set(checkId, now)
    return now
  }

  async function blockedBy(needs: readonly CheckId[]): Promise<Found | undefined> {
    for (const need of needs) {
      const known = kept.get(need)
      const age = known ? bench.now().getTime() - known.finding.checkedAt.getTime() : Infinity
      const isFresh = age < believedMs[known?.blocks ? 'blocking' : 'fine']
      const { blocks, because } = known && isFresh ? known : await examine(need)
      if (blocks) return because
    }
    return undefined
  }

  return {
    /** One check, now. */
    run: async (checkId: CheckId): Promise<Finding> => (await examine(checkId)).finding,
    /** What it found the last time, however long ago. */
    last: (checkId: CheckId): Finding | undefined => kept.get(checkId)?.finding,
    /** All of them in their order, each looked at once; what was found is told as soon as it is known. */
    async runAll(tell: (finding: Finding) => void, only: readonly CheckId[] = checkIds): Promise<void> {
      kept.clear()
      for (const checkId of only) tell((kept.get(checkId) ?? (await examine(checkId))).finding)
    },
  }
}

/** What a check throws may hold a secret; only its code is told. */
async function inTime(run: () => Promise<Found>): Promise<Found> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<Found>((resolve) => {
    timer = setTimeout(() => resolve({ outcome: 'fault', ...brokeOff(both('超时', 'no answer in time')) }), longestMs)
  })
  try {
    return await Promise.race([run(), patience])
  } catch (thrown) {
    const { code, errno, name } = (thrown ?? {}) as Record<string, unknown> // whatever was thrown
    const word = String(code ?? errno ?? name ?? 'unknown')
    return { outcome: 'fault', ...brokeOff(both(word, word)) }
  } finally {
    clearTimeout(timer)
  }
}
