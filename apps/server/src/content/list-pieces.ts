import type { Piece } from '@vouch/contract'
import { readCursor, writeCursor } from '../cursor.ts'
import type { Deps } from '../deps.ts'
import type { Around } from '../sends/chat-queries.ts'
import { describePiece, isUnreadNew } from './describe-piece.ts'
import { findPieces, findSuggested, pageSize, type ListFilter } from './queries.ts'

export type ListRep = { id: string; products: string[]; market: string }
type Asked = {
  rep: ListRep
  account: { id: string; specialty: string } | null
  around: Around | undefined
  filter: ListFilter
  cursor: string | null
}

/**
 * A page of the list: newest first by keyset. The first page of "recommended" begins with what this HCP asked for,
 * then new pieces they have not had, then what is sent most to their specialty.
 */
export async function listPage(
  { db, now, config }: Deps,
  asked: Asked,
): Promise<{ pieces: Piece[]; next: string | null }> {
  const at = now()
  const { rep, around, filter } = asked
  const recommended =
    asked.account !== null &&
    filter.view === 'recommended' &&
    filter.tab === 'content' &&
    !filter.query &&
    !filter.product &&
    !filter.kind
  const [newest, suggested] = await Promise.all([
    findPieces(db, rep, filter, { now: at, after: readCursor(asked.cursor), without: [] }),
    recommended && asked.account ? findSuggested(db, rep, asked.account, at, 8) : [],
  ])
  const page = newest.slice(0, pageSize)
  const last = page.at(-1)
  const next = newest.length > pageSize && last ? writeCursor({ at: last.publishedAt, id: last.contentItemId }) : null
  const describe = (row: (typeof newest)[number]) => describePiece(row, around, filter.query, at, config.PUBLIC_URL)

  const suggestedIds = new Set(suggested.map((row) => row.contentItemId))
  const rest = page.filter((row) => !suggestedIds.has(row.contentItemId))
  const fresh = recommended ? rest.filter((row) => isUnreadNew(row, around, at)) : []
  const first = asked.cursor === null
  const ranked = [
    ...(first
      ? suggested.filter((row) => row.askedAt).map((row) => ({ ...describe(row), why: 'asked' as const }))
      : []),
    ...fresh.map((row) => ({ ...describe(row), why: 'unread_new' as const })),
    ...(first
      ? suggested.filter((row) => !row.askedAt).map((row) => ({ ...describe(row), why: 'often_used' as const }))
      : []),
    ...rest.filter((row) => !fresh.includes(row)).map((row) => ({ ...describe(row), why: null })),
  ]
  return { pieces: ranked, next }
}
