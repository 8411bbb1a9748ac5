import type { Piece } from '@vouch/contract'
import { checkApproval } from '@vouch/rules'
import { readCursor, writeCursor } from '../cursor.ts'
import type { Deps } from '../deps.ts'
import type { Around } from '../sends/chat-queries.ts'
import { asContentFacts } from '../sends/row-facts.ts'
import { describePiece, isUnreadNew } from './describe-piece.ts'
import { findDocuments, findPieces, pageSize, type ListFilter, type PieceRow, type Scope } from './queries.ts'
import { searchList } from './search-list.ts'

type Asked = {
  rep: Scope
  favourites: string[]
  /** The doctor of this chat, with what they asked for lately. */
  account: { specialty: string; asks: string[] } | null
  around: Around | undefined
  filter: ListFilter
  cursor: string | null
}
type PiecePage = { pieces: Piece[]; next: string | null }
type Ranked = { row: PieceRow; why: Piece['why'] }
type ListedPiece = { row: PieceRow; piece: Piece }

/**
 * A page of the list: newest first by keyset. The first page of "recommended" begins with what this HCP asked for,
 * then new pieces they have not had, then what is sent most to their specialty; what may go now before all that may not.
 */
export async function listPage(deps: Deps, asked: Asked): Promise<PiecePage> {
  const { db, now, config, shelf } = deps
  const at = now()
  const { rep, filter, cursor } = asked
  const plain = filter.tab === 'content' && filter.view !== 'favourites' && !filter.product && !filter.kind
  if (filter.query.trim() !== '') return foundPage(deps, asked, at)
  const [rows, asks, used] = await Promise.all([
    plain && !cursor ? shelf.newest(rep, at) : findPieces(db, rep, filter, { now: at, after: readCursor(cursor) }),
    plain && asked.account && asked.account.asks.length > 0 ? findDocuments(db, rep, asked.account.asks, at) : [],
    plain && asked.account ? shelf.mostUsed(rep, asked.account.specialty, at) : [],
  ])
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  const suggest = plain && filter.view === 'recommended'
  const ranked = suggest
    ? rank({ page, asks, used, first: !cursor }, asked.around, at)
    : page.map((row) => ({ row, why: null }))
  const favourites = new Set(asked.favourites)
  const about = { around: asked.around, favourites, now: at, publicUrl: config.PUBLIC_URL }
  const listed = ranked.map(({ row, why }) => ({ row, piece: { ...describePiece(row, about), why } }))
  return {
    pieces: (suggest ? sendableFirst(listed, at) : listed).map(({ piece }) => piece),
    next: rows.length > pageSize && last ? writeCursor({ at: last.publishedAt, id: last.contentItemId }) : null,
  }
}

/** What may go now stands before what may not; before it is known to whom, what is in force before what is not. */
function sendableFirst(pieces: readonly ListedPiece[], now: Date): ListedPiece[] {
  const mayGo = ({ row, piece }: ListedPiece) =>
    (piece.refusals ?? checkApproval(asContentFacts(row), now)).length === 0
  return [...pieces.filter(mayGo), ...pieces.filter((one) => !mayGo(one))]
}

/** A page of what was searched for, in the order of the search. */
async function foundPage({ db, config }: Deps, asked: Asked, now: Date): Promise<PiecePage> {
  const { rows, next } = await searchList(db, asked.rep, asked.filter, { now, cursor: asked.cursor })
  const favourites = new Set(asked.favourites)
  const about = { around: asked.around, favourites, now, publicUrl: config.PUBLIC_URL }
  return { pieces: rows.map(({ row, found }) => describePiece(row, { ...about, found })), next }
}

/** A piece that is suggested stands where it is suggested, on the first page, and nowhere else. */
function rank(
  found: { page: PieceRow[]; asks: PieceRow[]; used: PieceRow[]; first: boolean },
  around: Around | undefined,
  now: Date,
): Ranked[] {
  const asks: Ranked[] = found.asks.map((row) => ({ row, why: 'asked' }))
  const asked = new Set(found.asks.map((row) => row.contentItemId))
  const used: Ranked[] = found.used
    .filter((row) => !asked.has(row.contentItemId))
    .map((row) => ({ row, why: 'often_used' }))
  const suggested = new Set([...asked, ...found.used.map((row) => row.contentItemId)])
  const rest: Ranked[] = found.page
    .filter((row) => !suggested.has(row.contentItemId))
    .map((row) => ({ row, why: isUnreadNew(row, around, now) ? 'unread_new' : null }))
  const fresh = rest.filter(({ why }) => why === 'unread_new')
  const others = rest.filter(({ why }) => why === null)
  return found.first ? [...asks, ...fresh, ...used, ...others] : [...fresh, ...others]
}
