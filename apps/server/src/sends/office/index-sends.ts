import { verdict } from '@vouch/rules'
import { sql, type Insertable, type Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { SendRowTable } from '../../db/tables/sends.ts'
import type { Deps } from '../../deps.ts'
import { asKinds, factKinds } from '../became-of-queries.ts'
import { changedSends } from '../changed-sends.ts'

type Needed = Pick<Deps, 'db' | 'now'>
type Row = Insertable<SendRowTable>

const sources = ['decided', 'fact'] as const
/** What was begun earlier and committed later is met again. No transaction of ours is open as long. */
const slackMs = 15_000
/** Whoever waits for a list waits for so many pages at most; the job goes on. */
const pagesInARead = 20
const pagesInARound = 200
const job = 'index-sends'

/** Job: keeps `send_row` equal to what sends and their facts say. The gate writes nothing of it and never waits for it. */
export async function indexSends(deps: Needed): Promise<void> {
  while (await follow(deps, pagesInARound)) continue
}

/** The same before a list is read. Returns until when the rows are complete; null: whatever is known is in them. */
export async function freshRows(deps: Needed): Promise<Date | null> {
  return (await follow(deps, pagesInARead)) ? new Date(await findCursor(deps.db)) : null
}

/** Follows what was decided and what became known. Returns whether there is more. */
async function follow({ db, now }: Needed, pages: number): Promise<boolean> {
  const cursor = await findCursor(db)
  let [reached, taken, left] = [cursor, 0, false]
  for await (const { sendIds, until, more } of changedSends(db, new Date(Math.max(0, cursor - slackMs)), sources)) {
    await writeRows(db, sendIds)
    reached = until.getTime()
    taken += 1
    left = more
    if (taken === pages) break
  }
  // A clock that ran ahead must not make us pass what is still to come.
  await keepCursor(db, Math.max(cursor, Math.min(reached, now().getTime())))
  return left
}

/** Writes what is not yet as it should be. Twice the same changes nothing, from two instances at once too. */
async function writeRows(db: Kysely<Database>, sendIds: string[]): Promise<void> {
  const cameTo = new Map((await findOff(db, sendIds)).map((row) => [row.sendId, row.cameTo]))
  if (cameTo.size === 0) return
  const sends = await findSends(db, [...cameTo.keys()])
  const rows = sends.map(({ reasons, consentVersion, ...send }): Row => ({
    ...send,
    cameTo: cameTo.get(send.sendId)!, // found by these keys
    reasons: asReasons(reasons),
    consentVersion: consentVersion === null ? null : Number(consentVersion),
  }))
  await db
    .insertInto('sendRow')
    .values(rows)
    .onDuplicateKeyUpdate({ cameTo: sql`values(came_to)` })
    .execute()
}

/** Those whose row is not there, or says something else than what they came to. */
async function findOff(db: Kysely<Database>, sendIds: string[]) {
  const sends = await db
    .selectFrom('send')
    .leftJoin('sendRow', 'sendRow.sendId', 'send.id')
    .select(['send.id as sendId', 'send.outcome', 'sendRow.cameTo as kept', factKinds.as('kinds')])
    .where('send.id', 'in', sendIds)
    .execute()
  return sends.flatMap(({ sendId, outcome, kept, kinds }) => {
    const cameTo = outcome === 'refused' ? ('REFUSED' as const) : verdict(asKinds(kinds))
    return cameTo === kept ? [] : [{ sendId, cameTo }]
  })
}

/** Decisions of before consent was kept with them are about what the doctor had said by then. */
const findSends = (db: Kysely<Database>, sendIds: string[]) =>
  db
    .selectFrom('send')
    .select(['id as sendId', 'decidedAt', 'repId', 'accountId', 'contentItemId', 'policyVersion'])
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
