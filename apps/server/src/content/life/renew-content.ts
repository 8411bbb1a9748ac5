import type { contentEndpoints, Input, Output } from '@vouch/contract'
import { decideContentStep, reviewSteps, type ReviewStep } from '@vouch/rules'
import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { statementHash, statementOf } from '../../statement.ts'
import { tellAuthor } from './approve-piece.ts'
import { dayOf } from './draft-words.ts'
import type { Signed } from './finish-signing.ts'
import { listedUntil, loadPiece } from './piece-lock.ts'
import { asRenewed, readStepFacts, stepFacts, stepsAsked } from './step-facts.ts'
import { wantMedia } from '../want-media.ts'

type Endpoint = typeof contentEndpoints.previewRenewal

/** All have signed the same words with a later last day: day and seal change together, and what had expired lives again. */
export async function extendPiece(deps: Deps, trx: Transaction<Database>, given: Signed): Promise<void> {
  const { signing, read, at } = given
  const { piece, others } = read
  const { contentItemId, personId, renewsUntil } = signing
  const renewed = { ...asRenewed(piece, renewsUntil), expiredAt: null }
  await trx
    .updateTable('contentItem')
    .set({
      ...{ state: 'approved', approvedAt: at, expiresAt: renewed.expiresAt, expiredAt: null },
      ...{ signedHash: signing.statementHash, listedUntil: listedUntil(renewed, others, at) },
    })
    .where('id', '=', contentItemId)
    .where('state', 'in', ['approved', 'expired'])
    .execute()
  const { state, expiresAt, expiredAt } = piece
  await appendAudit(trx, deps.newId(), { kind: 'admin', id: personId }, at, {
    ...{ event: 'content.renewed', subjectId: contentItemId, detail: { statementHash: signing.statementHash } },
    before: { lifeState: state, expiresAt, expiredAt },
    after: { lifeState: 'approved', expiresAt: renewed.expiresAt, expiredAt: null },
  })
  await wantMedia(trx, at, contentItemId)
  await tellAuthor(deps, trx, given)
}

/** What a signature that extends would stand for, who gave it already, and which steps this person may sign. */
export async function previewRenewal(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const at = deps.now()
  const renewsUntil = dayOf('renewsUntil', asked.renewsUntil)
  if (!renewsUntil) throw new AppError('bad_request', { field: 'renewsUntil' })
  const { roles } = me
  const read = await readStepFacts(deps.db, await loadPiece(deps.db, asked.contentItemId))
  const { piece, signatures } = read
  const stated = asRenewed(piece, renewsUntil)
  const signedHash = statementHash(stated)
  const decide = (step: ReviewStep) => {
    const who = { action: 'renew' as const, actorId: me.personId, roles, step, signedHash, renewsUntil }
    return decideContentStep(stepFacts(read, { ...who, reauthenticatedAt: at }, at), at)
  }
  const decisions = reviewSteps.map((step) => ({ step, decision: decide(step) }))
  const mine = decisions.find(({ step }) => roles.includes(step)) ?? decisions[0]
  const round = stepFacts(read, { action: 'renew', actorId: me.personId, roles, renewsUntil }, at).signatures
  return {
    ...{ statement: statementOf(stated), statementHash: signedHash, steps: [...stepsAsked(piece)] },
    signed: round.flatMap(({ step, personId }) => {
      const one = signatures.findLast((signature) => signature.step === step && signature.personId === personId)
      return one ? [{ step, person: one.personName, at: one.signedAt }] : []
    }),
    maySign: decisions.flatMap(({ step, decision }) => (decision.allowed ? [step] : [])),
    refusals: mine && !mine.decision.allowed ? mine.decision.refusals : [],
  }
}
