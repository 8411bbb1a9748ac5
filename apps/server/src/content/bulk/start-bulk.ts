import type { bulkEndpoints, Input } from '@vouch/contract'
import type { Insertable } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { sha256 } from '../../secrets.ts'
import { findBulk } from './bulk-queries.ts'

type Asked = Input<typeof bulkEndpoints.startBulk>
type Meant = Required<Pick<Insertable<Database['bulkAct']>, 'act' | 'reason' | 'tagsAdded' | 'tagsRemoved' | 'undoes'>>

/** Writes down what is to be done with which pieces. Throws what `beginBulk` throws. */
export async function startBulk(deps: Deps, me: Session, asked: Asked): Promise<{ bulkId: string }> {
  const { requestId, act } = asked
  const reason = act === 'withdraw' ? asked.reason.trim() : ''
  if (act === 'withdraw' && reason === '') throw new AppError('bad_request', { field: 'reason' })
  const tags = act === 'tag' ? tagsOf(asked) : { tagsAdded: '', tagsRemoved: '' }
  const ids = [...new Set(asked.contentItemIds)]
  return beginBulk(deps, me, { requestId, ids, meant: { act, reason, ...tags, undoes: null } })
}

/** What the tags of one piece hold holds these. None is both added and taken away. */
function tagsOf({ add, remove }: Asked): Pick<Meant, 'tagsAdded' | 'tagsRemoved'> {
  const lines = (tags: readonly string[]): string =>
    [...new Set(tags.map((tag) => tag.trim()).filter(Boolean))].join('\n')
  const [tagsAdded, tagsRemoved] = [lines(add), lines(remove)]
  if (tagsAdded + tagsRemoved === '' || [...tagsAdded].length > 400) throw new AppError('bad_request', { field: 'add' })
  const both = tagsRemoved.split('\n').some((tag) => tagsAdded.split('\n').includes(tag))
  if (both || [...tagsRemoved].length > 400) throw new AppError('bad_request', { field: 'remove' })
  return { tagsAdded, tagsRemoved }
}

/**
 * The pieces stand as they do now; a job does it. Nothing is decided here: each piece is when its turn comes. The same
 * request begins it once. Throws `content_not_found`, `request_id_reused` for another act or other pieces under the same
 * request.
 */
export async function beginBulk(
  deps: Deps,
  { personId }: Pick<Session, 'personId'>,
  { requestId, ids, meant }: { requestId: string; ids: readonly string[]; meant: Meant },
): Promise<{ bulkId: string }> {
  const revisions = await findRevisions(deps, ids)
  const bulkId = sha256(`bulk ${personId} ${requestId}`).slice(0, 26)

  return transact(deps.db, async (trx) => {
    const createdAt = deps.now()
    const bulk = { id: bulkId, personId, ...meant, createdAt, stoppedAt: null, doneAt: null }
    const { numInsertedOrUpdatedRows } = await trx.insertInto('bulkAct').ignore().values(bulk).executeTakeFirst()
    if (numInsertedOrUpdatedRows === 0n) {
      const begun = await findBulk(trx, { bulkId, personId })
      const same = begun?.rows.map((row) => row.contentItemId).join() === ids.join()
      const names = Object.keys(meant) as (keyof Meant)[] // its own
      if (!begun || !same || names.some((name) => begun[name] !== meant[name])) throw new AppError('request_id_reused')
      return { bulkId }
    }
    const rows = ids.map((contentItemId, place) => ({
      ...{ bulkId, number: place + 1, contentItemId, revision: revisions.get(contentItemId)! }, // found above
      ...{ outcome: 'waiting' as const, refusals: '[]', problem: '', settledAt: null },
    }))
    await trx.insertInto('bulkActRow').values(rows).execute()
    const { reason, ...told } = meant
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: personId }, createdAt, {
      ...{ event: 'bulk.asked', subjectId: bulkId, ...(reason && { reason }) },
      detail: { ...told, contentItemIds: ids },
    })
    return { bulkId }
  })
}

async function findRevisions({ db }: Deps, ids: readonly string[]): Promise<Map<string, number>> {
  const found = await db.selectFrom('contentItem').select(['id', 'revision']).where('id', 'in', ids).execute()
  if (found.length < ids.length) throw new AppError('content_not_found')
  return new Map(found.map((row) => [row.id, row.revision]))
}
