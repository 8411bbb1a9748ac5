import type { Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'

/** Makes a piece findable by its words as they are now. Whoever writes words calls it in the same transaction. */
export async function writePostings(_trx: Transaction<Database>, _at: Date, _contentItemId: string): Promise<void> {}
