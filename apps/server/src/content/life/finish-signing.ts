import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { addNotices } from '../../outbox/add-notices.ts'
import { findRoles } from '../../people/queries.ts'
import { statementOf } from '../../statement.ts'
import { approvePiece } from './approve-piece.ts'
import { actionOf } from './begin-signing.ts'
import { lockPiece } from './piece-lock.ts'
import { extendPiece } from './renew-content.ts'
import { renewing } from './renewal-round.ts'
import { askReviewers } from './review-calls.ts'
import { returnedNotice } from './review-notices.ts'
import { asRenewed, decideStep, readStepFacts, stepsAsked, type ReadFacts } from './step-facts.ts'

/** What the login proved: who it was, if one of ours and with the company, and from which console session they came. */
export type Proof = { personId: string | undefined; sessionHash: string | undefined }

/**
 * Ends a signature with the login that was made for it. It counts once, for the person, session and statement it was
 * begun with, and only in time; everything is decided again under the lock, and the signature is written in the same
 * transaction. Whatever stands in the way is on record and told by `signing.outcome`.
 */
export async function finishSigning(deps: Deps, signingId: string, proof: Proof): Promise<void> {
  const { contentItemId } = await findSigning(deps.db, signingId)
  await transact(deps.db, async (trx) => {
    const read = await readStepFacts(trx, await lockPiece(trx, contentItemId))
    const at = deps.now()
    const spent = await trx
      .updateTable('signing')
      .set({ spentAt: at })
      .where('id', '=', signingId)
      .where('spentAt', 'is', null)
      .executeTakeFirst()
    if (spent.numUpdatedRows === 0n) return
    const signing = await findSigning(trx, signingId)
    const outcome = await conclude(deps, trx, { signing, proof, read, at })
    await trx.updateTable('signing').set(outcome).where('id', '=', signingId).execute()
  })
  deps.shelf.forget()
}

function findSigning(db: Deps['db'], signingId: string) {
  return db
    .selectFrom('signing')
    .innerJoin('person', 'person.id', 'signing.personId')
    .leftJoin('session', 'session.tokenHash', 'signing.sessionHash')
    .select(['signing.id', 'signing.personId', 'signing.contentItemId', 'signing.step', 'signing.decision'])
    .select(['signing.meaning', 'signing.reason', 'signing.statementHash', 'signing.sessionHash', 'signing.endsAt'])
    .select(['signing.renewsUntil', 'person.name', 'person.status', 'session.endedAt as sessionEndedAt'])
    .where('signing.id', '=', signingId)
    .executeTakeFirstOrThrow()
}
type Signing = Awaited<ReturnType<typeof findSigning>>
export type Signed = { signing: Signing; read: ReadFacts; at: Date }

async function conclude(deps: Deps, trx: Transaction<Database>, given: Signed & { proof: Proof }) {
  const { signing, proof, read, at } = given
  const { personId, step, reason, renewsUntil, statementHash: signedHash } = signing
  const roles = await findRoles(trx, personId, at)
  const action = actionOf[signing.decision]
  const reauthenticatedAt = isProved(signing, proof, at) ? at : null
  const asked = { action, actorId: personId, roles, step, reason, signedHash, renewsUntil, reauthenticatedAt }
  const detail = { signingId: signing.id, provedAs: proof.personId ?? null }
  const decision = await decideStep(deps, trx, { read, at, asked, detail })
  if (!decision.allowed) {
    const reasons = decision.refusals.map((one) => (one.about ? `${one.reason}:${one.about}` : one.reason)).join()
    return { outcome: 'refused' as const, reasons }
  }
  if (signing.decision === 'return') {
    await sendBack(deps, trx, given)
    return { outcome: 'returned' as const }
  }
  await sign(deps, trx, given)
  if (decision.complete && action === 'sign') await approvePiece(deps, trx, given)
  if (action === 'renew') await (decision.complete ? extendPiece : callToRenewal)(deps, trx, given)
  return { outcome: action === 'renew' ? ('renewed' as const) : ('signed' as const) }
}

/** The very person and session that began, still with us and signed in, in time. */
function isProved({ personId, status, sessionHash, sessionEndedAt, endsAt }: Signing, proof: Proof, at: Date): boolean {
  const same = proof.personId === personId && proof.sessionHash === sessionHash
  return same && status === 'active' && sessionEndedAt === null && at < endsAt
}

async function sign(deps: Deps, trx: Transaction<Database>, { signing, read, at }: Signed): Promise<void> {
  const { id, contentItemId, personId, name, step, meaning, statementHash, renewsUntil } = signing
  await trx
    .insertInto('contentApproval')
    .values({
      ...{ contentItemId, step, personId, meaning, signedHash: statementHash, signedAt: at, signingId: id },
      ...{ personName: name, provedBy: 'wecom_login', renewsUntil },
      statement: statementOf(asRenewed(read.piece, renewsUntil)),
    })
    .execute()
  await appendAudit(trx, deps.newId(), { kind: 'admin', id: personId }, at, {
    ...{ event: 'content.signed', subjectId: contentItemId, reason: meaning },
    detail: { step, signingId: id, statementHash, renewsUntil },
    ...{ before: { lifeState: read.piece.state }, after: { lifeState: read.piece.state, step } },
  })
}

/** Whoever is still to sign that the version holds longer is called to it. */
async function callToRenewal(_: Deps, trx: Transaction<Database>, { signing, read, at }: Signed): Promise<void> {
  const { contentItemId, renewsUntil, personId, step } = signing
  const { piece, signatures, writers } = read
  const round = renewing(piece, signatures).filter((one) => one.renewsUntil?.getTime() === renewsUntil?.getTime())
  const signed = [{ step, personId }, ...round]
  await askReviewers(trx, {
    ...{ contentItemId, renewsUntil, at },
    steps: stepsAsked(piece).filter((asked) => signed.every((one) => one.step !== asked)),
    without: [piece.ownerId, ...writers, ...signed.map((one) => one.personId)],
  })
}

async function sendBack(deps: Deps, trx: Transaction<Database>, { signing, read, at }: Signed): Promise<void> {
  const { contentItemId, personId, step, reason, id, name } = signing
  const { piece } = read
  await trx
    .updateTable('contentItem')
    .set({ state: 'returned', returnedReason: reason })
    .where('id', '=', contentItemId)
    .where('state', '=', 'in_review')
    .execute()
  await appendAudit(trx, deps.newId(), { kind: 'admin', id: personId }, at, {
    ...{ event: 'content.returned', subjectId: contentItemId, reason, detail: { step, signingId: id } },
    ...{ before: { lifeState: piece.state }, after: { lifeState: 'returned' } },
  })
  if (!piece.ownerId) return
  const { title, version } = piece
  const words = returnedNotice({ contentItemId, title, version, reviewer: name, reason })
  const notice = { kind: 'returned' as const, toPerson: piece.ownerId, subjectId: contentItemId, ...words }
  await addNotices(trx, deps.newId, at, [notice])
}
