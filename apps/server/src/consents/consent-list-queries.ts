import type { consentEndpoints, Input } from '@vouch/contract'
import { startOfShanghaiDay, type Policy } from '@vouch/rules'
import { sql, type ExpressionBuilder, type Kysely, type SqlBool } from 'kysely'
import { escapeLike } from '../content/queries.ts'
import { directionOf, isAfter, type Cursor } from '../cursor.ts'
import type { Database } from '../db/schema.ts'
import { doctorsOf } from '../merged-records.ts'
import type { Material } from './consent-queries.ts'

export type ConsentFilter = Omit<Input<typeof consentEndpoints.listConsents>, 'cursor'>
type Around = {
  policy: Policy
  material: Material
  at: Date
  /** The only territories whose doctors are looked at; null: all. */
  own: readonly string[] | null
  after: Cursor | undefined
  limit: number
}

/** When it was said, and of one moment the later record. */
const said = ['consent.statedAt', 'consent.id'] as const

/** A name that so many doctors have is narrowed by typing more of it. */
const namesLookedAt = 500

/** Nothing was said after it about the same purpose, and it is a word of a record that stands for itself. */
const isNewest = sql<SqlBool>`not exists (select 1 from undone_consent where consent_id = consent.id)
  and not exists (select 1 from account gone where gone.id = consent.account_id and gone.merged_into is not null)
  and not exists (select 1 from consent later
  where later.account_id = consent.account_id and later.purpose = consent.purpose
    and not exists (select 1 from undone_consent where consent_id = later.id)
    and (later.stated_at > consent.stated_at or (later.stated_at = consent.stated_at and later.id > consent.id)))`

/**
 * Statements under a filter in its order, from after a row on. First which they are, from one table in the order of its
 * key: with the doctors beside them a database may sort all there is.
 */
export async function findListed(db: Kysely<Database>, filter: ConsentFilter, around: Around) {
  const named = await findNamed(db, filter.query)
  if (named?.length === 0) return []
  let page = db.selectFrom('consent').select('consent.id').limit(around.limit)
  const { after } = around
  if (after) page = page.where(isAfter(filter.order, said, [after.at, after.id]))
  if (around.own) page = page.where('consent.accountId', 'in', doctorsOf(db, around.own))
  if (named) page = page.where('consent.accountId', 'in', named)
  if (filter.purpose) page = page.where('consent.purpose', '=', filter.purpose)
  if (filter.channel) page = page.where('consent.channel', '=', filter.channel)
  if (filter.version) page = page.where('consent.textVersion', '=', filter.version)
  if (filter.show === 'current' && filter.standing) page = page.where((eb) => stands(eb, filter.standing, around))
  if (filter.show === 'current') page = page.where(isNewest)
  const direction = directionOf(filter.order)
  page = page.orderBy(said[0], direction).orderBy(said[1], direction)
  const ids = (await page.execute()).map((row) => row.id)
  return ids.length === 0 ? [] : findRows(db, ids, direction)
}

function findRows(db: Kysely<Database>, ids: readonly string[], direction: 'asc' | 'desc') {
  return db
    .selectFrom('consent')
    .innerJoin('account', 'account.id', 'consent.accountId')
    .leftJoin('hospital', 'hospital.id', 'account.hospitalId')
    .select(['consent.id as consentId', 'consent.accountId', 'account.name as doctor', 'account.title'])
    .select(sql<string>`coalesce(hospital.name, '')`.as('hospital'))
    .select(['consent.purpose', 'consent.statement', 'consent.textVersion', 'consent.language', 'consent.channel'])
    .select(['consent.identity', 'consent.statedAt', 'consent.recordedAt'])
    .select(sql<number>`(${isNewest})`.as('newest'))
    .where('consent.id', 'in', ids)
    .orderBy(said[0], direction)
    .orderBy(said[1], direction)
    .execute()
}
export type ListedRow = Awaited<ReturnType<typeof findRows>>[number]

/** As `consentState` says it, for a row that is the newest. */
function stands(
  eb: ExpressionBuilder<Database, 'consent'>,
  standing: ConsentFilter['standing'],
  { policy, material, at }: Around,
) {
  if (standing === 'declined') return eb('consent.statement', '=', 'declined')
  if (standing === 'withdrawn') return eb('consent.statement', '=', 'opted_out')
  const yes = eb('consent.statement', '=', 'opted_in')
  const oldest = sql<number>`case consent.purpose
    when 'receive' then ${material.receive ?? 0} when 'reading_record' then ${material.reading_record ?? 0}
    else ${material.archive ?? 0} end`
  if (standing === 'outdated') {
    const newest = Math.max(0, ...Object.values(material))
    return eb.and([yes, eb('consent.textVersion', '<', newest), eb('consent.textVersion', '<', oldest)])
  }
  const counts = eb.and([yes, eb('consent.textVersion', '>=', oldest)])
  if (policy.consentDays === null) return standing === 'expired' ? eb.lit(false) : counts
  // It runs out at the Shanghai midnight so many days later, so by now for all that was said before this day began.
  const lastDay = startOfShanghaiDay(at, 1 - policy.consentDays)
  return eb.and([counts, eb('consent.statedAt', standing === 'expired' ? '<' : '>=', lastDay)])
}

/** Ids of the accounts a search means; undefined when nothing is searched. */
async function findNamed(db: Kysely<Database>, query: string): Promise<string[] | undefined> {
  const words = query.trim().toLowerCase()
  if (!words) return undefined
  const like = `%${escapeLike(words)}%`
  const rows = await db
    .selectFrom('account')
    .leftJoin('hospital', 'hospital.id', 'account.hospitalId')
    .select('account.id')
    .where((eb) =>
      eb.or([
        eb('account.nameSearch', 'like', like),
        eb('account.name', 'like', like),
        eb('hospital.name', 'like', like),
      ]),
    )
    .limit(namesLookedAt)
    .execute()
  return rows.map((row) => row.id)
}
