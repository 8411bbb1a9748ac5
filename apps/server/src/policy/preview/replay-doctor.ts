import { replaySend, type FactKind, type PastSend, type Policy } from '@vouch/rules'
import { lookBackMs } from '../../sends/around-queries.ts'
import { readKept, type DecisionRow } from './kept-decision.ts'
import type { Replayed } from './preview-counts.ts'

export type FactRow = { sendId: string; kind: FactKind; at: Date }
export type Trial = { from: Date; policies: ReadonlyMap<number, Policy>; settings: Policy }

type Entry = { row: DecisionRow; facts: readonly FactRow[]; really: boolean; would: boolean }

/**
 * Decides all sends to one doctor anew, oldest first. What would have been blocked does not count for those after it, and
 * what would have been allowed counts as gone out; so a lower limit blocks once and not again for the same reason. Facts
 * that came in later do not count for a decision.
 */
export function replayDoctor(rows: readonly DecisionRow[], facts: readonly FactRow[], trial: Trial): Replayed[] {
  const factsOf = groupBy(facts, (fact) => fact.sendId)
  const entries: Entry[] = []
  const replayed: Replayed[] = []
  for (const row of rows.toSorted(oldestFirst)) {
    const really = row.outcome === 'authorised'
    const one = row.decidedAt >= trial.from ? replayOne(row, entries, trial) : null
    const would = one?.replay.known ? one.replay.reasons.length === 0 : really
    if (one) replayed.push(one)
    entries.push({ row, facts: factsOf.get(row.sendId) ?? [], really, would })
  }
  return replayed
}

function replayOne(row: DecisionRow, entries: readonly Entry[], { policies, settings }: Trial): Replayed {
  const { sendId, decidedAt } = row
  const past = (which: 'really' | 'would') =>
    entries.filter((entry) => entry[which]).flatMap((entry) => asPast(entry, decidedAt))
  const kept = readKept(row, policies.get(row.policyVersion) ?? settings, past('really'))
  const would = past('would')
  const replay = replaySend(kept, settings, would)
  return { ...{ sendId, decidedAt, authorised: row.outcome === 'authorised' }, was: kept.reasons, replay }
}

/** The send as the gate saw it then; nothing when that is too long ago. */
function asPast({ row, facts, really }: Entry, seenAt: Date): PastSend[] {
  const { sendId, repId, externalUserId, documentId, decidedAt: authorisedAt } = row
  if (seenAt.getTime() - authorisedAt.getTime() > lookBackMs) return []
  const kinds = really ? facts.filter(({ at }) => at <= seenAt).map(({ kind }) => kind) : (['A', 'K'] as const)
  return [{ ...{ sendId, repId, externalUserId, documentId, authorisedAt }, class: row.class, facts: kinds }]
}

export function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}

const oldestFirst = (one: DecisionRow, other: DecisionRow): number =>
  one.decidedAt.getTime() - other.decidedAt.getTime() || (one.sendId < other.sendId ? -1 : 1)
