import { refusalReasons, sendClasses, shanghaiDay, type RefusalReason, type SendClass } from '@vouch/rules'
import type { Deps } from '../deps.ts'
import { scopeOf } from '../people/scope.ts'
import type { Session } from '../people/sessions.ts'
import { readProgress } from './due-days.ts'
import { sumCounts, totalOf } from './report-queries.ts'

const daysBack = 30
const measures = ['passed', 'is:', 'refused', 'no:', 'link', 'opened', 'ask', 'ask_yes', 'ask_no']

export type HomeNumbers = {
  /** Shanghai days, both included, as 2026-11-21. */
  fromDay: string
  untilDay: string
  /** Everything known until then is in the numbers; null: nothing was counted yet. */
  countedUntil: Date | null
  /** Sends that passed the gate. `classes` are apart for good: no two may be added and called "sent". */
  passed: number
  classes: Record<SendClass, number>
  /** Attempts that the gate refused, and why; one attempt may have several reasons. Most frequent first. */
  refused: number
  reasons: { reason: RefusalReason; attempts: number }[]
  /** Links that passed the gate, and of those how many the addressee opened. */
  links: number
  opened: number
  /** Invitations to consent, and what doctors answered to them. */
  asked: number
  agreed: number
  declined: number
}

/** The last 30 Shanghai days, today included, in somebody's territories. One statement on what jobs have counted. */
export async function homeNumbers(deps: Deps, me: Pick<Session, 'personId' | 'roles'>): Promise<HomeNumbers> {
  const today = shanghaiDay(deps.now())
  const fromDay = today - daysBack + 1
  const [territories, progress] = await Promise.all([scopeOf(deps, me), readProgress(deps.db, 'counted')])
  const asked = { from: fromDay, until: today, product: '', territories }
  const sums = totalOf(territories?.length === 0 ? new Map() : await sumCounts(deps.db, 'territory', asked, measures))
  const of = (measure: string): number => sums.get(measure) ?? 0
  const reasons = refusalReasons.map((reason) => ({ reason, attempts: of(`no:${reason}`) }))
  return {
    ...{ fromDay: dayText(fromDay), untilDay: dayText(today), countedUntil: progress?.until ?? null },
    ...{ passed: of('passed'), refused: of('refused'), links: of('link'), opened: of('opened') },
    ...{ asked: of('ask'), agreed: of('ask_yes'), declined: of('ask_no') },
    classes: Object.fromEntries(sendClasses.map((one) => [one, of(`is:${one}`)])) as Record<SendClass, number>, // each once
    reasons: reasons.filter(({ attempts }) => attempts > 0).toSorted((one, other) => other.attempts - one.attempts),
  }
}

/** A day counted from 1970 as 2026-11-21. */
export const dayText = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)
