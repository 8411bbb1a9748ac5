import type { bulkEndpoints, Input, Output, WireStepRefusal } from '@vouch/contract'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { asTags } from '../life/change-tags.ts'
import { findBulk } from './bulk-queries.ts'

type Endpoint = typeof bulkEndpoints.lookAtBulk

/** How far it is, and what became of each piece. Throws `not_found` for what somebody else began. */
export async function lookAtBulk({ db }: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const bulk = await findBulk(db, { bulkId: asked.bulkId, personId: me.personId })
  if (!bulk) throw new AppError('not_found')
  const { bulkId, act, reason, undoes, createdAt, stoppedAt, doneAt } = bulk
  const rows = bulk.rows.map(({ refusals, tagsBefore, tagsAfter, ...row }) => ({
    ...row,
    tags: tagsBefore === null || tagsAfter === null ? null : { before: asTags(tagsBefore), after: asTags(tagsAfter) },
    refusals: JSON.parse(refusals) as WireStepRefusal[], // written by run-bulks alone
  }))
  const tags = { add: asTags(bulk.tagsAdded), remove: asTags(bulk.tagsRemoved), undoes }
  return { bulkId, act, reason, ...tags, createdAt, stage: stoppedAt ? 'stopped' : doneAt ? 'done' : 'running', rows }
}
