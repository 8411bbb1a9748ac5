import { sql, type Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'
import { keepWording, wordingsOf } from './search/wording.ts'

/**
 * Makes a piece findable by its words as they are now; whoever writes words calls it afterwards, in the same transaction.
 * From its commit on the piece is found by its names; a moment later, when the job has indexed it, by its pages as well.
 */
export async function writePostings(trx: Transaction<Database>, at: Date, contentItemId: string): Promise<void> {
  const [wording] = await wordingsOf(trx, [contentItemId])
  if (!wording) return
  await keepWording(trx, wording)
  await sql`insert into search_due (content_item_id, fresh, mark, asked_at)
    select ${contentItemId}, not exists(select 1 from search_place where content_item_id = ${contentItemId}), 1, ${at}
    on duplicate key update mark = mark + 1`.execute(trx)
}
