import type { Input, sendEndpoints } from '@vouch/contract'
import { startOfShanghaiDay } from '@vouch/rules'
import { sql, type Kysely, type SelectQueryBuilder, type SqlBool } from 'kysely'
import { escapeLike } from '../../content/queries.ts'
import { directionOf, isAfter, type Cursor } from '../../cursor.ts'
import type { Database } from '../../db/schema.ts'
import { doctorsOf, findRecordIds } from '../../merged-records.ts'
import { sentWords, unknownWords } from '../list-history.ts'

export type SendFilter = Omit<Input<typeof sendEndpoints.listSends>, 'cursor'>
type Rows = SelectQueryBuilder<Database, 'sendRow', object>

/** So many ids are written out; more are left to the database. */
const lookedUp = 200

/** Ids of the sends under a filter in its order, from after one of them on. */
export async function findSendPage(
  db: Kysely<Database>,
  filter: SendFilter,
  {
    own,
    after,
    limit,
    until,
  }: { own: readonly string[] | null; after: Cursor | undefined; limit: number; until?: Date },
): Promise<Cursor[]> {
  const { order } = filter
  let rows = (await narrow(db, filter, own)).select(['sendRow.decidedAt as at', 'sendRow.sendId as id'])
  if (until) rows = rows.where('sendRow.decidedAt', '<=', until)
  if (after) rows = rows.where(isAfter(order, ['sendRow.decidedAt', 'sendRow.sendId'], [after.at, after.id]))
  const direction = directionOf(order)
  return rows.orderBy('sendRow.decidedAt', direction).orderBy('sendRow.sendId', direction).limit(limit).execute()
}

/** How many there are, decided until then. */
export async function countSends(
  db: Kysely<Database>,
  filter: SendFilter,
  { own, until }: { own: readonly string[] | null; until: Date },
): Promise<number> {
  const { n } = await (
    await narrow(db, filter, own)
  )
    .select(sql<number>`count(*)`.as('n'))
    .where('sendRow.decidedAt', '<=', until)
    .executeTakeFirstOrThrow()
  return Number(n)
}

async function narrow(db: Kysely<Database>, filter: SendFilter, own: readonly string[] | null): Promise<Rows> {
  const { doctor, rep, piece, product, hospital, outcome, reason, from, until } = filter
  let rows: Rows = db.selectFrom('sendRow')
  if (own) rows = await within(db, rows, own)
  if (doctor) rows = rows.where('sendRow.accountId', 'in', await findRecordIds(db, doctor))
  if (hospital)
    rows = rows.where(
      'sendRow.accountId',
      'in',
      db.selectFrom('account').select('id').where('hospitalId', '=', hospital),
    )
  if (rep) rows = rows.where('sendRow.repId', '=', rep)
  if (piece) rows = rows.where('sendRow.contentItemId', '=', piece)
  if (product)
    rows = rows.where(
      'sendRow.contentItemId',
      'in',
      db.selectFrom('contentItem').select('id').where('product', '=', product),
    )
  if (outcome) rows = rows.where('sendRow.cameTo', '=', outcome as 'REFUSED') // any other text fits none
  if (reason)
    rows = rows.where('sendRow.cameTo', '=', 'REFUSED').where('sendRow.reasons', 'like', `%,${escapeLike(reason)},%`)
  if (filter.show === 'sent') rows = rows.where('sendRow.cameTo', 'in', sentWords)
  if (filter.show === 'unknown') rows = rows.where('sendRow.cameTo', 'in', unknownWords)
  if (filter.show === 'refused') rows = rows.where('sendRow.cameTo', '=', 'REFUSED')
  if (filter.policyVersion) rows = rows.where('sendRow.policyVersion', '=', filter.policyVersion)
  if (filter.consentVersion) rows = rows.where('sendRow.consentVersion', '=', filter.consentVersion)
  if (from) rows = rows.where('sendRow.decidedAt', '>=', startOfShanghaiDay(new Date(from)))
  if (until) rows = rows.where('sendRow.decidedAt', '<', startOfShanghaiDay(new Date(until), 1))
  return filter.query.trim() ? means(db, rows, filter.query.trim()) : rows
}

/** The sends to doctors of these territories; where they are few, by their keys. */
async function within(db: Kysely<Database>, rows: Rows, own: readonly string[]): Promise<Rows> {
  const few = await doctorsOf(db, own)
    .limit(lookedUp + 1)
    .execute()
  if (few.length === 0) return rows.where(sql<SqlBool>`false`)
  const ids = few.map(({ id }) => id)
  return rows.where('sendRow.accountId', 'in', few.length > lookedUp ? doctorsOf(db, own) : ids)
}

/**
 * A doctor's name, also as it sounds, or a title. Both are looked up first, because a row knows neither; where few fit,
 * their rows are found by key.
 */
async function means(db: Kysely<Database>, rows: Rows, words: string): Promise<Rows> {
  const doctors = db
    .selectFrom('account')
    .select('account.id')
    .where('account.nameSearch', 'like', `%${escapeLike(words.toLowerCase())}%`)
  const pieces = db
    .selectFrom('contentItem')
    .select('contentItem.id')
    .where('contentItem.title', 'like', `%${escapeLike(words)}%`)
  const [few, some] = await Promise.all([doctors.limit(lookedUp + 1).execute(), pieces.limit(lookedUp + 1).execute()])
  const [doctorIds, pieceIds] = [few.map(({ id }) => id), some.map(({ id }) => id)]
  if (doctorIds.length === 0 && pieceIds.length === 0) return rows.where(sql<SqlBool>`false`)
  if (pieceIds.length === 0 && doctorIds.length <= lookedUp) return rows.where('sendRow.accountId', 'in', doctorIds)
  if (doctorIds.length === 0 && pieceIds.length <= lookedUp) return rows.where('sendRow.contentItemId', 'in', pieceIds)
  return rows.where((eb) => eb.or([eb('sendRow.accountId', 'in', doctors), eb('sendRow.contentItemId', 'in', pieces)]))
}
