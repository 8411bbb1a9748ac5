import type { ContentDetail } from '@vouch/contract'
import {
  contentActions,
  decideContentStep,
  reviewSteps,
  type ContentAction,
  type ReviewStep,
  type StepRefusal,
} from '@vouch/rules'
import type { Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'
import { statementHash, statementOf } from '../../statement.ts'
import { findOrigin } from '../from-vault/find-origin.ts'
import { findPages, findScript, findShown, findTrail } from './content-detail-queries.ts'
import { loadPiece, type PieceRow } from './piece-lock.ts'
import { recordLook } from './record-look.ts'
import { openRound } from './renewal-round.ts'
import { readStepFacts, stepFacts, stepsAsked, type ReadFacts, type Signature } from './step-facts.ts'

/** Everything the office sees of one version, with what this person may do about it now. Looking is on record. */
export async function loadContent(deps: Deps, me: Session, contentItemId: string): Promise<ContentDetail> {
  const { db, now, config } = deps
  const at = now()
  const { roles } = me
  const read = await readStepFacts(db, await loadPiece(db, contentItemId))
  const [shown, pages, trail, origin, script] = await Promise.all([
    findShown(db, contentItemId),
    findPages(db, contentItemId),
    findTrail(db, contentItemId),
    findOrigin(db, read.piece),
    findScript(db, split(read.piece.scriptPieces ?? '')),
  ])
  await recordLook(deps, me, contentItemId)
  const { piece, others, signatures } = read
  const hash = statementHash(piece)
  const may = mayDo(read, { actorId: me.personId, roles, at })
  return {
    ...wordsOf(piece),
    ...{ contentItemId, owner: shown.owner ?? '', highlights: [] },
    captions: shown.captions ?? '',
    ...{ body: shown.body, fileBytes: Number(shown.fileBytes), fileName: piece.fileName, fileHash: piece.fileHash },
    ...{ withdrawnReason: shown.withdrawnReason, returnedReason: shown.returnedReason },
    ...{ supersededBy: shown.supersededBy, revision: piece.revision, origin },
    thumbnail: piece.cardHash ? `${config.PUBLIC_URL}/card/${piece.cardHash}.jpg` : null,
    signed: new Set(signatures.filter((one) => one.signedHash === hash).map((one) => one.step)).size,
    asked: stepsAsked(piece).length,
    steps: [...stepsAsked(piece)],
    pages: pages.map(({ correctedAt, ...page }) => ({
      ...page,
      image: `/api/console/content/${contentItemId}/pages/${page.number}/720.webp`,
      corrected: correctedAt !== null,
    })),
    rendition: shown.stage && {
      ...{ stage: shown.stage, problem: shown.problem, done: shown.pagesDone ?? 0, of: shown.pagesOf ?? 0 },
    },
    ...{ statement: statementOf(piece), statementHash: hash },
    signatures: signatures.map((one) => asSignature(one, hash)),
    renewal: renewalOf(piece, signatures),
    script: script.map(({ documentId, title, approved }) => ({ documentId, title, approved })),
    ...may,
    versions: [piece, ...others]
      .toSorted((one, other) => other.version - one.version)
      .map(({ contentItemId: id, version, state }) => ({ contentItemId: id, version, lifeState: state })),
    trail: trail.map(asTrailEntry),
  }
}

function wordsOf(piece: PieceRow) {
  const { documentId, version, title, shortTitle, kind, product, market, source, cardTitle, cardDesc } = piece
  const { approvalNumber, changeNote, effectiveAt, expiresAt, captionsLanguage } = piece
  return {
    ...{ documentId, version, title, shortTitle, kind, product, market, source, cardTitle, cardDesc },
    ...{
      approvalNumber,
      changeNote,
      effectiveAt,
      expiresAt,
      captionsLanguage,
      class: piece.class,
      language: piece.language,
    },
    ...{ lifeState: piece.state, held: piece.heldReason },
    ...{ aliases: split(piece.aliases, '\n'), tags: split(piece.tags, '\n'), audience: split(piece.audience) },
    ...{ hospitalGrades: split(piece.hospitalGrades), territories: split(piece.territories) },
    ...{ repGroups: split(piece.repGroups), scriptPieces: split(piece.scriptPieces ?? '') },
    ways: split(piece.ways) as ContentDetail['ways'], // written from the same list
    ...{ mayForward: Boolean(piece.mayForward), replacesLinks: Boolean(piece.replacesLinks) },
  }
}

const split = (text: string, by = ','): string[] => (text === '' ? [] : text.split(by))

/** A signature holds for what its hash stands for, and for nothing else it was put beside. */
function asSignature(
  { step, personName, meaning, signedAt, signedHash, provedBy, renewsUntil }: Signature,
  hash: string,
) {
  return {
    ...{ step, person: personName, meaning, at: signedAt, statementHash: signedHash, provedBy, renewsUntil },
    holds: signedHash === hash,
  }
}

function renewalOf(piece: PieceRow, signatures: readonly Signature[]) {
  const open = openRound(piece, signatures)
  return open && { until: open.until, signed: open.round.map((one) => one.step as ReviewStep) } // what was begun was a step
}

type Trail = Awaited<ReturnType<typeof findTrail>>[number]

function asTrailEntry({ at, actorKind, actorId, event, reason, detail, name }: Trail): ContentDetail['trail'][number] {
  const kept = (typeof detail === 'string' ? JSON.parse(detail) : detail) as Record<string, unknown> // written by appendAudit
  return { at, actor: name ?? `${actorKind} ${actorId}`, event, reason, before: kept['before'], after: kept['after'] }
}

type Doable = { may: ContentAction[]; maySign: ReviewStep[]; mayNotSign: StepRefusal[] }
type By = { actorId: string; roles: readonly string[]; at: Date }

/** Each step is decided by the rule that will judge it, as if its reason, new day and login were there already. */
export function mayDo(read: ReadFacts, { actorId, roles, at }: By): Doable {
  const renewsUntil = new Date(Math.max(at.getTime(), read.piece.effectiveAt?.getTime() ?? 0) + 86_400_000)
  const decide = (action: ContentAction, step?: ReviewStep) => {
    const asked = { action, actorId, roles, reason: '-', renewsUntil, reauthenticatedAt: at, ...(step && { step }) }
    const facts = stepFacts(read, asked, at)
    return decideContentStep({ ...facts, signedHash: facts.statementHash }, at)
  }
  const allowed = (action: ContentAction, step?: ReviewStep) => decide(action, step).allowed
  const stepsFor = (action: ContentAction) => reviewSteps.filter((step) => allowed(action, step))
  const bySteps = new Map<ContentAction, ReviewStep[]>(signing.map((action) => [action, stepsFor(action)]))
  const may = contentActions.filter((action) =>
    bySteps.has(action) ? bySteps.get(action)!.length > 0 : allowed(action),
  )
  const maySign = reviewSteps.filter((step) => signing.some((action) => bySteps.get(action)!.includes(step)))
  const mine = reviewSteps.find((step) => roles.includes(step))
  const tried = mine && read.piece.state === 'in_review' && !may.includes('sign') ? decide('sign', mine) : undefined
  return { may, maySign, mayNotSign: tried && !tried.allowed ? tried.refusals : [] }
}
const signing = ['sign', 'return', 'renew'] as const satisfies ContentAction[]
