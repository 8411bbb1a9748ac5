import type { PreviewCounts } from '@vouch/contract'
import type { RefusalReason, Replay } from '@vouch/rules'

export type Effect = 'blocked' | 'allowed' | 'unknown'
export type Example = { sendId: string; at: number; effect: Effect; reasons: RefusalReason[] }
/** How one send was decided, and how it would be. */
export type Replayed = {
  sendId: string
  decidedAt: Date
  authorised: boolean
  was: readonly RefusalReason[]
  replay: Replay
}

/** So many sends of each kind are named, the newest; all of them are counted. */
const mostExamples = 60

export const noCounts = (): PreviewCounts => ({
  ...{ stillSent: 0, stillRefused: 0, blocked: 0, allowed: 0, unknown: 0 },
  ...{ blockedBy: [], allowedFrom: [], unknownAbout: [] },
})

/** The counts and examples with these sends added. */
export function addReplayed(
  counts: PreviewCounts,
  examples: readonly Example[],
  replayed: readonly Replayed[],
): { counts: PreviewCounts; examples: Example[] } {
  const sum = structuredClone(counts)
  const found: Example[] = [...examples]
  for (const one of replayed) {
    const effect = effectOf(one)
    sum[effect] += 1
    if (effect === 'stillSent' || effect === 'stillRefused') continue
    const reasons = reasonsOf(one, effect)
    const by = { blocked: sum.blockedBy, allowed: sum.allowedFrom, unknown: sum.unknownAbout }[effect]
    for (const reason of reasons) addOne(by, reason)
    found.push({ sendId: one.sendId, at: one.decidedAt.getTime(), effect, reasons })
  }
  return { counts: sum, examples: newest(found) }
}

function addOne(tally: PreviewCounts['blockedBy'], reason: RefusalReason): void {
  const known = tally.find((one) => one.reason === reason)
  if (known) known.count += 1
  else tally.push({ reason, count: 1 })
}

function effectOf({ authorised, replay }: Replayed): Effect | 'stillSent' | 'stillRefused' {
  if (!replay.known) return 'unknown'
  const would = replay.reasons.length === 0
  if (authorised) return would ? 'stillSent' : 'blocked'
  return would ? 'allowed' : 'stillRefused'
}

function reasonsOf({ was, replay }: Replayed, effect: Effect): RefusalReason[] {
  if (effect === 'allowed') return [...was]
  return replay.known ? replay.reasons : replay.about
}

function newest(examples: Example[]): Example[] {
  const ordered = examples.toSorted((one, other) => other.at - one.at)
  return (['blocked', 'allowed', 'unknown'] as const).flatMap((effect) =>
    ordered.filter((one) => one.effect === effect).slice(0, mostExamples),
  )
}
