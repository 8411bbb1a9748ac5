import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'

/** Whose browser it is: the contact WeChat named, and the HCP it was matched to, if it was. */
export async function findOwnAccount(db: Kysely<Database>, externalUserId: string) {
  return db
    .selectFrom('externalContact')
    .leftJoin('account', 'account.id', 'externalContact.accountId')
    .leftJoin('hospital', 'hospital.id', 'account.hospitalId')
    .select(['externalContact.externalUserId', 'externalContact.nickname', 'account.id as accountId'])
    .select(['account.name', 'account.title', 'account.department', 'account.pausedUntil'])
    .select(['hospital.name as hospital'])
    .where('externalContact.externalUserId', '=', externalUserId)
    .executeTakeFirst()
}
export type OwnAccount = NonNullable<Awaited<ReturnType<typeof findOwnAccount>>>
