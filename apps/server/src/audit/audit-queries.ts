import type { auditEndpoints, Input } from '@vouch/contract'
import type { Kysely } from 'kysely'
import { encodeTime } from 'ulid'
import { escapeLike } from '../content/queries.ts'
import { directionOf } from '../cursor.ts'
import type { Database } from '../db/schema.ts'
import { findRecordIds } from '../merged-records.ts'

export type AuditFilter = Omit<Input<typeof auditEndpoints.listAudit>, 'cursor'>

const dayMs = 86_400_000
const shanghaiMs = 8 * 3_600_000
/** An id is made just before or after its entry's time; the range of ids is wider than the days by this much. */
const slackMs = 3_600_000
/** A name that so many people have is narrowed by typing more of it. */
const namesLookedAt = 200

const columns = ['id', 'at', 'actorKind', 'actorId', 'event', 'subjectId', 'accountId', 'reason', 'detail'] as const

/**
 * Entries under a filter in its order, from after one of them on. Ids begin with their time, so days are a range of the
 * table's own key and every order is that of the ids.
 */
export async function findEntries(
  db: Kysely<Database>,
  filter: AuditFilter,
  { after, limit }: { after: string | undefined; limit: number },
) {
  const people = await findPeople(db, filter.query)
  if (people?.length === 0) return []
  const from = filter.from ? startOf(filter.from) : undefined
  const until = filter.until ? new Date(startOf(filter.until).getTime() + dayMs) : undefined
  let entries = db.selectFrom('auditEntry').select(columns).orderBy('id', directionOf(filter.order)).limit(limit)
  if (after) entries = entries.where('id', filter.order === 'at' ? '>' : '<', after)
  if (people) entries = entries.where('actorId', 'in', people)
  if (filter.event) entries = entries.where('event', '=', filter.event)
  if (filter.subject) entries = entries.where('subjectId', '=', filter.subject)
  if (filter.doctor) entries = entries.where('accountId', 'in', await findRecordIds(db, filter.doctor))
  if (from) entries = entries.where('id', '>=', idFrom(from.getTime() - slackMs)).where('at', '>=', from)
  if (until) entries = entries.where('id', '<', idFrom(until.getTime() + slackMs)).where('at', '<', until)
  return entries.execute()
}
export type EntryRow = Awaited<ReturnType<typeof findEntries>>[number]

/** The first instant of a Shanghai day. */
const startOf = (day: string): Date => new Date(new Date(`${day}T00:00:00Z`).getTime() - shanghaiMs)

/** The lowest id of an instant. */
const idFrom = (at: number): string => encodeTime(Math.max(0, at)).padEnd(26, '0')

/** Ids of the colleagues a search means; undefined when nothing is searched. */
async function findPeople(db: Kysely<Database>, query: string): Promise<string[] | undefined> {
  const words = query.trim()
  if (!words) return undefined
  const rows = await db
    .selectFrom('person')
    .select('id')
    .where('name', 'like', `%${escapeLike(words)}%`)
    .limit(namesLookedAt)
    .execute()
  return rows.map(({ id }) => id)
}

export type Names = { people: Map<string, string>; doctors: Map<string, string>; pieces: Map<string, string> }

/** What people, doctors and pieces among these ids are called; one question for each table, whatever the rows. */
export async function findNames(db: Kysely<Database>, rows: readonly EntryRow[]): Promise<Names> {
  const ids = [...new Set(rows.flatMap(({ actorId, subjectId, accountId }) => [actorId, subjectId, accountId ?? '']))]
  if (ids.length === 0) return { people: new Map(), doctors: new Map(), pieces: new Map() }
  const [people, doctors, pieces] = await Promise.all([
    db.selectFrom('person').select(['id', 'name']).where('id', 'in', ids).execute(),
    db.selectFrom('account').select(['id', 'name']).where('id', 'in', ids).execute(),
    db.selectFrom('contentItem').select(['id', 'title as name']).where('id', 'in', ids).execute(),
  ])
  const asMap = (found: { id: string; name: string }[]) => new Map(found.map(({ id, name }) => [id, name]))
  return { people: asMap(people), doctors: asMap(doctors), pieces: asMap(pieces) }
}
