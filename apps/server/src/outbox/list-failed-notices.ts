import type { FailedNotice, Input, noticeEndpoints, Output } from '@vouch/contract'
import { readCursor, writeCursor } from '../cursor.ts'
import type { Deps } from '../deps.ts'
import { kindOf } from './notice-kinds.ts'
import { never } from './queries.ts'

type Endpoint = typeof noticeEndpoints.listFailedNotices
const pageSize = 50

/** Who puts app messages right that did not arrive. */
export const noticeRepairers = ['system_admin'] as const

/**
 * App messages that did not arrive, the newest first. Their words stay where they are: they name doctors, and whoever
 * repairs needs none of them.
 */
export async function listFailedNotices(deps: Deps, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const after = readCursor(asked.cursor)?.id
  let rows = deps.db
    .selectFrom('outbox')
    .innerJoin('person', 'person.id', 'outbox.toPerson')
    .select(['outbox.id', 'outbox.kind', 'outbox.createdAt', 'outbox.attempts', 'outbox.problem'])
    .select(['person.name', 'person.status'])
    .where('outbox.sentAt', 'is', null)
    .where('outbox.runAt', '=', never)
    .orderBy('outbox.id', 'desc')
    .limit(pageSize + 1)
  if (after) rows = rows.where('outbox.id', '<', after)
  const found = await rows.execute()
  const page = found.slice(0, pageSize)
  const last = found.length > pageSize ? page.at(-1) : undefined
  return {
    rows: page.map((row) => ({
      ...{ noticeId: row.id, name: kindOf(row.kind)?.name ?? { zh: row.kind, en: row.kind }, to: row.name },
      ...{ owedAt: row.createdAt, attempts: row.attempts, maySend: row.status === 'active' },
      problem: row.problem as FailedNotice['problem'], // as deliver-outbox.ts wrote it
    })),
    next: last ? writeCursor({ at: last.createdAt, id: last.id }) : null,
  }
}
