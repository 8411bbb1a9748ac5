import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { mayRecordReading } from './queries.ts'
import { loadReadableLink, shownItem, type Reader } from './reader.ts'

export type PageView = { page: number; viewId: string; visibleMs: number }

/**
 * Remembers which pages the addressee read and for how long, only while the consent to the reading record holds: asked under
 * the account's lock, so a withdrawal is wholly before or after. Without it nothing is written and the browser is told to stop. The same `viewId` twice is the same look. A look at a version that
 * has replaced the one sent names it, so that nobody later counts it as the other.
 */
export async function recordPageViews(
  deps: Deps,
  reader: Reader,
  asked: { token: string; views: PageView[] },
): Promise<void> {
  const link = await loadReadableLink(deps, reader, asked.token)
  const { sendId, accountId, pageCount } = link
  await transact(deps.db, async (trx) => {
    await trx
      .selectFrom('account')
      .select('id')
      .where('id', '=', accountId ?? '')
      .forUpdate()
      .execute()
    const viewedAt = deps.now()
    if (!(await mayRecordReading(trx, accountId, viewedAt))) throw new AppError('link_not_live')
    const views = asked.views.filter((view) => view.page <= pageCount)
    if (views.length === 0) return
    await trx
      .insertInto('pageView')
      .ignore()
      .values(views.map((view) => ({ sendId, viewedAt, contentItemId: shownItem(link), ...view })))
      .execute()
  })
}
