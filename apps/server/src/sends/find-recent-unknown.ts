import type { FactKind } from '@vouch/rules'
import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'

const recentMs = 7 * 86_400_000
/** Any of these is a word on what became of a send. */
const words: FactKind[] = ['K', 'C', 'F', 'O', 'M', 'N', 'R+', 'R-', 'X+', 'X-']

/** Sends of the last week whose deadline passed and of which nobody has said since what became of them, oldest first. */
export function findRecentUnknown(
  db: Kysely<Database>,
  { at, scope, most }: { at: Date; scope: readonly string[] | null; most: number },
) {
  let rows = db
    .selectFrom('fact')
    .innerJoin('send', 'send.id', 'fact.sendId')
    .innerJoin('contentItem', 'contentItem.id', 'send.contentItemId')
    .innerJoin('person', 'person.id', 'send.repId')
    .select(['fact.sendId as rowId', 'contentItem.title', 'person.name as by', 'fact.at'])
    .where('fact.at', '>', new Date(at.getTime() - recentMs))
    .where('fact.kind', '=', 'T')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('fact as said')
            .select('said.sendId')
            .whereRef('said.sendId', '=', 'fact.sendId')
            .where('said.kind', 'in', words),
        ),
      ),
    )
    .orderBy('fact.at')
    .orderBy('fact.sendId')
    .limit(most)
  if (scope)
    rows = rows.innerJoin('account', 'account.id', 'send.accountId').where('account.territory', 'in', [...scope])
  return rows.execute()
}
