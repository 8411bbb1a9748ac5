import { sql, type Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { contentColumns } from '../../sends/queries.ts'
import { statementColumns } from '../../statement.ts'
import type { Scope } from '../queries.ts'
import { reaches } from '../reach-conditions.ts'

const everShown = ['approved', 'expired', 'withdrawn', 'superseded'] as const
const scriptColumns = [...new Set([...contentColumns, ...statementColumns, 'contentItem.body' as const])]

/** A script within the rep's reach, whatever became of it, with all that its signatures stand for. */
export function findScript(db: Kysely<Database>, rep: Scope, contentItemId: string) {
  return db
    .selectFrom('contentItem')
    .select(scriptColumns)
    .select((eb) =>
      eb
        .selectFrom('contentItem as next')
        .select('next.kind')
        .whereRef('next.id', '=', 'contentItem.supersededBy')
        .as('successorKind'),
    )
    .where('contentItem.id', '=', contentItemId)
    .where('contentItem.kind', '=', 'script')
    .where('contentItem.state', 'in', everShown)
    .where(reaches(rep))
    .executeTakeFirst()
}

/** All versions within the rep's reach of the documents a script names, the newest first. */
export async function findStepVersions(db: Kysely<Database>, rep: Scope, documentIds: readonly string[]) {
  if (documentIds.length === 0) return []
  return db
    .selectFrom('contentItem')
    .select(contentColumns)
    .select(sql<string>`if(content_item.kind = 'phrase', content_item.body, '')`.as('body'))
    .where('contentItem.documentId', 'in', documentIds)
    .where('contentItem.kind', '!=', 'script')
    .where('contentItem.state', 'in', everShown)
    .where(reaches(rep))
    .orderBy('contentItem.version', 'desc')
    .execute()
}
export type StepVersion = Awaited<ReturnType<typeof findStepVersions>>[number]
