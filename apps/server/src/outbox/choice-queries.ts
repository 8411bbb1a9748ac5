import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { NoticeChoiceTable } from '../db/tables/system.ts'

export type Pace = NoticeChoiceTable['pace']

/** What these people chose, by `person kind`; whoever chose nothing is told as things come. */
export async function findChoices(db: Kysely<Database>, personIds: readonly string[]): Promise<Map<string, Pace>> {
  if (personIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('noticeChoice')
    .select(['personId', 'kind', 'pace'])
    .where('personId', 'in', [...new Set(personIds)])
    .execute()
  return new Map(rows.map(({ personId, kind, pace }) => [`${personId} ${kind}`, pace]))
}
