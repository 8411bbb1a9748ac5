import type { Piece } from '@vouch/contract'
import {
  decideSend,
  scriptSince,
  shanghaiDay,
  standingOf,
  verdict,
  type MessageKind,
  type PastSend,
} from '@vouch/rules'
import type { Around } from '../sends/chat-queries.ts'
import { listOf } from '../sends/around-queries.ts'
import { asContentFacts } from '../sends/row-facts.ts'
import { fillNames, type PieceRow } from './queries.ts'
import type { Found } from './search/search-pieces.ts'

/** How a piece travels unless the rep chooses otherwise: link first, then text, then the media kinds. */
export function defaultWay(ways: readonly string[]): MessageKind {
  const order: MessageKind[] = ['news', 'text', 'image', 'video', 'file', 'miniprogram']
  return order.find((way) => ways.includes(way)) ?? 'news'
}

type About = {
  around: Around | undefined
  favourites: Set<string>
  /** What a search found of it. */
  found?: Pick<Found, 'highlights' | 'excerpt'>
  /** WeCom holds its file. Lists take it for granted: the sheet has it prepared. */
  mediaReady?: boolean
  now: Date
  publicUrl: string
}

/** A piece as a list shows it; only a script has steps. */
export type DescribedRow = Omit<PieceRow, 'steps'> & Partial<Pick<PieceRow, 'steps'>>

/** A row of the list, decided by the same rule that will judge the tap. */
export function describePiece(row: DescribedRow, about: About): Piece {
  const { around, found, now, mediaReady = true } = about
  const { sendAs, content } = asSent(row)
  const last = around?.pastSends.find((send) => send.documentId === row.documentId)
  const decision =
    around && decideSend({ ...around.facts, content, asked: { kind: sendAs, again: false, mediaReady } }, now)
  const {
    contentItemId,
    documentId,
    version,
    title,
    kind,
    product,
    language,
    approvalNumber,
    seconds,
    effectiveAt,
    expiresAt,
  } = row
  return {
    ...{
      contentItemId,
      documentId,
      version,
      title,
      kind,
      product,
      language,
      approvalNumber,
      seconds,
      effectiveAt,
      expiresAt,
      sendAs,
    },
    highlights: found?.highlights ?? [],
    ...(found?.excerpt ? { excerpt: found.excerpt } : {}),
    ...(row.kind === 'script' ? { steps: countSteps(listOf(row.steps ?? null), around, now) } : {}),
    pages: row.pageCount,
    thumbnail: row.cardHash ? `${about.publicUrl}/card/${row.cardHash}.jpg` : null,
    text: row.kind === 'phrase' ? fillNames(row.body, around?.names ?? { doctor: '{doctor}', rep: '{rep}' }) : '',
    favourite: about.favourites.has(row.documentId),
    why: null,
    lastSent: last ? describeLast(last, around, row.pageCount) : null,
    refusals: decision ? (decision.allowed ? [] : decision.refusals) : null,
  }
}

/** A script does not travel itself: what is weighed is all about it but the way. */
function asSent(row: DescribedRow) {
  const content = asContentFacts(row)
  if (row.kind !== 'script') return { sendAs: defaultWay(listOf(row.ways)), content }
  return { sendAs: 'text' as const, content: { ...content, kinds: ['text' as const] } }
}

/** How far a script went with this HCP. */
function countSteps(documentIds: readonly string[], around: Around | undefined, now: Date) {
  if (!around) return { sent: 0, of: documentIds.length }
  const since = scriptSince(around.facts.policy, now)
  const sent = documentIds.filter((id) => standingOf(id, around.pastSends, since).standing === 'sent')
  return { sent: sent.length, of: documentIds.length }
}

function describeLast(last: PastSend, around: Around | undefined, of: number): NonNullable<Piece['lastSent']> {
  const read = around?.reading.find((reading) => reading.sendId === last.sendId)
  return {
    sendId: last.sendId,
    at: last.authorisedAt,
    verdict: verdict(last.facts),
    reading: read ? { pages: Number(read.pagesRead), of, seconds: Math.round(Number(read.readMs) / 1_000) } : null,
  }
}

/** New for this HCP: published in the last 30 Shanghai days and never sent to them. */
export function isUnreadNew(row: PieceRow, around: Around | undefined, now: Date): boolean {
  if (!around || row.state !== 'approved') return false
  const days = (now.getTime() - row.publishedAt.getTime()) / 86_400_000
  return (
    days <= 30 &&
    shanghaiDay(row.publishedAt) <= shanghaiDay(now) &&
    !around.pastSends.some((send) => send.documentId === row.documentId)
  )
}
