import type { Input, Output, withdrawalEndpoints } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { readCursor, writeCursor } from '../../cursor.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { describeReaders } from './describe-readers.ts'
import { findReaders, type Reader } from './find-readers.ts'
import { findStopping } from './withdrawal-queries.ts'

type Endpoint = typeof withdrawalEndpoints.listReaders

const pageSize = 50

/** Who read a version, in the order of their first time. Only the compliance officer sees it, and that they looked. */
export async function listReaders(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const now = deps.now()
  const after = readCursor(asked.cursor)
  const piece = await findStopping(deps.db, asked.contentItemId)
  if (!piece) throw new AppError('content_not_found')
  const all = await findReaders(deps.db, piece)
  const rest = after ? all.filter((reader) => isAfter(reader, after)) : all
  const page = rest.slice(0, pageSize)
  const readers = await describeReaders(deps.db, piece, page)
  await transact(deps.db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, now, {
      event: 'content.readers_viewed',
      subjectId: piece.contentItemId,
      detail: { shown: page.length, of: all.length },
    }),
  )
  const last = page.at(-1)
  return {
    of: piece.pageCount,
    readers,
    next: last && rest.length > pageSize ? writeCursor({ at: last.at, id: last.accountId }) : null,
  }
}

const isAfter = (reader: Reader, { at, id }: { at: Date; id: string }): boolean =>
  reader.at > at || (reader.at.getTime() === at.getTime() && reader.accountId > id)
