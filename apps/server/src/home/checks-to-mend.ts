import { checkIds } from '@vouch/contract'
import type { Deps } from '../deps.ts'
import { benchOf } from '../setup/checks/create-bench.ts'
import { createExaminer } from '../setup/checks/examine.ts'
import { checks } from '../setup/checks/registry.ts'
import type { Finding } from '@vouch/contract'
import { waitingSince, type Asked, type Waiting } from './part.ts'

/** However many look, the checks run once in this time on an instance. */
const keptMs = 60_000
type Kept = { at: number; found: Promise<Finding[]> }
const kept = new WeakMap<Deps, Kept>()

/** Checks that are not in order, of those that ask nobody outside; the page of the system check runs all of them. */
export async function checksToMend({ deps, at }: Asked): Promise<Waiting> {
  let last = kept.get(deps)
  if (!last || at.getTime() - last.at >= keptMs || at.getTime() < last.at) {
    last = { at: at.getTime(), found: runCheap(deps) }
    kept.set(deps, last)
  }
  const wrong = (await last.found).filter(({ outcome }) => outcome === 'fault' || outcome === 'warning')
  const faultsFirst = wrong.toSorted(
    (one, other) => Number(other.outcome === 'fault') - Number(one.outcome === 'fault'),
  )
  const found = waitingSince(
    faultsFirst.map(({ checkId, checkedAt }) => {
      const { zh, en } = checks[checkId].title
      return { rowId: checkId, title: zh, titleEn: en, at: checkedAt }
    }),
    at,
    null,
  )
  const pressing = wrong.filter(({ outcome }) => outcome === 'fault').length
  return { ...found, oldestAt: null, pressing, rows: found.rows.map((row) => ({ ...row, at: null })) }
}

async function runCheap(deps: Deps): Promise<Finding[]> {
  const found: Finding[] = []
  const cheap = checkIds.filter((checkId) => checks[checkId].cheap)
  await createExaminer(benchOf(deps)).runAll((finding) => found.push(finding), cheap)
  return found
}
