import type { Input, Output, readerEndpoints } from '@vouch/contract'
import { verdict, type FactKind } from '@vouch/rules'
import { sql, type Kysely } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { findReaders } from './find-readers.ts'
import { loadInFlight } from './in-flight.ts'
import { findTellers } from './reader-queries.ts'
import { findStandIns, findStopping, type Stopping } from './withdrawal-queries.ts'

type Endpoint = typeof readerEndpoints.loadRecall

/** How a version ended and whom that concerns. It names doctors, so only the compliance officer sees it, on record. */
export async function loadRecall(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { db, now, newId } = deps
  const piece = await findStopping(db, asked.contentItemId)
  if (!piece) throw new AppError('content_not_found')
  const [readers, inFlight, standIns, ended] = await Promise.all([
    findReaders(db, piece),
    findStillOut(db, piece),
    findStandIns(db, piece, now()),
    findEnd(db, piece.contentItemId),
  ])
  const reachable = (await findTellers(db, readers)).size
  await transact(db, (trx) =>
    appendAudit(trx, newId(), { kind: 'admin', id: me.personId }, now(), {
      event: 'content.readers_viewed',
      subjectId: piece.contentItemId,
      detail: { of: readers.length, inFlight: inFlight.length },
    }),
  )
  const { contentItemId, title, version, state } = piece
  const successorId = ended?.supersededBy ?? null
  return {
    ...{ contentItemId, title, version, lifeState: state, reason: ended?.withdrawnReason ?? '', successorId },
    ...{ endedAt: piece.endedAt ?? piece.supersededAt, readers: readers.length, reachable, inFlight },
    notices: standIns.toSorted(
      (one, other) => Number(other.contentItemId === successorId) - Number(one.contentItemId === successorId),
    ),
  }
}

function findEnd(db: Kysely<Database>, contentItemId: string) {
  return db
    .selectFrom('contentItem')
    .select(['supersededBy', 'withdrawnReason'])
    .where('id', '=', contentItemId)
    .executeTakeFirst()
}

/** What the withdrawal itself found on its way, with what became of it since. */
async function findStillOut(db: Kysely<Database>, { contentItemId, endedAt }: Stopping) {
  if (!endedAt) return []
  const entry = await db
    .selectFrom('auditEntry')
    .select('detail')
    .where('subjectId', '=', contentItemId)
    .where('event', '=', 'content.withdrawn')
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const detail = (typeof entry?.detail === 'string' ? JSON.parse(entry.detail) : entry?.detail) as {
    inFlight?: string[]
  } // text on MariaDB; written by the withdrawal
  const sends = await loadInFlight(db, contentItemId, detail?.inFlight ?? [], endedAt)
  const became = await findVerdicts(
    db,
    sends.map((send) => send.sendId),
  )
  return sends.map((send) => ({ ...send, became: became.get(send.sendId) ?? verdict(['A']) }))
}

async function findVerdicts(db: Kysely<Database>, sendIds: string[]) {
  if (sendIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('fact')
    .select(['sendId', sql<string>`group_concat(kind)`.as('kinds')])
    .where('sendId', 'in', sendIds)
    .groupBy('sendId')
    .execute()
  return new Map(rows.map(({ sendId, kinds }) => [sendId, verdict(kinds.split(',') as FactKind[])])) // kinds of rows of fact
}
