import { mostViews, viewFields, type Input, type ViewAnswer, type viewEndpoints } from '@vouch/contract'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { Session } from '../people/sessions.ts'
import { findViews, lockKeeper } from './view-queries.ts'

type Asked = Input<typeof viewEndpoints.saveView>

/** Keeps a view of a list for oneself. A field its list does not keep is refused, so that no word about a doctor stays. */
export async function saveView({ db, newId, now }: Deps, { personId }: Session, asked: Asked): Promise<ViewAnswer> {
  const { list, name, asks, over } = asked
  const kept: readonly string[] = viewFields[list]
  const fields = [...new URLSearchParams(asks).keys()]
  if (fields.some((field) => !kept.includes(field))) throw new AppError('bad_request', { field: 'asks' })
  return transact(db, async (trx): Promise<ViewAnswer> => {
    await lockKeeper(trx, personId)
    const views = await findViews(trx, { personId, list })
    const same = views.find((view) => view.name === name)
    if (!same && views.length >= mostViews) return { outcome: 'refused', reason: 'too_many' }
    if (same && same.asks !== asks && !over) return { outcome: 'refused', reason: 'name_taken' }
    const viewId = same?.viewId ?? newId()
    const savedAt = now()
    await trx
      .insertInto('savedView')
      .values({ id: viewId, personId, list, name, asks, savedAt })
      .onDuplicateKeyUpdate({ asks, savedAt })
      .execute()
    return { outcome: 'saved', viewId }
  })
}
