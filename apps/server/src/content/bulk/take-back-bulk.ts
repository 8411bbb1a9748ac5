import type { bulkEndpoints, Input } from '@vouch/contract'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { findBulk } from './bulk-queries.ts'
import { beginBulk } from './start-bulk.ts'

type Asked = Input<typeof bulkEndpoints.takeBackBulk>

/**
 * Begins to undo one's own change of tags for every piece that it changed, once it is over. Throws `not_found` for what
 * somebody else began, `bad_request` where there is nothing to take back.
 */
export async function takeBackBulk(deps: Deps, me: Session, asked: Asked): Promise<{ bulkId: string }> {
  const { requestId, bulkId } = asked
  const bulk = await findBulk(deps.db, { bulkId, personId: me.personId })
  if (!bulk) throw new AppError('not_found')
  const ids = bulk.rows.filter(({ tagsAfter }) => tagsAfter !== null).map(({ contentItemId }) => contentItemId)
  const over = bulk.stoppedAt !== null || bulk.doneAt !== null
  if (!over || ids.length === 0) throw new AppError('bad_request', { field: 'bulkId' })
  const meant = { act: 'tag' as const, reason: '', tagsAdded: '', tagsRemoved: '', undoes: bulkId }
  return beginBulk(deps, me, { requestId, ids, meant })
}
