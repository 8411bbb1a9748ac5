import { linkState, type LinkState } from '@vouch/rules'
import { sql, type Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { isSealed, statementColumns } from '../statement.ts'
import { nextVersion, shownColumns } from './queries.ts'

/** Stands where the name of a doctor or a rep will stand. */
export const someone = '×××'

/** Versions as a doctor would meet them, whatever their state; an id there is none of is left out. */
export async function findAsDoctor(db: Kysely<Database>, contentItemIds: readonly string[]) {
  if (contentItemIds.length === 0) return []
  const rows = await db
    .selectFrom('contentItem')
    .leftJoin('rendition', 'rendition.fileHash', 'contentItem.fileHash')
    .select([...shownColumns, ...statementColumns])
    .select(['rendition.state as stage', 'rendition.problem', 'rendition.pagesDone', 'rendition.pageCount as pagesOf'])
    .select([
      nextVersion.as('nextId'),
      sql<string>`if(content_item.kind = 'phrase', content_item.body, '')`.as('words'),
      sql<number>`content_item.body <> ''`.as('hasBody'),
      sql<number>`exists (select 1 from content_page where content_page.content_item_id = content_item.id)`.as('drawn'),
    ])
    .where('contentItem.id', 'in', contentItemIds)
    .execute()
  return rows.map((row) => ({ ...row, sealed: isSealed(row) }))
}
export type AsDoctorRow = Awaited<ReturnType<typeof findAsDoctor>>[number]

/** What the link of this version does at a doctor who agreed, if it was sent to one. */
export function stateAtDoctor(row: AsDoctorRow, now: Date): { facts: Parameters<typeof linkState>[0]; is: LinkState } {
  const reader = { receive: 'opted_in', receiveStatedAt: now, hcpVerified: true, revokedAt: null } as const
  const facts = { ...row, ...reader }
  return { facts, is: linkState(facts, now) }
}

/** Doctors met it once and do not any more; what was never approved has not ended. */
export const hasEnded = (row: AsDoctorRow, now: Date): boolean =>
  ['approved', 'expired', 'withdrawn', 'superseded'].includes(row.state) && stateAtDoctor(row, now).is !== 'live'
