import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'

/** The person WeCom calls `userId`; WeCom's ids ignore case (wecom-platform.md 2.2). */
export function findPersonByUserId(db: Kysely<Database>, userId: string) {
  return db
    .selectFrom('person')
    .select(['id', 'wecomUserId', 'name', 'status'])
    .where('wecomUserKey', '=', userId.toLowerCase())
    .executeTakeFirst()
}

/** Roles a person holds today; a role with an end date ends by itself. */
export async function findRoles(db: Kysely<Database>, personId: string, now: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('personRole')
    .select('role')
    .where('personId', '=', personId)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', now)]))
    .execute()
  return rows.map((row) => row.role)
}

export function findSessionRow(db: Kysely<Database>, tokenHash: string) {
  return db
    .selectFrom('session')
    .innerJoin('person', 'person.id', 'session.personId')
    .select(['session.tokenHash', 'session.face', 'session.signedInAt', 'session.lastSeenAt', 'session.endedAt'])
    .select('session.way')
    .select(['person.id as personId', 'person.name', 'person.wecomUserId', 'person.status'])
    .where('session.tokenHash', '=', tokenHash)
    .executeTakeFirst()
}

/** Ends every live session of a person, e.g. when they left; in force at once for instances that look, within 1 s for all. */
export async function endSessionsOf(
  trx: Transaction<Database>,
  personId: string,
  why: string,
  at: Date,
): Promise<void> {
  await trx
    .updateTable('session')
    .set({ endedAt: at, endedWhy: why })
    .where('personId', '=', personId)
    .where('endedAt', 'is', null)
    .execute()
}
