import type { contentEndpoints, Input, Output } from '@vouch/contract'
import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { findRoles } from '../../people/queries.ts'
import type { Session } from '../../people/sessions.ts'
import { statementHash } from '../../statement.ts'
import { saveDraft } from './edit-draft.ts'
import { lockPiece, type PieceRow } from './piece-lock.ts'
import { askReviewers } from './review-calls.ts'
import { decideStep, readStepFacts, stepsAsked } from './step-facts.ts'
import { findTextHash } from '../renditions/take-pages.ts'

type Endpoint = typeof contentEndpoints.submitContent
type Asked = Input<Endpoint>
type Answer = Output<Endpoint>
type Author = Pick<Session, 'personId'>

/** Hands a draft over to review: from this commit on not a word of this version changes. Doing it again changes nothing. */
export function submitContent(deps: Deps, me: Session, asked: Asked): Promise<Answer> {
  return transact(deps.db, (trx) => submitWithin(deps, trx, me, asked))
}

/** The same inside a transaction that goes on. */
export async function submitWithin(deps: Deps, trx: Transaction<Database>, me: Author, asked: Asked): Promise<Answer> {
  const { contentItemId, revision } = asked
  const read = await readStepFacts(trx, await lockPiece(trx, contentItemId))
  const { piece } = read
  if (isRepeated(piece, me, asked)) return { outcome: 'done', contentItemId, revision }
  if (piece.state === 'draft' && piece.revision !== revision) throw new AppError('stale_revision')
  const at = deps.now()
  const roles = await findRoles(trx, me.personId, at)
  const decision = await decideStep(deps, trx, { read, at, asked: { action: 'submit', actorId: me.personId, roles } })
  if (!decision.allowed) return { outcome: 'refused', refusals: decision.refusals }

  const steps = stepsAsked(piece)
  const { textHash } = await findTextHash(trx, contentItemId)
  await saveDraft(trx, piece, { state: decision.next, steps: steps.join(), submittedAt: at, textHash })
  const without = [piece.ownerId, ...read.writers]
  await askReviewers(trx, { contentItemId, steps, renewsUntil: null, without, at })
  await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
    ...{ event: 'content.submitted', subjectId: contentItemId, before: { lifeState: piece.state } },
    after: { lifeState: decision.next, steps, statementHash: statementHash({ ...piece, textHash }) },
  })
  return { outcome: 'done', contentItemId, revision }
}

const isRepeated = ({ state, ownerId, revision }: PieceRow, me: Author, asked: Asked): boolean =>
  state === 'in_review' && ownerId === me.personId && revision === asked.revision
