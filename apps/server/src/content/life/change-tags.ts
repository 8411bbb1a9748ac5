import type { bulkEndpoints, Input, Output } from '@vouch/contract'
import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { findRoles } from '../../people/queries.ts'
import type { Session } from '../../people/sessions.ts'
import { writePostings } from '../write-postings.ts'
import { lockPiece } from './piece-lock.ts'
import { decideStep, readStepFacts } from './step-facts.ts'

type Endpoint = typeof bulkEndpoints.changeTags
/** With `left`, only while the tags are those: who takes a change back undoes no other one. One a line, as they are kept. */
type Asked = Input<Endpoint> & { left?: string }
type Changed = { answer: Output<Endpoint>; before: string; after: string }

/** Changes what a version is found by, whatever state it is in: tags are no part of what is signed. */
export async function changeTags(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  return (await transact(deps.db, (trx) => changeTagsWithin(deps, trx, me, asked))).answer
}

/** The same inside a transaction that goes on, with the tags before and after. */
export async function changeTagsWithin(
  deps: Deps,
  trx: Transaction<Database>,
  me: Pick<Session, 'personId'>,
  asked: Asked,
): Promise<Changed> {
  const { contentItemId } = asked
  const read = await readStepFacts(trx, await lockPiece(trx, contentItemId))
  const { tags: before, state } = read.piece
  const tags = changed(before, asked)
  const after = tags.join('\n')
  const at = deps.now()
  const roles = await findRoles(trx, me.personId, at)
  const step = { action: 'tag' as const, actorId: me.personId, roles, tags, tagsChanged: isOther(before, asked.left) }
  const decision = await decideStep(deps, trx, { read, at, asked: step })
  if (!decision.allowed) return { answer: { outcome: 'refused', refusals: decision.refusals }, before, after: before }

  const same = after === before
  // Whoever has the draft open learns that it is another one now.
  const revision = read.piece.revision + (state === 'draft' && !same ? 1 : 0)
  const answer = { outcome: 'done' as const, contentItemId, revision }
  if (same) return { answer, before, after }
  await trx.updateTable('contentItem').set({ tags: after, revision }).where('id', '=', contentItemId).execute()
  await writePostings(trx, at, contentItemId)
  await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
    ...{ event: 'content.tags_changed', subjectId: contentItemId, before: { tags: before }, after: { tags: after } },
  })
  return { answer, before, after }
}

export const asTags = (lines: string): string[] => (lines === '' ? [] : lines.split('\n'))

function changed(before: string, { add, remove }: Asked): string[] {
  const kept = asTags(before).filter((tag) => !remove.includes(tag))
  return [...new Set([...kept, ...add.map((tag) => tag.trim()).filter(Boolean)])]
}

/** In whichever order they stand. */
const isOther = (now: string, left: string | undefined): boolean =>
  left !== undefined && asTags(now).toSorted().join('\n') !== asTags(left).toSorted().join('\n')
