import { sql, type Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'

/**
 * How a contact nobody has matched came to this rep: by which code, and what they have answered since about receiving. One
 * statement.
 */
export async function findArrival(db: Kysely<Database>, repId: string, externalUserId: string) {
  const row = await db
    .selectFrom('contactFollow')
    .leftJoin('contactCode', 'contactCode.id', 'contactFollow.scanState')
    .leftJoin('contactAnswer', (join) =>
      join.on(
        'contactAnswer.id',
        '=',
        sql<string>`(select id from contact_answer newest where newest.external_user_id = contact_follow.external_user_id
          and newest.purpose = 'receive' order by stated_at desc, id desc limit 1)`,
      ),
    )
    .select(['contactCode.name', 'contactAnswer.statement', 'contactAnswer.statedAt'])
    .where('contactFollow.repId', '=', repId)
    .where('contactFollow.externalUserId', '=', externalUserId)
    .executeTakeFirst()
  const { name, statement, statedAt } = row ?? {}
  return {
    cameBy: name ?? null,
    answered: statement && statedAt ? { statement, at: statedAt } : null,
  }
}
