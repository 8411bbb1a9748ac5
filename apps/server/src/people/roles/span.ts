import type { PersonRow, RoleStep } from '@vouch/contract'

/** A time during which somebody had a role. */
export type Span = {
  role: string
  /** Null: from before grants were kept. */
  since: Date | null
  /** When it ended or will end; null: it holds on. */
  until: Date | null
  ended: 'holds' | 'taken' | 'left' | 'expired' | 'replaced'
  territories: readonly string[]
  askedBy: string
  approvedBy: string
  takenBy: string
  reason: string
  endReason: string
}

/** Who had which role when, out of the steps in their order; what is held without a step stands there as well. */
export function spansOf(person: Pick<PersonRow, 'roles'>, steps: readonly RoleStep[], now: Date): Span[] {
  const spans: Span[] = []
  const open = new Map<string, Span>()
  for (const step of steps) {
    if (step.what === 'reviewed') continue
    const before = open.get(step.role)
    if (before) close(before, step)
    open.delete(step.role)
    if (step.what !== 'granted') {
      if (!before) spans.push({ ...unknown(step.role), ...endOf(step) })
      continue
    }
    const { role, at: since, until, territories, askedBy, decidedBy: approvedBy, reason } = step
    const begun: Span = { ...unknown(role), since, until, territories, askedBy, approvedBy, reason }
    if (until && until <= now) begun.ended = 'expired'
    spans.push(begun)
    open.set(role, begun)
  }
  const missing = person.roles.filter(({ role }) => !open.has(role))
  return [...spans, ...missing.map(({ role, until }) => ({ ...unknown(role), until }))]
}

const unknown = (role: string): Span => ({
  ...{ role, since: null, until: null, ended: 'holds' as const, territories: [], askedBy: '', approvedBy: '' },
  ...{ takenBy: '', reason: '', endReason: '' },
})

/** What had ended by itself before is not ended again. */
function close(span: Span, step: RoleStep): void {
  if (span.until && span.until <= step.at) {
    span.ended = 'expired'
    return
  }
  Object.assign(span, endOf(step))
}

const endOf = ({ what, at, decidedBy, reason }: RoleStep): Pick<Span, 'until' | 'ended' | 'takenBy' | 'endReason'> =>
  what === 'granted'
    ? { until: at, ended: 'replaced', takenBy: '', endReason: '' }
    : { until: at, ended: what === 'left' ? 'left' : 'taken', takenBy: decidedBy, endReason: reason }
