import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'

const columns = [
  ...(['id', 'purpose', 'statement', 'textVersion', 'textHash', 'language', 'channel', 'identity'] as const),
  ...(['evidence', 'statedAt', 'recordedAt', 'requestId'] as const),
] as const

/** Everything a contact stated while unmatched, newest first. */
export function findContactAnswers(db: Kysely<Database>, externalUserId: string) {
  return db
    .selectFrom('contactAnswer')
    .select(columns)
    .where('externalUserId', '=', externalUserId)
    .orderBy('statedAt', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** Locks the contact, so that an answer is wholly before or wholly after the match. Undefined when nobody knows it. */
export function lockAnsweringContact(trx: Transaction<Database>, externalUserId: string) {
  return trx
    .selectFrom('externalContact')
    .select('accountId')
    .where('externalUserId', '=', externalUserId)
    .forUpdate()
    .executeTakeFirst()
}
