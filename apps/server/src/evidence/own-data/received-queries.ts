import type { ReceivedPiece } from '@vouch/hcp/render'
import { linkState, type ConsentStatement } from '@vouch/rules'
import { sql, type Kysely } from 'kysely'
import { readCursor, writeCursor } from '../../cursor.ts'
import type { Database } from '../../db/schema.ts'
import { newestReceive, recordsOf } from '../../merged-records.ts'
import { asKinds, factKinds, firstOpened, neverLeft } from '../../sends/became-of-queries.ts'
import { isSealed, statementColumns } from '../../statement.ts'
import { shownColumns } from '../queries.ts'

/** What was sent to one HCP, by anybody, newest first; `newest` is their newest word on receiving. */
function receivedRows(db: Kysely<Database>, accountId: string) {
  return db
    .selectFrom('send')
    .innerJoin('contentItem', 'contentItem.id', 'send.contentItemId')
    .innerJoin('person', 'person.id', 'send.repId')
    .innerJoin('account', 'account.id', 'send.accountId')
    .leftJoin('linkRevocation', 'linkRevocation.sendId', 'send.id')
    .select(['send.id as sendId', 'send.decidedAt as sentAt', 'send.kind as way', 'person.name as sender'])
    .select([...shownColumns, ...statementColumns])
    .select(['linkRevocation.revokedAt', 'account.hcpVerified'])
    .select([
      factKinds.as('kinds'),
      firstOpened.as('openedAt'),
      sql<number>`(select count(distinct page) from page_view where page_view.send_id = send.id
        and content_item_id is null)`.as('pagesRead'),
      sql<ConsentStatement | null>`${newestReceive('statement')}`.as('receive'),
    ])
    .where('send.accountId', 'in', recordsOf(db, accountId))
    .where('send.outcome', '=', 'authorised')
    .orderBy('send.decidedAt', 'desc')
    .orderBy('send.id', 'desc')
}
type ReceivedRow = Awaited<ReturnType<ReturnType<typeof receivedRows>['execute']>>[number]

export type ReceivedPage = { pieces: (ReceivedPiece & { sendId: string })[]; next: string | null }

/** A page of them by keyset; invitations are no material, and what never left was not received. */
export async function findReceived(
  db: Kysely<Database>,
  asked: { accountId: string; before: string | null; limit: number; now: Date; pathOf: (sendId: string) => string },
): Promise<ReceivedPage> {
  const after = readCursor(asked.before)
  let rows = receivedRows(db, asked.accountId)
    .where('send.class', '<>', 'consent')
    .limit(asked.limit + 1)
  if (after)
    rows = rows
      .where('send.decidedAt', '<=', after.at)
      .where((eb) => eb.or([eb('send.decidedAt', '<', after.at), eb('send.id', '<', after.id)]))
  const found = await rows.execute()
  const page = found.slice(0, asked.limit)
  const last = page.at(-1)
  return {
    pieces: page.filter(wasReceived).map((row) => describe(row, asked.now, asked.pathOf)),
    next: last && found.length > asked.limit ? writeCursor({ at: last.sentAt, id: last.sendId }) : null,
  }
}

const wasReceived = ({ kinds }: Pick<ReceivedRow, 'kinds'>): boolean => !neverLeft(asKinds(kinds))

function describe(row: ReceivedRow, now: Date, pathOf: (sendId: string) => string) {
  const asLink = row.way === 'news' || row.way === 'miniprogram'
  return {
    ...{ sendId: row.sendId, title: row.title, sender: row.sender, sentAt: row.sentAt, openedAt: row.openedAt },
    ...{ pagesRead: Number(row.pagesRead), pages: row.pageCount },
    state: asLink ? stateOf(row, now) : ('copy' as const),
    path: asLink ? pathOf(row.sendId) : null,
  }
}

const stateOf = (row: ReceivedRow, now: Date) =>
  linkState({ ...row, hcpVerified: Boolean(row.hcpVerified), sealed: isSealed(row), receiveStatedAt: null }, now)
