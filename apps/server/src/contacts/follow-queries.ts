import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'

/** What is known about one rep and one contact; undefined when the two were never seen together. */
export function findFollow(db: Kysely<Database>, repId: string, externalUserId: string) {
  return db
    .selectFrom('contactFollow')
    .select(['following', 'provedAt'])
    .where('repId', '=', repId)
    .where('externalUserId', '=', externalUserId)
    .executeTakeFirst()
}

/** Ids of the contacts a rep follows as far as we know. */
export async function findFollowedIds(db: Kysely<Database>, repId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('contactFollow')
    .select('externalUserId')
    .where('repId', '=', repId)
    .where('following', '=', 1)
    .execute()
  return rows.map((row) => row.externalUserId)
}

const activeReps = (db: Kysely<Database>) =>
  db
    .selectFrom('person')
    .innerJoin('personRole', 'personRole.personId', 'person.id')
    .select(['person.id', 'person.wecomUserId'])
    .where('person.status', '=', 'active')
    .where('personRole.role', '=', 'rep')

/** Reps with a relation whose proof is older than `before`. */
export function findRepsToProve(db: Kysely<Database>, before: Date, most: number) {
  return activeReps(db)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('contactFollow')
          .select('repId')
          .whereRef('repId', '=', 'person.id')
          .where('following', '=', 1)
          .where((eb) => eb.or([eb('provedAt', 'is', null), eb('provedAt', '<', before)])),
      ),
    )
    .limit(most)
    .execute()
}

/** Reps we know no contact of: new ones, or ones whose messages were lost. */
export function findRepsWithoutContacts(db: Kysely<Database>, most: number) {
  return activeReps(db)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom('contactFollow').select('repId').whereRef('repId', '=', 'person.id').where('following', '=', 1),
        ),
      ),
    )
    .limit(most)
    .execute()
}
