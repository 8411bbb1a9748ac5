import { sql, type Insertable, type Transaction } from 'kysely'
import { auditRow } from '../audit/append-audit.ts'
import type { AuditEvent } from '../audit/audit-event.ts'
import { transact } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import type { Actor, Deps } from '../deps.ts'
import {
  addContacts,
  chunks,
  cut,
  lockPairs,
  nameContacts,
  pairKey,
  type LockedPairs,
  type Pair,
} from './follow-rows.ts'

type Needs = Pick<Deps, 'db' | 'now' | 'newId'>

/** A relation as WeCom shows it. */
export type SeenFollow = Pair & {
  nickname: string
  remark: string
  company?: string
  remarkCompany?: string
  unionId?: string
  kind?: 'wechat' | 'wecom'
  beganAt?: Date
  addWay?: number
  scanState?: string
}
/** How we came to know: a message, the reading of all relations, an opened chat, the person being gone. */
export type Learnt = 'event' | 'sync' | 'chat' | 'left'
/** What was asked of WeCom before it answered: whatever was recorded since is newer. */
export type Told = { by: Actor; learnt: Learnt; askedAt: Date }

/** What a recording changed, for the report of a reading; names as they stand in the columns. */
export type Change = Pair & {
  what: Database['contactRepair']['what']
  why: string
  was: string
  isNow: string
}

/** Records that reps follow these contacts and renews the proof of it. New relations are audited. */
export async function recordFollows(deps: Needs, told: Told, seen: readonly SeenFollow[]): Promise<void> {
  for (const some of chunks(seen)) await transact(deps.db, (trx) => recordSeen(trx, deps, told, some))
}

/** The same inside a transaction, for at most a hundred. Tells what it changed. */
export async function recordSeen(
  trx: Transaction<Database>,
  { now, newId }: Omit<Needs, 'db'>,
  told: Told,
  given: readonly SeenFollow[],
): Promise<Change[]> {
  if (given.length === 0) return []
  const distinct = [...new Map(given.map((follow) => [pairKey(follow), follow])).values()]
  const at = now()
  await addContacts(trx, distinctPeople(distinct), at)
  const locked = await lockPairs(trx, distinct)
  const seen = distinct.map((follow) => withoutErased(follow, locked))
  const people = distinctPeople(seen)
  const renamed = people.flatMap((person) => {
    const known = locked.contacts.get(person.externalUserId)
    const nickname = person.nickname || (known?.nickname ?? '')
    const same = known?.nickname === nickname && known.kind === person.kind && known.company === person.company
    return same && (!person.unionId || known.unionId === person.unionId) ? [] : [{ ...person, nickname }]
  })
  await nameContacts(trx, renamed, at)

  const fresh = seen.filter((follow) => !((locked.follows.get(pairKey(follow))?.endedAt ?? new Date(0)) > told.askedAt))
  await writeFollows(trx, told, fresh)
  const changes = fresh.flatMap((follow) => changesOf(follow, locked))
  const begun = changes.filter(({ what }) => what === 'begun' || what === 'whole')
  await appendAll(
    trx,
    begun.map((change) => auditRow(newId(), told.by, at, begins(change, told, locked))),
  )
  return changes
}

/** Whoever had their names erased is not named anew by what WeCom tells. */
function withoutErased(follow: SeenFollow, { contacts }: LockedPairs): SeenFollow {
  if (!contacts.get(follow.externalUserId)?.erasedAt) return follow
  const { unionId: _, ...rest } = follow
  return { ...rest, nickname: '', remark: '', company: '', remarkCompany: '' }
}

const distinctPeople = (seen: readonly SeenFollow[]) => [
  ...new Map(seen.map((follow) => [follow.externalUserId, personOf(follow)])).values(),
]

const personOf = ({ externalUserId, nickname, unionId, kind = 'wechat', company = '' }: SeenFollow) => ({
  ...{ externalUserId, nickname: cut(nickname), unionId: unionId?.slice(0, 64) ?? null, kind, company: cut(company) },
})

async function writeFollows(trx: Transaction<Database>, { askedAt }: Told, fresh: readonly SeenFollow[]) {
  if (fresh.length === 0) return
  await trx
    .insertInto('contactFollow')
    .values(
      fresh.map(({ repId, externalUserId, remark, remarkCompany = '', beganAt, addWay, scanState }) => ({
        ...{ repId, externalUserId, remark: cut(remark), following: 1, provedAt: askedAt },
        remarkCompany: cut(remarkCompany),
        ...{ endedAt: null, halfAt: null, endReason: null },
        ...{ beganAt: beganAt ?? null, addWay: addWay ?? null, scanState: scanState?.slice(0, 64) ?? '' },
      })),
    )
    .onDuplicateKeyUpdate({
      ...{ remark: sql`values(remark)`, remarkCompany: sql`values(remark_company)` },
      ...{ following: 1, endedAt: null, halfAt: null, endReason: null },
      provedAt: sql`greatest(coalesce(proved_at, values(proved_at)), values(proved_at))`,
      beganAt: sql`coalesce(values(began_at), began_at)`,
      addWay: sql`coalesce(values(add_way), add_way)`,
      scanState: sql`if(values(scan_state) = '', scan_state, values(scan_state))`,
    })
    .execute()
}

function changesOf({ repId, externalUserId, ...is }: SeenFollow, { follows, contacts }: LockedPairs): Change[] {
  const before = follows.get(pairKey({ repId, externalUserId }))
  const pair = { repId, externalUserId, why: '' }
  if (!before?.following) {
    const what = before?.halfAt ? ('whole' as const) : ('begun' as const)
    return [{ ...pair, what, was: standingOf(before), isNow: 'following' }]
  }
  const nickname = contacts.get(externalUserId)?.nickname ?? ''
  return [
    ...(before.remark === cut(is.remark)
      ? []
      : [{ ...pair, what: 'remark' as const, was: before.remark, isNow: cut(is.remark) }]),
    ...(is.nickname === '' || nickname === cut(is.nickname)
      ? []
      : [{ ...pair, what: 'nickname' as const, was: nickname, isNow: cut(is.nickname) }]),
  ]
}

type Standing = { following: number; halfAt: Date | null; endReason: string | null } | undefined

/** Where a pair stands, in one word. */
export function standingOf(row: Standing): string {
  if (!row) return 'none'
  if (row.following) return 'following'
  if (row.halfAt) return 'half'
  return row.endReason ?? 'ended'
}

function begins({ externalUserId, repId, was }: Change, { learnt }: Told, { contacts }: LockedPairs): AuditEvent {
  const accountId = contacts.get(externalUserId)?.accountId ?? null
  return { event: 'contact.followed', subjectId: externalUserId, accountId, detail: { repId, learnt, was } }
}

/** Entries of one transaction, in one statement. */
export async function appendAll(
  trx: Transaction<Database>,
  entries: readonly Insertable<Database['auditEntry']>[],
): Promise<void> {
  if (entries.length > 0) await trx.insertInto('auditEntry').values(entries).execute()
}
