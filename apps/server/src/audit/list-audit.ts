import type { auditEndpoints, AuditRow, Input, Output } from '@vouch/contract'
import { readCursor, writeCursor } from '../cursor.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import type { Session } from '../people/sessions.ts'
import { appendAudit } from './append-audit.ts'
import { findEntries, findNames, type AuditFilter } from './audit-queries.ts'
import { asAuditRow } from './audit-rows.ts'
import { eventWords } from './words/event-words.ts'

type Endpoint = typeof auditEndpoints.listAudit
const pageSize = 50

/** Everything that was done, under a filter. Looking is recorded: it shows personal data. */
export async function listAudit(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { cursor, ...filter } = asked
  const { rows, more } = await readAudit(deps, filter, { after: readCursor(cursor, filter.order)?.id, limit: pageSize })
  await transact(deps.db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), {
      ...{ event: 'audit.viewed', subjectId: me.personId, detail: { shown: rows.length, ...toldOf(filter) } },
    }),
  )
  const last = more ? rows.at(-1) : undefined
  return { rows, next: last ? writeCursor({ at: last.at, id: last.entryId }, filter.order) : null }
}

/** So many entries after one, as list and export show them. */
export async function readAudit(
  { db }: Deps,
  filter: AuditFilter,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<{ rows: AuditRow[]; more: boolean }> {
  const found = await findEntries(db, filter, { after, limit: limit + 1 })
  const entries = found.slice(0, limit)
  const names = await findNames(db, entries)
  return { rows: entries.map((row) => asAuditRow(row, names)), more: found.length > limit }
}

/** The filter as it is kept: names that were typed are not. */
export const toldOf = ({ query, ...filter }: AuditFilter) => ({ ...filter, searched: query.trim() !== '' })

/** What there is to filter by. */
export async function listAuditEvents(): Promise<Output<typeof auditEndpoints.auditEvents>> {
  return { events: Object.entries(eventWords).map(([event, said]) => ({ event, said })) }
}
