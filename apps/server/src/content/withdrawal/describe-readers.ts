import type { Output, withdrawalEndpoints } from '@vouch/contract'
import { standingOf } from '@vouch/rules'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Reader } from './find-readers.ts'
import { findNoticeSends, type NoticeSends } from './notice-sends.ts'
import { findTellers, findTold, inParts } from './reader-queries.ts'
import { findNames, findPagesRead } from './reading-queries.ts'

export type ReaderRow = Output<typeof withdrawalEndpoints.listReaders>['readers'][number]
type Told = Awaited<ReturnType<typeof findTold>>[number]

/** Readers as the office sees them: who they are, what they read, who sent it, who tells them and whether that was done. */
export async function describeReaders(
  db: Kysely<Database>,
  { contentItemId }: { contentItemId: string },
  readers: readonly Reader[],
): Promise<ReaderRow[]> {
  const rows: ReaderRow[] = []
  for (const part of inParts(readers)) rows.push(...(await describePart(db, contentItemId, part)))
  return rows
}

async function describePart(db: Kysely<Database>, contentItemId: string, readers: Reader[]): Promise<ReaderRow[]> {
  const accountIds = readers.map((reader) => reader.accountId)
  const [tellers, told, pages] = await Promise.all([
    findTellers(db, readers),
    findTold(db, contentItemId, accountIds),
    findPagesRead(db, contentItemId, accountIds),
  ])
  const [sends, names] = await Promise.all([
    findNoticeSends(db, told),
    findNames(
      db,
      readers.map((reader) => reader.repId),
    ),
  ])
  const rows = new Map(told.map((row) => [row.accountId, row]))
  return readers.map(({ accountId, how, at, repId }) => {
    const row = rows.get(accountId)
    return {
      ...{ accountId, doctor: row?.doctor ?? '', title: row?.title ?? '', hospital: row?.hospital ?? '', how, at },
      ...{ pages: pages.get(accountId) ?? [], sentBy: names.get(repId) ?? '' },
      rep: tellers.get(accountId)?.name ?? null,
      notice: row ? describeNotice(row, sends) : null,
    }
  })
}

function describeNotice(
  { accountId, notice, documentId, askedAt, askedOf }: Told,
  { past, names }: NoticeSends,
): ReaderRow['notice'] {
  if (!askedAt || !documentId) return null
  const { standing, send } = standingOf(documentId, past.get(accountId) ?? [], askedAt)
  return {
    ...{ title: notice ?? '', askedAt, askedOf: askedOf ?? '', standing },
    ...{ sentAt: send?.authorisedAt ?? null, sentBy: (send && names.get(send.repId)) ?? '' },
  }
}
