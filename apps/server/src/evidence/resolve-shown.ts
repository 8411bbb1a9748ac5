import { isReplaced, linkState } from '@vouch/rules'
import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { listOf } from '../sends/around-queries.ts'
import { isSealed, statementColumns } from '../statement.ts'
import { shownColumns, type LinkRow } from './queries.ts'

/**
 * A link with the version it stands for: the one that was sent, or the one that has replaced it. `sent` names the first
 * when it is another; the send itself never changes.
 */
export type ShownLink = LinkRow & { sent: { version: number } | null; changeNote: string }

/**
 * The version a link stands for now. Asked only for the addressee: it takes a statement more where there is a newer
 * version, and nobody else may learn that from the time.
 */
export async function resolveShown(db: Kysely<Database>, link: LinkRow, now: Date): Promise<ShownLink> {
  const next = linkState(link, now) === 'superseded' ? await findNext(db, link) : undefined
  if (!next || !isReplaced(link, next.facts, next.account, now)) return { ...link, sent: null }
  return { ...link, ...next.piece, sent: { version: link.version } }
}

async function findNext(db: Kysely<Database>, { nextId, accountId }: LinkRow) {
  if (!nextId) return undefined
  const row = await db
    .selectFrom('contentItem')
    .leftJoin('account', (join) => join.on('account.id', '=', accountId ?? ''))
    .leftJoin('hospital', 'hospital.id', 'account.hospitalId')
    .select([...shownColumns, ...statementColumns, 'contentItem.heldReason', 'contentItem.replacesLinks'])
    .select(['account.specialty', 'account.territory', 'hospital.grade'])
    .where('contentItem.id', '=', nextId)
    .executeTakeFirst()
  if (!row) return undefined
  const { heldReason, replacesLinks, specialty, territory, grade, ...piece } = row
  return {
    piece: { ...piece, sealed: isSealed(row) },
    facts: {
      audience: listOf(row.audience),
      hospitalGrades: listOf(row.hospitalGrades),
      territories: listOf(row.territories),
      effectiveAt: row.effectiveAt,
      replacesLinks: Boolean(replacesLinks),
      held: heldReason !== null,
    },
    account: { specialty: specialty ?? '', territory: territory ?? '', hospitalGrade: grade ?? '' },
  }
}
