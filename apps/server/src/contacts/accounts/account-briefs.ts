import { sql, type Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'

/** What every page shows of an account. */
export const briefColumns = [
  ...(['account.id as accountId', 'account.externalId', 'account.name as doctor', 'account.title'] as const),
  ...(['account.department', 'account.territory', 'account.licenceNumber', 'account.hcpVerified'] as const),
  ...(['account.active', 'account.mergedInto'] as const),
  sql<string>`coalesce((select name from hospital where hospital.id = account.hospital_id), '')`.as('hospital'),
] as const

export const selectBriefs = (db: Kysely<Database>) => db.selectFrom('account').select(briefColumns)
type BriefRow = Awaited<ReturnType<ReturnType<typeof selectBriefs>['execute']>>[number]

export function asBrief<Row extends Omit<BriefRow, 'mergedInto'>>({ hcpVerified, active, ...row }: Row) {
  return { ...row, verified: Boolean(hcpVerified), active: Boolean(active) }
}

/** Of some accounts, by their ids. */
export async function findBriefs(db: Kysely<Database>, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, ReturnType<typeof asBrief<Omit<BriefRow, 'mergedInto'>>>>()
  const rows = await selectBriefs(db).where('account.id', 'in', ids).execute()
  return new Map(
    rows.map(({ mergedInto: _into, ...row }) => {
      const brief = asBrief(row)
      return [brief.accountId, brief]
    }),
  )
}
