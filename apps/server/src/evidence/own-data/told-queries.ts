import type { OwnRecords } from '@vouch/hcp/render'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { recordsOf } from '../../merged-records.ts'
import type { Own } from './own-sends.ts'

/** What was said to them when they added a rep. */
export const findWelcomes = (db: Kysely<Database>, contactIds: string[]): Promise<OwnRecords['welcomes']> =>
  db
    .selectFrom('welcome')
    .innerJoin('person', 'person.id', 'welcome.repId')
    .select(['welcome.beganAt as at', 'person.name as rep', 'welcome.wording', 'welcome.life'])
    .where('welcome.externalUserId', 'in', contactIds)
    .orderBy('welcome.beganAt', 'desc')
    .execute()

/** What reps asked to have put right, or added, about them. */
export async function findChanges(
  db: Kysely<Database>,
  { accountId, contactIds }: Own,
): Promise<OwnRecords['changes']> {
  const all = db
    .selectFrom('accountChange')
    .innerJoin('person', 'person.id', 'accountChange.repId')
    .select(['accountChange.id', 'accountChange.askedAt as at', 'person.name as rep', 'accountChange.name'])
    .select(['accountChange.title', 'accountChange.hospital', 'accountChange.department'])
    .select(['accountChange.licenceNumber', 'accountChange.note', 'accountChange.life'])
  const ofContacts = all.where('accountChange.externalUserId', 'in', contactIds)
  const rows = await (
    accountId ? ofContacts.union(all.where('accountChange.accountId', 'in', recordsOf(db, accountId))) : ofContacts
  )
    .orderBy('at', 'desc')
    .execute()
  return rows.map(({ id: _, ...row }) => row)
}

/** What an earlier list said they had agreed to, without evidence. */
export const findClaims = (db: Kysely<Database>, accountId: string): Promise<OwnRecords['claims']> =>
  db
    .selectFrom('consentClaim')
    .select(['broughtInAt as at', 'purpose', 'claimed', 'statedAt', 'source'])
    .where('accountId', 'in', recordsOf(db, accountId))
    .orderBy('broughtInAt', 'desc')
    .execute()

/** Who serves them, and where, as the lists of the company say. */
export async function findServedBy(db: Kysely<Database>, accountId: string): Promise<OwnRecords['servedBy']> {
  const rows = await db
    .selectFrom('accountAssignment')
    .leftJoin('person', 'person.id', 'accountAssignment.repId')
    .leftJoin('territory', 'territory.code', 'accountAssignment.territory')
    .select(['person.name as rep', 'accountAssignment.productLine', 'accountAssignment.fromDay as from'])
    .select(['accountAssignment.untilDay as until'])
    .select((eb) => eb.fn.coalesce('territory.name', 'accountAssignment.territory').as('territory'))
    .where('accountAssignment.accountId', 'in', recordsOf(db, accountId))
    .execute()
  return rows.map(({ rep, ...row }) => ({ ...row, rep: rep ?? '' }))
}
