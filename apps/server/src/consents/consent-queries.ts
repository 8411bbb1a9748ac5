import type { Consent, ConsentPurpose } from '@vouch/rules'
import { type Kysely, type Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import { stillSaid } from '../merged-records.ts'

/**
 * Locks the HCP's account: the lock each send takes, so that a statement is wholly before or wholly after it. Of a record
 * that was merged, also a moment ago, it is the one that stands for it.
 */
export async function lockAccount(
  trx: Transaction<Database>,
  accountId: string,
): Promise<{ id: string; name: string }> {
  const account = await trx
    .selectFrom('account')
    .select(['id', 'name', 'mergedInto'])
    .where('id', '=', accountId)
    .forUpdate()
    .executeTakeFirst()
  if (!account) throw new AppError('account_not_found')
  return account.mergedInto ? lockAccount(trx, account.mergedInto) : account
}

export type TextHead = { version: number; language: string; purpose: ConsentPurpose; hash: string; activeFrom: Date }

/** Versions of the texts without their words: there are few, ever. */
export function findTextHeads(db: Kysely<Database>): Promise<TextHead[]> {
  return db
    .selectFrom('consentText')
    .select(['version', 'language', 'purpose', 'hash', 'activeFrom'])
    .orderBy('version')
    .orderBy('language')
    .execute()
}

/** The version in force for a purpose: the newest whose day has come. 0 when there is none. */
export const activeVersion = (texts: readonly TextHead[], purpose: ConsentPurpose, now: Date): number =>
  texts
    .filter((text) => text.purpose === purpose && text.activeFrom <= now)
    .reduce((newest, text) => Math.max(newest, text.version), 0)

export type SaidRow = Consent & { id: string }

/** Everything an HCP ever stated, oldest first. */
export function findSaid(db: Kysely<Database>, accountId: string): Promise<SaidRow[]> {
  return db
    .selectFrom('consent')
    .select(['id', 'purpose', 'statement', 'textVersion', 'statedAt'])
    .where('accountId', '=', accountId)
    .where(stillSaid('consent'))
    .orderBy('statedAt')
    .orderBy('id')
    .execute()
}

/** Reps here whose contact this HCP is now. */
export async function findFollowers(db: Kysely<Database>, accountId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('externalContact')
    .innerJoin('contactFollow', 'contactFollow.externalUserId', 'externalContact.externalUserId')
    .innerJoin('person', 'person.id', 'contactFollow.repId')
    .select('contactFollow.repId')
    .distinct()
    .where('externalContact.accountId', '=', accountId)
    .where('contactFollow.following', '=', 1)
    .where('person.status', '=', 'active')
    .execute()
  return rows.map((row) => row.repId)
}

/** The text on receiving that is in force, to be read to a doctor who has not agreed to it. */
export async function findTextToRead(db: Kysely<Database>, now: Date) {
  const text = await db
    .selectFrom('consentText')
    .select(['version', 'title', 'summary', 'body'])
    .where('purpose', '=', 'receive')
    .where('language', '=', 'zh-CN')
    .where('activeFrom', '<=', now)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!text) return undefined
  const lines = text.summary.split('\n').filter(Boolean)
  const summary = lines.map((line) => `- ${line}`).join('\n')
  return { version: text.version, title: text.title, body: [summary, text.body].filter(Boolean).join('\n\n') }
}

/** For each purpose the newest material text in force: a yes to an earlier one no longer counts. */
export type Material = Partial<Record<ConsentPurpose, number>>

export async function findMaterial(db: Kysely<Database>, now: Date): Promise<Material> {
  const rows = await db
    .selectFrom('consentText')
    .select((eb) => ['purpose', eb.fn.max('version').as('version')])
    .where('material', '=', 1)
    .where('activeFrom', '<=', now)
    .groupBy('purpose')
    .execute()
  return Object.fromEntries(rows.map((row) => [row.purpose, row.version]))
}
