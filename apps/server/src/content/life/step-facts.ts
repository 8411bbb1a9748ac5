import {
  decideContentStep,
  stepsOf,
  type ContentAction,
  type ContentStepFacts,
  type ReviewStep,
  type StepRefusal,
} from '@vouch/rules'
import { sql, type Kysely, type Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { isSealed, statementHash } from '../../statement.ts'
import { findReplacement, openStates, type PieceRow, type PieceVersions } from './piece-lock.ts'
import { findWriters } from './writers.ts'
import { renewing } from './renewal-round.ts'
import { findTextHash } from '../renditions/take-pages.ts'

/** Who takes the step, and what they ask for. */
export type AskedStep = {
  action: ContentAction
  actorId: string
  roles: readonly string[]
  step?: ReviewStep
  /** What the signer saw. */
  signedHash?: string
  reason?: string
  /** The last day a renewal asks for. */
  renewsUntil?: Date | null
  /** As a change of tags leaves them, and whether they are others by now than those it takes back. */
  tags?: readonly string[]
  tagsChanged?: boolean
  reauthenticatedAt?: Date | null
}

export type Signature = Awaited<ReturnType<typeof findSignatures>>[number]

/** Every signature on a version, the oldest first. */
export function findSignatures(db: Kysely<Database>, contentItemId: string) {
  return db
    .selectFrom('contentApproval')
    .select(['step', 'personId', 'personName', 'meaning', 'signedHash', 'signedAt', 'provedBy', 'renewsUntil'])
    .select('statement')
    .where('contentItemId', '=', contentItemId)
    .orderBy('signedAt')
    .orderBy('signingId')
    .execute()
}

/** Everything the rule wants to know about one version; read under the lock of a step, or to look at. */
export async function readStepFacts(db: Kysely<Database>, versions: PieceVersions) {
  const { piece } = versions
  const signatures = await findSignatures(db, piece.contentItemId)
  const writers = await findWriters(db, piece.contentItemId)
  const pagesReady = piece.state === 'draft' && (await isReady(db, piece))
  const wordsKept = piece.textHash === null || (await findTextHash(db, piece.contentItemId)).textHash === piece.textHash
  return { ...versions, signatures, writers, pagesReady, wordsKept }
}
export type ReadFacts = Awaited<ReturnType<typeof readStepFacts>>

/** The statement of a version, for a renewal with the day it asks for. */
export const asRenewed = (piece: PieceRow, renewsUntil: Date | null | undefined): PieceRow =>
  renewsUntil ? { ...piece, expiresAt: renewsUntil } : piece

/** The facts of one step. */
export function stepFacts(read: ReadFacts, asked: AskedStep, now: Date): ContentStepFacts {
  const { piece, others, writers, pagesReady } = read
  const { action, actorId, roles, step = null, reason = '', reauthenticatedAt = null } = asked
  const stated = action === 'renew' ? asRenewed(piece, asked.renewsUntil) : piece
  const replaced = action === 'renew' && findReplacement(read, now) !== undefined
  return {
    ...{ action, actorId, roles, step, reason, reauthenticatedAt, pagesReady, writers },
    ...{ tags: asked.tags ?? [], tagsChanged: asked.tagsChanged ?? false },
    ...{ ownerId: piece.ownerId, submittedBy: piece.ownerId, class: piece.class, source: piece.source },
    state: replaced ? 'superseded' : piece.state,
    steps: stepsAsked(piece),
    signatures: roundOf(read, asked).map((one) => ({
      ...{ step: one.step as ReviewStep, personId: one.personId, statementHash: one.signedHash }, // what was begun was a step
    })),
    statementHash: statementHash(stated),
    signedHash: isIntact(read, action) ? (asked.signedHash ?? null) : null,
    effectiveAt: stated.effectiveAt,
    expiresAt: stated.expiresAt,
    openVersion: others.some((other) => openStates.includes(other.state)),
    held: piece.heldReason !== null,
    text: {
      ...{ title: piece.title, cardTitle: piece.cardTitle, cardDesc: piece.cardDesc },
      ...{ body: piece.phrase, kind: piece.kind },
    },
  }
}

/** What its class asked for when it was submitted; before that, what it asks for now. */
export const stepsAsked = ({ steps, class: pieceClass }: Pick<PieceRow, 'steps' | 'class'>): readonly ReviewStep[] =>
  steps === '' ? stepsOf(pieceClass) : (steps.split(',') as ReviewStep[]) // written from the same list

/** The words on its pages, and for a renewal all it says, are what they were when they were signed for. */
function isIntact({ piece, wordsKept }: ReadFacts, action: ContentAction): boolean {
  return wordsKept && (action !== 'renew' || isSealed(piece))
}

/** Signatures that count together: those of the review, or those that ask for the same new day since the last end. */
function roundOf({ piece, signatures }: ReadFacts, { action, renewsUntil }: AskedStep): Signature[] {
  if (action !== 'renew') return signatures.filter((one) => one.renewsUntil === null)
  return renewing(piece, signatures).filter((one) => one.renewsUntil?.getTime() === renewsUntil?.getTime())
}

/** There is something to show: drawn pages, a film that was looked at, a text, or pieces that are approved. */
async function isReady(db: Kysely<Database>, piece: PieceRow): Promise<boolean> {
  const { kind, fileHash, contentItemId, scriptPieces } = piece
  if (kind === 'document' || kind === 'image') return fileHash !== null && piece.pageCount > 0
  if (kind === 'video') return fileHash !== null && (await isDrawn(db, fileHash))
  if (kind === 'script') return scriptPieces !== null && (await areApproved(db, scriptPieces.split(',')))
  const found = await db
    .selectFrom('contentItem')
    .select(sql<number>`trim(body) <> ''`.as('said'))
    .where('id', '=', contentItemId)
    .executeTakeFirst()
  return Boolean(found?.said)
}

async function isDrawn(db: Kysely<Database>, fileHash: string): Promise<boolean> {
  const found = await db.selectFrom('rendition').select('state').where('fileHash', '=', fileHash).executeTakeFirst()
  return found?.state === 'done'
}

async function areApproved(db: Kysely<Database>, documentIds: string[]): Promise<boolean> {
  const found = await db
    .selectFrom('contentItem')
    .select('documentId')
    .distinct()
    .where('documentId', 'in', documentIds)
    .where('state', '=', 'approved')
    .execute()
  return found.length === new Set(documentIds).size
}

/** Decides a step under the lock. A refusal is on record and returned: a throw would undo its record. */
export async function decideStep(
  deps: Pick<Deps, 'newId'>,
  trx: Transaction<Database>,
  { read, asked, at, detail }: { read: ReadFacts; asked: AskedStep; at: Date; detail?: Record<string, unknown> },
) {
  const decision = decideContentStep(stepFacts(read, asked, at), at)
  if (!decision.allowed) {
    const { action, step, actorId, reason } = asked
    await recordRefused(deps, trx, at, {
      ...{ actorId, subjectId: read.piece.contentItemId, reason, refusals: decision.refusals },
      detail: { action, ...(step && { step }), ...detail },
    })
  }
  return decision
}

type Refused = {
  actorId: string
  subjectId: string
  reason?: string | undefined
  refusals: StepRefusal[]
  detail: Record<string, unknown>
}

export async function recordRefused(
  { newId }: Pick<Deps, 'newId'>,
  trx: Transaction<Database>,
  at: Date,
  { actorId, subjectId, reason, refusals, detail }: Refused,
): Promise<void> {
  await appendAudit(trx, newId(), { kind: 'admin', id: actorId }, at, {
    ...{ event: 'content.step_refused', subjectId, ...(reason && { reason }) },
    detail: { ...detail, refusals },
  })
}
