import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { isCopy, sawAtLink, sendsOf, type SentRow } from './sends-of-piece.ts'
import type { Stopping } from './withdrawal-queries.ts'

/** `repId`: who sent it to them, the last of several. */
export type Reader = { accountId: string; how: 'opened' | 'received'; at: Date; repId: string }

/**
 * Doctors who saw a version: at its own link, at the link of an earlier version that it replaced, or who hold a copy in
 * their chat. Whoever saw only its successor at its link is none. In the order of their first time. Each of its own sends
 * is shown to `look` on the way, because walking all of them takes long.
 */
export async function findReaders(
  db: Kysely<Database>,
  piece: Stopping,
  look: (send: SentRow) => void = () => {},
): Promise<Reader[]> {
  const readers = new Map<string, Reader>()
  for (const sent of [piece.contentItemId, ...(await findReplaced(db, piece))]) {
    for await (const send of sendsOf(db, sent)) {
      if (sent === piece.contentItemId) look(send)
      const reader = asReader(send, sent, piece.contentItemId)
      const known = reader && readers.get(reader.accountId)
      if (reader) readers.set(reader.accountId, known ? joined(known, reader) : reader)
    }
  }
  return [...readers.values()].sort(
    (one, other) => one.at.getTime() - other.at.getTime() || (one.accountId < other.accountId ? -1 : 1),
  )
}

function asReader(send: SentRow, sent: string, shown: string): Reader | undefined {
  const { accountId, repId, openedAt, decidedAt } = send
  if (!accountId) return undefined
  if (isCopy(send)) return sent === shown ? { accountId, repId, how: 'received', at: decidedAt } : undefined
  return sawAtLink(send, sent, shown) ? { accountId, repId, how: 'opened', at: openedAt ?? decidedAt } : undefined
}

/** Opened says more than received. */
function joined(known: Reader, { how, at, repId }: Reader): Reader {
  const opened = known.how === 'opened' || how === 'opened'
  return { ...known, repId, how: opened ? 'opened' : 'received', at: known.at <= at ? known.at : at }
}

/** Versions whose links may have shown this one. */
async function findReplaced(db: Kysely<Database>, piece: Stopping): Promise<string[]> {
  if (!piece.replacesLinks) return []
  const rows = await db
    .selectFrom('contentItem')
    .select('id')
    .where((eb) =>
      eb.or([
        eb.and([eb('documentId', '=', piece.documentId), eb('version', '<', piece.version)]),
        eb('supersededBy', '=', piece.contentItemId),
      ]),
    )
    .execute()
  return rows.map((row) => row.id)
}
