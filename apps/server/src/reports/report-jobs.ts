import type { Job } from '../job.ts'
import { checkReports } from './check-reports.ts'
import { countDoctors } from './count-doctors.ts'
import { countReports } from './count-reports.ts'

/** What keeps the figures of the reports. */
export const reportJobs: Job[] = [
  { name: 'count-reports', everyMs: 60_000, work: countReports },
  { name: 'count-report-doctors', everyMs: 300_000, work: countDoctors },
  { name: 'check-reports', everyMs: 600_000, work: checkReports },
]
