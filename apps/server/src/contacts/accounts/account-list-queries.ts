import type { accountEndpoints, AccountRow, Input } from '@vouch/contract'
import { sql, type ExpressionBuilder, type Kysely, type SqlBool } from 'kysely'
import { escapeLike } from '../../content/queries.ts'
import { directionOf, isAfter } from '../../cursor.ts'
import type { Database } from '../../db/schema.ts'
import { asBrief, selectBriefs } from './account-briefs.ts'

export type AccountFilter = Omit<Input<typeof accountEndpoints.listAccounts>, 'cursor'>
type Page = { own: readonly string[] | null; after: string | undefined; limit: number }
type Eb = ExpressionBuilder<Database, 'account'>

/** A hospital's name that so many have is narrowed by typing more of it. */
const hospitalsLookedAt = 200

/** So many at once that an export’s statement stays as short as a page’s, whatever the plan. */
const idsAtOnce = 500

const hasContact = sql<SqlBool>`exists (select 1 from external_contact met
  join contact_follow meets on meets.external_user_id = met.external_user_id and meets.following = 1
  where met.account_id = account.id)`

/** Ids under a filter by the sound of the name, from after an account on; first which they are, then what is shown. */
export async function findAccountPage(
  db: Kysely<Database>,
  filter: AccountFilter,
  { own, after, limit }: Page,
): Promise<AccountRow[]> {
  if (own?.length === 0) return []
  const words = filter.query.trim().toLowerCase()
  const hospitals = words ? await findHospitalIds(db, words) : []
  let page = db
    .selectFrom('account')
    .select('account.id')
    .where((eb) => shows(eb, filter.show))
  if (own) page = page.where('account.territory', 'in', own)
  if (filter.territory) page = page.where('account.territory', '=', filter.territory)
  if (filter.verified) page = page.where('account.hcpVerified', '=', filter.verified === 'yes' ? 1 : 0)
  if (filter.contact) page = page.where(filter.contact === 'yes' ? hasContact : sql<SqlBool>`not ${hasContact}`)
  if (words) page = page.where((eb) => means(eb, words, hospitals))
  const last = after && (await findSound(db, after))
  if (last) page = page.where(isAfter(filter.order, ['account.nameSound', 'account.id'], last))
  const direction = directionOf(filter.order)
  const rows = await page
    .orderBy('account.nameSound', direction)
    .orderBy('account.id', direction)
    .limit(limit)
    .execute()
  return findRows(
    db,
    rows.map((row) => row.id),
  )
}

function shows(eb: Eb, show: AccountFilter['show']) {
  if (show === 'all') return eb.lit(true)
  if (show === 'merged') return eb('account.mergedInto', 'is not', null)
  return eb.and([eb('account.active', '=', show === 'active' ? 1 : 0), eb('account.mergedInto', 'is', null)])
}

/** By name, pinyin or initials; by hospital; by licence or the company's code from their beginning. */
function means(eb: Eb, words: string, hospitals: readonly string[]) {
  const within = `%${escapeLike(words)}%`
  const from = `${escapeLike(words)}%`
  return eb.or([
    eb('account.nameSearch', 'like', within),
    eb(sql<string>`lower(account.licence_number)`, 'like', from),
    eb(sql<string>`lower(account.external_id)`, 'like', from),
    ...(hospitals.length > 0 ? [eb('account.hospitalId', 'in', hospitals)] : []),
  ])
}

async function findHospitalIds(db: Kysely<Database>, words: string): Promise<string[]> {
  const like = `%${escapeLike(words)}%`
  const rows = await db
    .selectFrom('hospital')
    .select('id')
    .where((eb) =>
      eb.or([eb(sql<string>`lower(name)`, 'like', like), eb(sql<string>`lower(short_name)`, 'like', like)]),
    )
    .limit(hospitalsLookedAt)
    .execute()
  return rows.map((row) => row.id)
}

/** The cursor names an account and no name; one that is gone begins anew. */
async function findSound(db: Kysely<Database>, after: string): Promise<[string, string] | undefined> {
  const last = await db.selectFrom('account').select('nameSound').where('id', '=', after).executeTakeFirst()
  return last && [last.nameSound, after]
}

async function findRows(db: Kysely<Database>, ids: readonly string[]): Promise<AccountRow[]> {
  const rows: AccountRow[] = []
  for (let at = 0; at < ids.length; at += idsAtOnce) rows.push(...(await findSome(db, ids.slice(at, at + idsAtOnce))))
  return rows
}

/** In the order of the ids. */
async function findSome(db: Kysely<Database>, ids: readonly string[]): Promise<AccountRow[]> {
  const rows = await selectBriefs(db)
    .select('account.verifiedSource')
    .select([
      sql<number>`(select straight_join count(*) from external_contact met
        join contact_follow meets on meets.external_user_id = met.external_user_id and meets.following = 1
        where met.account_id = account.id)`.as('contacts'),
      sql<number>`((select count(*) from account_pair where one_id = account.id and settled is null)
        + (select count(*) from account_pair where other_id = account.id and settled is null))`.as('duplicates'),
    ])
    .where('account.id', 'in', ids)
    .execute()
  const byId = new Map(rows.map((row) => [row.accountId, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    return row ? [{ ...asBrief(row), contacts: Number(row.contacts), duplicates: Number(row.duplicates) }] : []
  })
}
