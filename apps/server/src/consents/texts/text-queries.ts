import type { ConsentPurpose } from '@vouch/rules'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { AppError } from '../../errors.ts'
import type { Wording } from '../../consent-statement.ts'

const columns = [
  ...(['version', 'purpose', 'life', 'material', 'changeNote', 'revision', 'authorId', 'createdAt'] as const),
  ...(['submittedBy', 'submittedAt', 'returnedReason', 'approvedBy', 'approvedAt', 'signedHash'] as const),
  ...(['activeFrom', 'requestId'] as const),
] as const

const versions = (db: Kysely<Database>) => db.selectFrom('consentTextVersion').select(columns)
export type TextVersion = NonNullable<Awaited<ReturnType<ReturnType<typeof versions>['executeTakeFirst']>>>

/** A version. Throws `content_not_found`. */
export async function loadVersion(db: Kysely<Database>, version: number): Promise<TextVersion> {
  const found = await versions(db).where('version', '=', version).executeTakeFirst()
  if (!found) throw new AppError('content_not_found')
  return found
}

/**
 * Locks a version, after the purposes: begun, approved or numbered, texts wait for each other. First in every transaction
 * that changes one.
 */
export async function lockVersion(trx: Transaction<Database>, version: number): Promise<TextVersion> {
  await lockPurposes(trx)
  const found = await versions(trx).where('version', '=', version).forUpdate().executeTakeFirst()
  if (!found) throw new AppError('content_not_found')
  return found
}

/** All purposes at once: versions are one sequence over them. */
export function lockPurposes(trx: Transaction<Database>) {
  return trx.selectFrom('consentPurpose').select(['purpose', 'openVersion']).orderBy('purpose').forUpdate().execute()
}

/** Every version there is, newest first: a company has few. */
export const findVersions = (db: Kysely<Database>): Promise<TextVersion[]> =>
  versions(db).orderBy('version', 'desc').execute()

/** The version that is in force for a purpose, and its words. */
export async function findActive(db: Kysely<Database>, purpose: ConsentPurpose, now: Date) {
  const active = await db
    .selectFrom('consentText')
    .select((eb) => eb.fn.max('version').as('version'))
    .where('purpose', '=', purpose)
    .where('activeFrom', '<=', now)
    .executeTakeFirst()
  const version = active?.version ?? null
  return { version, wordings: version === null ? [] : await findWordings(db, version) }
}

/** The words of a version in its languages: in force, or still being written. */
export async function findWordings(db: Kysely<Database>, version: number): Promise<Wording[]> {
  const words = ['language', 'title', 'summary', 'body'] as const
  const chineseFirst = 'desc' as const
  const signed = await db
    .selectFrom('consentText')
    .select(words)
    .where('version', '=', version)
    .orderBy('language', chineseFirst)
    .execute()
  if (signed.length > 0) return signed
  return db
    .selectFrom('consentWording')
    .select(words)
    .where('version', '=', version)
    .orderBy('language', chineseFirst)
    .execute()
}

/** Whoever wrote or handed in any of it: the trail remembers them all. */
export async function findWriters(db: Kysely<Database>, text: TextVersion): Promise<string[]> {
  const rows = await db
    .selectFrom('auditEntry')
    .select('actorId')
    .distinct()
    .where('subjectId', '=', textSubject(text.version))
    .where('event', 'in', ['consent_text.drafted', 'consent_text.edited', 'consent_text.submitted'])
    .execute()
  return [...rows.map((row) => row.actorId), text.authorId, text.submittedBy].filter((id) => id !== null)
}

/** What the audit trail calls a version. */
export const textSubject = (version: number): string => `consent-text-${version}`
