import { reportEndpoints as report } from '@vouch/contract'
import { exportReport } from '../reports/export-report.ts'
import { listReportChoices } from '../reports/list-report-choices.ts'
import { loadReport } from '../reports/load-report.ts'
import { serve, type Door } from './serve.ts'

/** Figures that jobs have counted. */
export function mountReports(door: Door): void {
  const { deps } = door
  serve(door, report.loadReport, (me, asked) => loadReport(deps, me, asked))
  serve(door, report.reportChoices, (me) => listReportChoices(deps, me))
  serve(door, report.exportReport, (me, asked) => exportReport(deps, me, asked))
}
