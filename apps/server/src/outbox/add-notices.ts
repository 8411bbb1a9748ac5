import type { Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { NoticeKind } from './notice-kinds.ts'

/**
 * What a person is told by an app message. One of a kind about one subject reaches a person once, however often it is
 * owed: a subject that comes round again, as an expiry does, is a piece with its date made into one id.
 */
export type Notice = {
  kind: NoticeKind
  toPerson: string
  subjectId: string
  title: string
  text: string
  /** Path of the page to open, from the slash on. */
  path: string
}

const atOnce = 500

/** Owes these notices from now on, inside the transaction of what they tell about. */
export async function addNotices(
  trx: Transaction<Database>,
  newId: () => string,
  at: Date,
  notices: readonly Notice[],
): Promise<void> {
  const rows = notices.map(({ kind, toPerson, subjectId, title, text, path }) => ({
    ...{ id: newId(), kind, toPerson, subjectId, runAt: at, ownedUntil: at, createdAt: at },
    body: JSON.stringify({ title, text, path }),
  }))
  for (let from = 0; from < rows.length; from += atOnce) {
    await trx
      .insertInto('outbox')
      .ignore()
      .values(rows.slice(from, from + atOnce))
      .execute()
  }
}
