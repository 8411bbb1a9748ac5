import { shanghaiDay, startOfShanghaiDay } from '@vouch/rules'
import type { Deps } from '../deps.ts'
import { countDoctors } from './count-doctors.ts'
import { countReports } from './count-reports.ts'
import { askDays, readProgress, writeProgress } from './due-days.ts'
import { dayText } from './home-numbers.ts'
import { differencesOf, readKept, recount } from './recount.ts'
import { checkVersions } from './version-totals.ts'

/** Yesterday, the days before it that are still in motion, and some of the last year, others each night. */
const always = [1, 2, 7]
const others = 9
const daysBack = 365
/** Three in the morning: nobody sends then. */
const hourMs = 3_600_000

/** Days that differed, and how many versions did not come to the sum of their days. */
export type ReportCheck = { days: number; wrong: string[]; versions: number }

/**
 * Job: once a night, counts some days again and compares. A day on which the figures differ is told and put right. What only
 * just became known is no difference, so the figures are brought up to now before, and once more before a day is told.
 */
export async function checkReports(deps: Deps): Promise<void> {
  const at = deps.now()
  const tonight = new Date(startOfShanghaiDay(at).getTime() + 3 * hourMs)
  const last = await readProgress(deps.db, 'check')
  if (at < tonight || (last && last.until >= tonight)) return
  await bringUpToNow(deps)
  const days = sampleOf(shanghaiDay(at))
  const wrong: number[] = []
  for (const day of days) if ((await isOff(deps, day)) && (await isStillOff(deps, day))) wrong.push(day)
  await askDays(deps, wrong)
  if (wrong.length > 0) {
    deps.log.error({ days: wrong.map(dayText) }, 'figures differ from a recount')
    await countReports(deps)
  }
  const versions = await checkVersions(deps.db)
  if (versions.length > 0) deps.log.error({ versions }, 'figures of versions differ from their days')
  const said: ReportCheck = { days: days.length, wrong: wrong.map(dayText), versions: versions.length }
  await writeProgress(deps.db, 'check', at, JSON.stringify(said))
}

async function bringUpToNow(deps: Deps): Promise<void> {
  await countDoctors(deps)
  await countReports(deps)
}

async function isOff({ db }: Deps, day: number): Promise<boolean> {
  const range = { from: day, until: day }
  return differencesOf(await readKept(db, range), await recount(db, range)).length > 0
}

async function isStillOff(deps: Deps, day: number): Promise<boolean> {
  await bringUpToNow(deps)
  return isOff(deps, day)
}

/** The days to look at on one day; the same whenever it is asked. */
function sampleOf(today: number): number[] {
  const spread = Array.from({ length: others }, (_, place) => 1 + ((today * 7_919 + place * 104_729) % daysBack))
  return [...new Set([...always, ...spread])].map((back) => today - back)
}
