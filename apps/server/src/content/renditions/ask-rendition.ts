import { sql, type Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'

/**
 * Has the pages of stored bytes drawn, once for each file however many pieces are made of it, and given to the drafts
 * made of it. A job does both; whoever makes a draft of a file calls this in the same transaction. A file that could not
 * be drawn is tried again: a program may have been installed since.
 */
export async function askRendition(trx: Transaction<Database>, at: Date, fileHash: string): Promise<void> {
  await trx
    .insertInto('rendition')
    .values({ fileHash, state: 'waiting', askedAt: at, runAt: at, ownedUntil: at })
    .onDuplicateKeyUpdate({
      // In this order: MySQL sets one after the other, and who draws now must not be disturbed.
      problem: sql`if(state = 'drawing', problem, null)`,
      attempts: sql`if(state = 'drawing', attempts, 0)`,
      runAt: sql`if(state = 'drawing', run_at, ${at})`,
      state: sql`if(state = 'drawing', state, 'waiting')`,
    })
    .execute()
}
