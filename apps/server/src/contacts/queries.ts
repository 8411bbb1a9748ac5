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

/** Active accounts in the territories this rep serves. */
function servedBy(db: Kysely<Database>, repId: string) {
  return db
    .selectFrom('account')
    .innerJoin('hospital', 'hospital.id', 'account.hospitalId')
    .innerJoin('repTerritory', (join) =>
      join.onRef('repTerritory.territory', '=', 'account.territory').on('repTerritory.repId', '=', repId),
    )
    .select(briefColumns)
    .select(sameName.as('sameName'))
    .where('account.active', '=', 1)
}

/** Accounts a contact may be, best first: same name as remark or nickname, then a part of it. Never decided here. */
export async function findCandidates(db: Kysely<Database>, repId: string, externalUserId: string, names: string[]) {
  const hints = [...new Set(names.flatMap((name) => name.match(/\p{Script=Han}{2,}|[a-z]{2,}/giu) ?? []))].slice(0, 4)
  const [rows, request] = await Promise.all([
    hints.length === 0
      ? []
      : servedBy(db, repId)
          .where((eb) =>
            eb.or(
              hints.flatMap((hint) => [
                eb('account.nameSearch', 'like', `%${escapeLike(hint.toLowerCase())}%`),
                eb('hospital.name', 'like', `%${escapeLike(hint)}%`),
              ]),
            ),
          )
          .limit(30)
          .execute(),
    db
      .selectFrom('accountRequest')
      .select('requestedAt')
      .where('externalUserId', '=', externalUserId)
      .where('repId', '=', repId)
      .executeTakeFirst(),
  ])
  const score = (row: BriefRow) =>
    names.reduce((sum, name) => sum + (name.includes(row.name) ? 4 : 0), 0) +
    hints.filter((hint) => row.hospital.includes(hint)).length
  const candidates = rows
    .map((row) => ({ row, points: score(row) }))
    .sort((a, b) => b.points - a.points)
    .slice(0, 6)
  return { candidates: candidates.map(({ row }) => asBrief(row)), requestedAt: request?.requestedAt ?? null }
}

/** By name, pinyin, initials or hospital, in the rep's territories. */
export async function findAccounts(db: Kysely<Database>, repId: string, query: string): Promise<AccountBrief[]> {
  const like = `%${escapeLike(query.trim().toLowerCase())}%`
  const rows = await servedBy(db, repId)
    .where((eb) =>
      eb.or([
        eb('account.nameSearch', 'like', like),
        eb('hospital.name', 'like', like),
        eb('hospital.shortName', 'like', like),
      ]),
    )
    .orderBy('account.name')
    .limit(20)
    .execute()
  return rows.map(asBrief)
}

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
