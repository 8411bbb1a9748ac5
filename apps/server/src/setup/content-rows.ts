import type { Insertable } from 'kysely'
import type { Database } from '../db/schema.ts'
import { stepsOf } from '@vouch/rules'
import { parseCaptions, writeCaptions } from '../captions.ts'
import { sealed, statementOf, statementToBe } from '../statement.ts'
import { pieceSearchText, titleSound } from '../search-text.ts'
import { sha256 } from '../secrets.ts'
import type { Known, KnownPiece } from './known.ts'

export function contentRows(known: Known): Insertable<Database['contentItem']>[] {
  return known.pieces.map((one) => {
    const row = contentRow(known, one)
    if (!wasApproved(one)) return row
    const { scriptPieces: _, ...signed } = sealed({ ...row, scriptPieces: scriptOf(one) })
    return signed
  })
}

/** A script as it is signed; null for what is none. */
const scriptOf = ({ piece }: KnownPiece): string | null => piece.pieces?.join(',') ?? null

export function scriptRows({ pieces }: Known): Insertable<Database['scriptPiece']>[] {
  return pieces.flatMap(({ id, piece }) =>
    (piece.pieces ?? []).map((documentId, nth) => ({ contentItemId: id, position: nth + 1, documentId })),
  )
}

const wasApproved = ({ piece }: KnownPiece) => piece.state !== 'draft' && piece.state !== 'in_review'

function contentRow(known: Known, one: KnownPiece) {
  return {
    ...wording(known, one),
    ...lifeOf(known, one),
    ...fileOf(one),
    id: one.id,
    documentId: one.piece.documentId,
    version: one.piece.version,
    kind: one.piece.kind,
    class: one.piece.class,
    product: one.piece.product,
    market: one.piece.market,
    language: one.piece.language,
    audience: one.piece.audience.join(','),
    ways: one.piece.kinds.join(','),
    mayForward: one.piece.mayForward,
    ownerId: one.piece.owner ? known.personId(one.piece.owner) : null,
  }
}

function wording({ world }: Known, { piece, prepared }: KnownPiece) {
  const { title, shortTitle, aliases, cardTitle, cardDesc } = piece
  const product = world.products.find((one) => one.code === piece.product)
  const productNames = product ? [product.name, product.nameEn] : []
  const approvalNumber = piece.approvalNumber ?? ''
  return {
    ...{ title, shortTitle, cardTitle, cardDesc, approvalNumber, aliases: aliases.join('\n') },
    titleSound: titleSound(title),
    searchText: pieceSearchText({ title, shortTitle, aliases, approvalNumber, productNames }),
    cardHash: prepared.cardHash,
    body: prepared.body,
    captions: piece.captions ? writeCaptions(parseCaptions(piece.captions)) : null,
    captionsLanguage: piece.captions ? piece.language : '',
  }
}

/** `endedAt` is the withdrawal alone: whoever reads it takes the piece for withdrawn. */
function lifeOf(known: Known, one: KnownPiece) {
  const { at } = known
  const { state, createdAt, effectiveAt, expiresAt, withdrawn, approvals } = one.piece
  const signed = approvals.map((approval) => at(approval.at).getTime())
  const unpublished = state === 'draft' || state === 'in_review' || signed.length === 0
  return {
    state,
    createdAt: at(createdAt),
    publishedAt: unpublished ? at(createdAt) : new Date(Math.max(...signed)),
    effectiveAt: effectiveAt && at(effectiveAt),
    expiresAt: expiresAt && at(expiresAt),
    endedAt: withdrawn ? at(withdrawn.at) : null,
    withdrawnReason: withdrawn?.reason ?? null,
    supersededBy: successorOf(known, one)?.id ?? null,
    listedUntil: listedUntil(known, one),
    steps: state === 'draft' ? '' : stepsOf(one.piece.class).join(','),
    submittedAt: state === 'draft' ? null : at(createdAt),
    approvedAt: unpublished ? null : new Date(Math.max(...signed)),
    supersededAt: state === 'superseded' ? listedUntil(known, one) : null,
  }
}

const always = new Date('9999-12-31T00:00:00Z')
const stillShownMs = 30 * 24 * 60 * 60 * 1000

/** Reps see why a piece is gone for 30 days after its withdrawal or expiry; what a newer version replaced goes at once. */
function listedUntil({ at, pieces }: Known, { piece }: KnownPiece): Date {
  const { state, createdAt, withdrawn, expiresAt } = piece
  if (state === 'draft' || state === 'in_review') return at(createdAt)
  if (state === 'superseded') {
    const successor = successorOf({ pieces }, { piece })
    return at(successor?.piece.effectiveAt ?? successor?.piece.createdAt ?? createdAt)
  }
  const ends = [withdrawn?.at, expiresAt].flatMap((end) => (end ? [at(end).getTime()] : []))
  return ends.length === 0 ? always : new Date(Math.min(...ends) + stillShownMs)
}

/** The next version of a superseded piece; for a withdrawn one the approved version of what takes its place. */
function successorOf({ pieces }: Pick<Known, 'pieces'>, { piece }: Pick<KnownPiece, 'piece'>): KnownPiece | undefined {
  const { documentId, version, state, withdrawn } = piece
  if (state === 'superseded') {
    const later = pieces.filter((one) => one.piece.documentId === documentId && one.piece.version > version)
    return later.sort((one, other) => one.piece.version - other.piece.version)[0]
  }
  return pieces.find((one) => one.piece.documentId === withdrawn?.successor && one.piece.state === 'approved')
}

function fileOf(one: KnownPiece) {
  const { piece, prepared } = one
  const { fileHash, fileBytes, pageCount, seconds } = prepared
  return {
    ...{ fileHash, fileBytes, pageCount, seconds },
    approvedHash: wasApproved(one) ? fileHash : null,
    fileName: piece.file?.fileName ?? '',
    mime: piece.file?.mime ?? 'text/plain',
  }
}

export function pageRows({ pieces }: Known): Insertable<Database['contentPage']>[] {
  return pieces.flatMap(({ id, prepared }) => prepared.pages.map((page) => ({ contentItemId: id, ...page })))
}

/** All of it waits to be indexed. */
export function searchRows({ pieces, now }: Known): Insertable<Database['searchDue']>[] {
  return pieces.map(({ id }) => ({ contentItemId: id, fresh: 1, mark: 1, askedAt: now }))
}

/** Signatures that approve; a piece that was sent back is not signed. */
export function approvalRows(known: Known): Insertable<Database['contentApproval']>[] {
  const { world, pieces, at, personId } = known
  const names = new Map(world.people.map((person) => [person.wecomUserId, person.name]))
  return pieces.flatMap((one) => {
    const statement = statementOf(statementToBe({ ...contentRow(known, one), scriptPieces: scriptOf(one) }))
    return one.piece.approvals
      .filter((approval) => approval.decision === 'approved')
      .map(({ person, role, meaning, at: when }) => ({
        ...{ contentItemId: one.id, step: role, meaning, personId: personId(person), statement },
        ...{ personName: names.get(person) ?? '', provedBy: 'demo' as const },
        signedHash: sha256(statement),
        signedAt: at(when),
      }))
  })
}

/** Asks of contacts whose account is known. */
export function askRows({ world, at, personId, accountId }: Known): Insertable<Database['contentAsk']>[] {
  return world.asks.flatMap(({ externalUserId, rep, documentId, at: when }) => {
    const account = accountId(externalUserId)
    return account ? [{ accountId: account, documentId, repId: personId(rep), askedAt: at(when) }] : []
  })
}

export function favouriteRows({ world, now, personId }: Known): Insertable<Database['favourite']>[] {
  return world.favourites.map(({ rep, documentId }) => ({ repId: personId(rep), documentId, createdAt: now }))
}
