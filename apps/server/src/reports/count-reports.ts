import type { Deps } from '../deps.ts'
import { countDay } from './count-day.ts'
import { askChangedDays, findDue, writeProgress } from './due-days.ts'
import { keepDay } from './keep-day.ts'

/** The job ends before its lease does; the next one goes on with the days that are left. */
const longestMs = 50_000
const daysAtOnce = 20

/**
 * Job: counts the days that something became known about. A day is counted wholly, from its facts, and takes the place of
 * what was counted before; so whoever stops midway, or counts the same day beside another, changes nothing in the figures.
 */
export async function countReports(deps: Deps): Promise<void> {
  const endsAt = performance.now() + longestMs
  const at = await askChangedDays(deps)
  while (performance.now() < endsAt) {
    const due = await findDue(deps.db, daysAtOnce)
    if (due.length === 0) return writeProgress(deps.db, 'counted', at)
    for (const one of due) {
      await keepDay(deps.db, one, await countDay(deps.db, one.day))
      if (performance.now() > endsAt) return
    }
  }
}
