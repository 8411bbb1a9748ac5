import type { ChangeField } from '@vouch/contract'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { AppError } from '../../errors.ts'

/** What a rep may say is wrong, as the list has it. */
export type Details = Record<ChangeField, string>

export const changeFields = ['name', 'hospital', 'department', 'title', 'licenceNumber'] as const

export async function detailsOf(db: Kysely<Database>, accountId: string): Promise<Details> {
  const found = await findDetails(db, [accountId])
  const details = found.get(accountId)
  if (!details) throw new AppError('account_not_found')
  return details
}

/** Of several accounts, in one statement. */
export async function findDetails(db: Kysely<Database>, ids: readonly string[]): Promise<Map<string, Details>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('account')
    .innerJoin('hospital', 'hospital.id', 'account.hospitalId')
    .select(['account.id', 'account.name', 'account.department', 'account.title', 'account.licenceNumber'])
    .select('hospital.name as hospital')
    .where('account.id', 'in', [...new Set(ids)])
    .execute()
  return new Map(
    rows.map(({ id, licenceNumber, ...rest }) => [id, { ...rest, licenceNumber: licenceNumber ?? '' }] as const),
  )
}

/** What was asked for and is not so; what was left empty was not asked for. */
export function differencesOf(was: Details, asked: Details) {
  return changeFields
    .filter((field) => asked[field] !== '' && asked[field] !== was[field])
    .map((field) => ({ field, was: was[field], asked: asked[field] }))
}
