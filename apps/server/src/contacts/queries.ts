import type { AccountBrief } from '@vouch/contract'
import { sql, type Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { escapeLike } from '../content/queries.ts'

const briefColumns = [
  'account.id as accountId',
  'account.name',
  'account.title',
  'account.department',
  'hospital.name as hospital',
] as const
const sameName = sql<number>`exists(select 1 from account twin where twin.name = account.name and twin.id <> account.id and twin.active = 1)`

type BriefRow = Omit<AccountBrief, 'sameName'> & { sameName: number }
const asBrief = ({ accountId, name, title, department, hospital, sameName: twin }: BriefRow): AccountBrief => ({
  ...{ accountId, name, title, department, hospital },
  sameName: Boolean(Number(twin)),
})

/** The matched contacts a rep follows, by name. */
export async function findFollowed(db: Kysely<Database>, repId: string, query: string) {
  let rows = db
    .selectFrom('contactFollow')
    .innerJoin('externalContact', 'externalContact.externalUserId', 'contactFollow.externalUserId')
    .innerJoin('account', 'account.id', 'externalContact.accountId')
    .innerJoin('hospital', 'hospital.id', 'account.hospitalId')
    .select(briefColumns)
    .select(['contactFollow.externalUserId', sameName.as('sameName')])
    .where('contactFollow.repId', '=', repId)
    .where('contactFollow.following', '=', 1)
    .orderBy('account.nameSearch')
    .limit(50)
  const like = `%${escapeLike(query.trim().toLowerCase())}%`
  if (query.trim())
    rows = rows.where((eb) => eb.or([eb('account.nameSearch', 'like', like), eb('hospital.name', 'like', like)]))
  return (await rows.execute()).map((row) => ({ externalUserId: row.externalUserId, account: asBrief(row) }))
}
