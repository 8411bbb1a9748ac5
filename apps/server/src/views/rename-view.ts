import type { Input, ViewAnswer, viewEndpoints } from '@vouch/contract'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { Session } from '../people/sessions.ts'
import { findViews, lockKeeper } from './view-queries.ts'

type Asked = Input<typeof viewEndpoints.renameView>

/** Calls a view of one's own otherwise. Another's is not found. */
export async function renameView({ db }: Deps, { personId }: Session, { viewId, name }: Asked): Promise<ViewAnswer> {
  return transact(db, async (trx): Promise<ViewAnswer> => {
    await lockKeeper(trx, personId)
    const view = await trx
      .selectFrom('savedView')
      .select('list')
      .where('id', '=', viewId)
      .where('personId', '=', personId)
      .executeTakeFirst()
    if (!view) throw new AppError('not_found')
    const views = await findViews(trx, { personId, list: view.list })
    if (views.some((one) => one.name === name && one.viewId !== viewId))
      return { outcome: 'refused', reason: 'name_taken' }
    await trx.updateTable('savedView').set({ name }).where('id', '=', viewId).execute()
    return { outcome: 'saved', viewId }
  })
}
