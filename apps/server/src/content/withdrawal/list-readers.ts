import type { Input, Output, withdrawalEndpoints } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { readCursor, writeCursor } from '../../cursor.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { findRoles } from '../../people/queries.ts'
import type { Session } from '../../people/sessions.ts'
import { findReaders, type Reader } from './find-readers.ts'
import { findTellers, findTold } from './reader-queries.ts'
import { findStopping } from './withdrawal-queries.ts'

type Endpoint = typeof withdrawalEndpoints.listReaders

const pageSize = 50

/** Who read a version, in the order of their first time. Only the compliance officer sees it, and that they looked. */
export async function listReaders(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const now = deps.now()
  const roles = await findRoles(deps.db, me.personId, now)
  if (!roles.includes('compliance_officer')) throw new AppError('wrong_role')
  const after = readCursor(asked.cursor)
  const piece = await findStopping(deps.db, asked.contentItemId)
  if (!piece) throw new AppError('content_not_found')
  const all = await findReaders(deps.db, piece)
  const rest = after ? all.filter((reader) => isAfter(reader, after)) : all
  const page = rest.slice(0, pageSize)
  const readers = await describe(deps, piece.contentItemId, page)
  await transact(deps.db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, now, {
      event: 'content.readers_viewed',
      subjectId: piece.contentItemId,
      detail: { shown: page.length, of: all.length },
    }),
  )
  const last = page.at(-1)
  return { readers, next: last && rest.length > pageSize ? writeCursor({ at: last.at, id: last.accountId }) : null }
}

const isAfter = (reader: Reader, { at, id }: { at: Date; id: string }): boolean =>
  reader.at > at || (reader.at.getTime() === at.getTime() && reader.accountId > id)

async function describe({ db }: Deps, contentItemId: string, page: Reader[]) {
  const accountIds = page.map((reader) => reader.accountId)
  const [tellers, told] = await Promise.all([findTellers(db, page), findTold(db, contentItemId, accountIds)])
  const rows = new Map(told.map((row) => [row.accountId, row]))
  return page.map(({ accountId, how, at }) => {
    const { doctor = '', title = '', hospital, notice, askedAt, sentAt } = rows.get(accountId) ?? {}
    return {
      ...{ accountId, doctor, title, hospital: hospital ?? '', how, at },
      rep: tellers.get(accountId)?.name ?? null,
      notice: askedAt ? { title: notice ?? '', askedAt, sentAt: sentAt ?? null } : null,
    }
  })
}
