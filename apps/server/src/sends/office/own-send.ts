import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { AppError } from '../../errors.ts'
import { doctorsOf } from '../../merged-records.ts'

/** A send that this person may look at. One of another territory and one that does not exist are the same: `send_not_found`. */
export async function loadOwnSend(db: Kysely<Database>, sendId: string, own: readonly string[] | null) {
  let rows = db.selectFrom('send').select(['id', 'accountId', 'kind', 'outcome']).where('id', '=', sendId)
  if (own) rows = rows.where('accountId', 'in', doctorsOf(db, own))
  const send = await rows.executeTakeFirst()
  if (!send) throw new AppError('send_not_found')
  return send
}
