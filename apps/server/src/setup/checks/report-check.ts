import type { ReportCheck } from '../../reports/check-reports.ts'
import { readProgress } from '../../reports/due-days.ts'
import { both, databaseOf, notAsked, ok, warning, type Bench, type Check, type Found } from './check.ts'
import { reportsWords } from './words/reports.ts'

/** The jobs run every minute and every five. */
const lateMs = 15 * 60_000

async function checkFigures(bench: Bench): Promise<Found> {
  const db = databaseOf(bench)
  const [counted, doctors, checked] = await Promise.all([
    readProgress(db, 'counted'),
    readProgress(db, 'doctors'),
    readProgress(db, 'check'),
  ])
  if (!counted || !doctors) return notAsked(reportsWords.never())
  const until = counted.until < doctors.until ? counted.until : doctors.until
  if (bench.now().getTime() - until.getTime() > lateMs) return warning(reportsWords.late(until))
  if (!checked) return ok(reportsWords.unchecked(until))
  const { days, wrong, versions = 0 } = JSON.parse(checked.said) as ReportCheck // written by reports/check-reports.ts
  if (versions > 0) return warning(reportsWords.versions(versions, checked.until))
  return wrong.length > 0 ? warning(reportsWords.wrong(wrong, checked.until)) : ok(reportsWords.fine(until, days))
}

export const reportChecks = {
  'data.reports': {
    group: 'data',
    title: both('报表的数字', 'Figures of the reports'),
    where: both('服务的日志', 'the log of the server'),
    settings: ['DATABASE_URL'],
    after: ['data.migrations'],
    cheap: true,
    run: checkFigures,
  },
} satisfies Record<string, Check>
