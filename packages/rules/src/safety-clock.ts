export type SafetySeriousness = 'serious' | 'not_serious' | 'unknown'

/** Days from awareness within which the authority must be told; set by the company, see `design.md` section 7. */
export type SafetyRule = { seriousDays: number; otherDays: number }

const hour = 3_600_000
const remindAfter = 12 * hour
const acknowledgeWithin = 24 * hour
const day = 24 * hour

/**
 * The clock of an adverse reaction runs from when the company became aware of it (assurance.md R29). What nobody has
 * weighed yet counts as serious.
 */
export function safetyClock(report: { awareAt: Date; seriousness: SafetySeriousness }, rule: SafetyRule) {
  const after = (ms: number) => new Date(report.awareAt.getTime() + ms)
  const days = report.seriousness === 'not_serious' ? rule.otherDays : rule.seriousDays
  return { remindAt: after(remindAfter), acknowledgeBy: after(acknowledgeWithin), reportBy: after(days * day) }
}

export type SafetyCall = { step: 'reminded' | 'escalated'; once: string } | null

/**
 * Whom an unacknowledged report calls at `now`, and when to look again: its owner after half a day, everybody in charge
 * after a whole one and then every day. `once` names the call, so that it is made once.
 */
export function nextSafetyCall(awareAt: Date, now: Date): { call: SafetyCall; nextAt: Date } {
  const waited = now.getTime() - awareAt.getTime()
  const at = (ms: number) => new Date(awareAt.getTime() + ms)
  const days = Math.floor(waited / acknowledgeWithin)
  if (days >= 1) return { call: { step: 'escalated', once: `escalated ${days}` }, nextAt: at((days + 1) * day) }
  if (waited >= remindAfter) return { call: { step: 'reminded', once: 'reminded' }, nextAt: at(acknowledgeWithin) }
  return { call: null, nextAt: at(remindAfter) }
}
