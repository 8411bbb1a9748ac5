import { verdict } from '@vouch/rules'
import { sql, type Insertable, type Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { SendRowTable } from '../../db/tables/sends.ts'
import type { Deps } from '../../deps.ts'
import { findFacts } from '../list-history.ts'

type Needed = Pick<Deps, 'db' | 'now'>
type Row = Insertable<SendRowTable>

const batch = 1_000
/** What was begun earlier and committed later is met again. No transaction of ours is open as long. */
const slackMs = 15_000
/** Whoever waits for a list waits for so many pages at most; the job goes on. */
const pagesInARead = 10
const pagesInARound = 100
const job = 'index-sends'

/** Job: keeps `send_row` equal to what sends and their facts say. The gate writes nothing of it and never waits for it. */
export async function indexSends(deps: Needed): Promise<void> {
  while (await follow(deps, pagesInARound)) continue
}

/** The same before a list is read. Returns until when the rows are complete; null: whatever is known is in them. */
export async function freshRows(deps: Needed): Promise<Date | null> {
  return (await follow(deps, pagesInARead)) ? new Date(await findCursor(deps.db)) : null
}

/** Follows what was decided and what became known, each along its index of times. Returns whether there is more. */
async function follow({ db, now }: Needed, pages: number): Promise<boolean> {
  const cursor = await findCursor(db)
  const from = new Date(Math.max(0, cursor - slackMs))
  const ends = [await walk(db, 'send', from, pages), await walk(db, 'fact', from, pages)]
  const unfinished = ends.filter(({ more }) => more)
  const reached =
    unfinished.length > 0
      ? Math.min(...unfinished.map(({ at }) => at.getTime()))
      : Math.max(...ends.map(({ at }) => at.getTime()))
  // A clock that ran ahead must not make us pass what is still to come.
  await keepCursor(db, Math.max(cursor, Math.min(reached, now().getTime())))
  return unfinished.length > 0
}

async function walk(db: Kysely<Database>, source: 'send' | 'fact', from: Date, pages: number) {
  let place = { at: from, id: '' }
  for (let page = 0; page < pages; page += 1) {
    const found = source === 'send' ? await decidedAfter(db, place) : await knownAfter(db, place)
    await writeRows(db, [...new Set(found.map(({ id }) => id))])
    place = found.at(-1) ?? place
    if (found.length < batch) return { at: place.at, more: false }
  }
  return { at: place.at, more: true }
}

type Place = { at: Date; id: string }

const decidedAfter = (db: Kysely<Database>, { at, id }: Place): Promise<Place[]> =>
  db
    .selectFrom('send')
    .select(['decidedAt as at', 'id'])
    .where('decidedAt', '>=', at)
    .where((eb) => eb.or([eb('decidedAt', '>', at), eb('id', '>', id)]))
    .orderBy('decidedAt')
    .orderBy('id')
    .limit(batch)
    .execute()

const knownAfter = (db: Kysely<Database>, { at, id }: Place): Promise<Place[]> =>
  db
    .selectFrom('fact')
    .select(['at', 'sendId as id'])
    .where('at', '>=', at)
    .where((eb) => eb.or([eb('at', '>', at), eb('sendId', '>', id)]))
    .orderBy('at')
    .orderBy('sendId')
    .limit(batch)
    .execute()

/** Writes what is not yet as it should be. Twice the same changes nothing, from two instances at once too. */
async function writeRows(db: Kysely<Database>, sendIds: string[]): Promise<void> {
  if (sendIds.length === 0) return
  const kept = await db.selectFrom('sendRow').select(['sendId', 'cameTo']).where('sendId', 'in', sendIds).execute()
  const known = new Map(kept.map(({ sendId, cameTo }) => [sendId, cameTo]))
  const facts = await findFacts(db, sendIds)
  const cameTo = (sendId: string) => verdict((facts.get(sendId) ?? []).map(({ kind }) => kind))
  const due = sendIds.filter((id) => !known.has(id) || (known.get(id) !== 'REFUSED' && known.get(id) !== cameTo(id)))
  if (due.length === 0) return
  const sends = await findSends(db, due)
  const rows = sends.map(({ outcome, reasons, consentVersion, ...send }): Row => ({
    ...send,
    cameTo: outcome === 'refused' ? 'REFUSED' : cameTo(send.sendId),
    reasons: asReasons(reasons),
    consentVersion: consentVersion === null ? null : Number(consentVersion),
  }))
  if (rows.length === 0) return
  await db
    .insertInto('sendRow')
    .values(rows)
    .onDuplicateKeyUpdate({ cameTo: sql`values(came_to)` })
    .execute()
}

/** Decisions of before consent was kept with them are about what the doctor had said by then. */
const findSends = (db: Kysely<Database>, sendIds: string[]) =>
  db
    .selectFrom('send')
    .select(['id as sendId', 'decidedAt', 'outcome', 'repId', 'accountId', 'contentItemId', 'policyVersion'])
    .select(sql<string | null>`json_unquote(json_extract(weighed, '$.refusals[*].reason'))`.as('reasons'))
    .select(
      sql<string | number | null>`coalesce(json_unquote(json_extract(weighed, '$.consent.newest.textVersion')),
        (select said.text_version from consent said where said.account_id = send.account_id
          and said.purpose = 'receive' and said.stated_at <= send.decided_at
          order by said.stated_at desc, said.id desc limit 1))`.as('consentVersion'),
    )
    .where('id', 'in', sendIds)
    .execute()

/** As `["a", "b"]` becomes `,a,b,`. */
function asReasons(found: string | null): string {
  const reasons = [...(found ?? '').matchAll(/[a-z_]+/g)].map(([reason]) => reason)
  return reasons.length > 0 ? `,${reasons.join(',')},`.slice(0, 500) : ''
}

async function findCursor(db: Kysely<Database>): Promise<number> {
  const row = await db.selectFrom('job').select('cursorValue').where('name', '=', job).executeTakeFirst()
  return Number(row?.cursorValue ?? 0)
}

async function keepCursor(db: Kysely<Database>, at: number): Promise<void> {
  const never = new Date(0)
  const kept = { name: job, owner: null, ownedUntil: never, runAt: never, lastDoneAt: null, problem: null }
  await db
    .insertInto('job')
    .values({ ...kept, cursorValue: String(at) })
    .onDuplicateKeyUpdate({ cursorValue: String(at) })
    .execute()
}
