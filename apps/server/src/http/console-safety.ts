import { safetyEndpoints } from '@vouch/contract'
import { acknowledgeSafety } from '../evidence/safety/acknowledge-safety.ts'
import { changeSafetyRule, loadSafetyRule } from '../evidence/safety/change-safety-rule.ts'
import { handOverSafety } from '../evidence/safety/hand-over-safety.ts'
import { listSafetyReports } from '../evidence/safety/list-safety-reports.ts'
import { loadSafetyReport } from '../evidence/safety/load-safety-report.ts'
import { serve, type Door } from './serve.ts'

/** Reports of adverse reactions: the clock, and who has them in hand. */
export function mountSafety(door: Door): void {
  const { deps } = door
  serve(door, safetyEndpoints.listSafetyReports, (_, asked) => listSafetyReports(deps, asked))
  serve(door, safetyEndpoints.loadSafetyReport, (me, asked) => loadSafetyReport(deps, me, asked))
  serve(door, safetyEndpoints.acknowledgeSafety, (me, asked) => acknowledgeSafety(deps, me, asked))
  serve(door, safetyEndpoints.handOverSafety, (me, asked) => handOverSafety(deps, me, asked))
  serve(door, safetyEndpoints.safetyRule, (me) => loadSafetyRule(deps, me))
  serve(door, safetyEndpoints.saveSafetyRule, (me, asked) => changeSafetyRule(deps, me, asked))
}
