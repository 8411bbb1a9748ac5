import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'

const columns = [
  ...(['id', 'personId', 'purpose', 'fileName', 'bytes', 'partBytes', 'sha256', 'state', 'problem'] as const),
  ...(['fileHash', 'endsAt'] as const),
] as const

/** An upload of this person that has not been forgotten. */
export function findUploadOf(db: Kysely<Database>, asked: { uploadId: string; personId: string; now: Date }) {
  return db
    .selectFrom('upload')
    .select(columns)
    .where('id', '=', asked.uploadId)
    .where('personId', '=', asked.personId)
    .where('state', '!=', 'gone')
    .where('endsAt', '>', asked.now)
    .executeTakeFirst()
}
export type Upload = NonNullable<Awaited<ReturnType<typeof findUploadOf>>>

/** First in every transaction that changes an upload or its parts. */
export function lockUpload(trx: Transaction<Database>, uploadId: string) {
  return trx.selectFrom('upload').select(columns).where('id', '=', uploadId).forUpdate().executeTakeFirst()
}

/** One this person began with the same file and may go on with. */
export function findBegun(
  db: Kysely<Database>,
  asked: Pick<Upload, 'personId' | 'purpose' | 'fileName' | 'bytes'> & { sha256: string; now: Date },
) {
  return db
    .selectFrom('upload')
    .select(columns)
    .where('personId', '=', asked.personId)
    .where('state', '=', 'open')
    .where('purpose', '=', asked.purpose)
    .where('fileName', '=', asked.fileName)
    .where('bytes', '=', asked.bytes)
    .where('sha256', '=', asked.sha256)
    .where('endsAt', '>', asked.now)
    .orderBy('createdAt', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function countOpen(db: Kysely<Database>, personId: string, now: Date): Promise<number> {
  const found = await db
    .selectFrom('upload')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('personId', '=', personId)
    .where('state', '=', 'open')
    .where('endsAt', '>', now)
    .executeTakeFirstOrThrow()
  return Number(found.count)
}

export function findParts(db: Kysely<Database>, uploadId: string) {
  return db
    .selectFrom('uploadPart')
    .select(['number', 'bytes', 'sha256'])
    .where('uploadId', '=', uploadId)
    .orderBy('number')
    .execute()
}
export type Part = Awaited<ReturnType<typeof findParts>>[number]

/** Bytes that were written and verified; whatever refers to a file refers to one of these. */
export function findStored(db: Kysely<Database>, fileHash: string) {
  return db
    .selectFrom('storedFile')
    .select(['fileHash', 'bytes', 'mime', 'kind'])
    .where('fileHash', '=', fileHash)
    .executeTakeFirst()
}

/** Closed uploads that are not settled yet. */
export async function countChecking({ db }: { db: Kysely<Database> }): Promise<number> {
  const found = await db
    .selectFrom('upload')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', '=', 'checking')
    .executeTakeFirstOrThrow()
  return Number(found.count)
}
