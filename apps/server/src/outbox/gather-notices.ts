import type { Deps } from '../deps.ts'
import { findLastSent, makeBatch } from './batch-queries.ts'
import { findChoices } from './choice-queries.ts'
import { kindOf } from './notice-kinds.ts'
import { nextSummary } from './notice-times.ts'
import { forget, postpone, type Claimed } from './queries.ts'

/** After a message of a kind the next of it waits so long, so that what comes meanwhile goes with it. */
const windowMs = 10 * 60_000

/** What WeCom may have goes again in the same words, which it shows once. */
const isPlain = ({ kind, members, triedAt }: Claimed): boolean =>
  members === 1 && triedAt === null && kindOf(kind)?.alone !== true

/** Leaves out what somebody switched off and holds what they want in the daily summary; what must be told is told. */
export async function heedChoices({ db }: Deps, claimed: Claimed[], at: Date): Promise<Map<Claimed, 'now' | 'daily'>> {
  const free = claimed.filter((one) => one.members === 1 && kindOf(one.kind)?.fixed === null)
  const choices = await findChoices(
    db,
    free.map(({ toPerson }) => toPerson),
  )
  const paceOf = (one: Claimed) => (free.includes(one) && choices.get(`${one.toPerson} ${one.kind}`)) || 'now'
  await forget(
    db,
    claimed.filter((one) => paceOf(one) === 'off'),
  )
  const held = new Map<number, Claimed[]>()
  const told = new Map<Claimed, 'now' | 'daily'>()
  for (const one of claimed) {
    const pace = paceOf(one)
    if (pace === 'off') continue
    const summary = nextSummary(one.createdAt)
    if (pace === 'now' || summary <= at) told.set(one, pace)
    else held.set(summary.getTime(), [...(held.get(summary.getTime()) ?? []), one])
  }
  for (const [until, notices] of held) await postpone(db, notices, new Date(until))
  return told
}

/**
 * Puts together what is owed to one person: several of a kind are one message, the first of which goes at once and the next
 * a while later; the daily summary is one of all kinds. What is urgent is never among them.
 */
export async function gatherNotices(
  deps: Deps,
  owner: string,
  told: ReadonlyMap<Claimed, 'now' | 'daily'>,
): Promise<Claimed[]> {
  const at = deps.now()
  const groups = new Map<string, Claimed[]>()
  const soon: Claimed[] = []
  for (const [notice, pace] of told) {
    if (!isPlain(notice) || notice.status !== 'active') soon.push(notice)
    else {
      const key = `${notice.toPerson} ${pace === 'daily' ? '' : notice.kind}`
      groups.set(key, [...(groups.get(key) ?? []), notice])
    }
  }
  const last = await findLastSent(
    deps.db,
    [...groups.values()].map((group) => group[0]!.toPerson),
    { since: new Date(at.getTime() - windowMs), now: at },
  )
  for (const [key, group] of groups) {
    const before = last.get(key)
    if (before) await postpone(deps.db, group, new Date(before.getTime() + windowMs))
    else if (group.length === 1) soon.push(group[0]!)
    else soon.push(...batched(await makeBatch(deps.db, group, { batchId: deps.newId(), owner, at })))
  }
  return soon
}

const batched = (batch: Claimed | undefined): Claimed[] => (batch ? [batch] : [])
