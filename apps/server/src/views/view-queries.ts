import type { SavedView, ViewList } from '@vouch/contract'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'

type Whose = { personId: string; list: ViewList }

export const findViews = (db: Kysely<Database>, { personId, list }: Whose): Promise<SavedView[]> =>
  db
    .selectFrom('savedView')
    .select(['id as viewId', 'name', 'asks'])
    .where('personId', '=', personId)
    .where('list', '=', list)
    .orderBy('name')
    .execute()

/** What somebody keeps is decided in turn, so that names stay apart and there are never too many. */
export const lockKeeper = (trx: Transaction<Database>, personId: string) =>
  trx.selectFrom('person').select('id').where('id', '=', personId).forUpdate().executeTakeFirstOrThrow()
