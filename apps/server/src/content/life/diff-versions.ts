import type { contentEndpoints, Input, Output } from '@vouch/contract'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { findPages } from './content-detail-queries.ts'
import { loadPiece, type PieceRow } from './piece-lock.ts'

type Endpoint = typeof contentEndpoints.diffVersions
type Diff = Output<Endpoint>

const compared = [
  ...(['title', 'shortTitle', 'aliases', 'tags', 'cardTitle', 'cardDesc', 'cardHash', 'approvalNumber'] as const),
  ...(['class', 'product', 'market', 'language', 'audience', 'hospitalGrades', 'territories', 'repGroups'] as const),
  ...(['ways', 'mayForward', 'replacesLinks', 'changeNote', 'effectiveAt', 'expiresAt', 'fileName'] as const),
  ...(['scriptPieces', 'captionsLanguage'] as const),
] as const

/** What differs between two versions of one document, field by field and page by page, from the earlier to the later. */
export async function diffVersions(deps: Deps, asked: Input<Endpoint>): Promise<Diff> {
  const { db, now } = deps
  const at = now()
  const { piece, others } = await loadPiece(db, asked.contentItemId)
  const other = asked.withItemId
    ? others.find(({ contentItemId }) => contentItemId === asked.withItemId)
    : baseOf(piece, others, at)
  if (asked.withItemId && !other) throw new AppError('content_not_found')
  if (!other) return { withItemId: null, before: null, after: sideOf(piece), fields: [], fileChanged: false, pages: [] }
  const [before, after] = other.version < piece.version ? [other, piece] : [piece, other]
  return {
    ...{ withItemId: other.contentItemId, before: sideOf(before), after: sideOf(after) },
    fields: [...fieldsOf(before, after), ...(await longTextsOf(db, before, after))],
    fileChanged: before.fileHash !== after.fileHash,
    pages: await pagesOf(db, before, after),
  }
}

/** What a version is held against by itself: the one in force, else the last that ever was, else the one before. */
function baseOf(piece: PieceRow, others: readonly PieceRow[], now: Date): PieceRow | undefined {
  const earlier = others.filter((other) => other.version < piece.version)
  const begun = ({ effectiveAt }: PieceRow) => effectiveAt === null || effectiveAt <= now
  return (
    earlier.findLast((other) => other.state === 'approved' && begun(other)) ??
    earlier.findLast((other) => other.approvedAt !== null) ??
    earlier.at(-1)
  )
}

const sideOf = ({ contentItemId, version, state }: PieceRow) => ({ contentItemId, version, lifeState: state })

function fieldsOf(before: PieceRow, after: PieceRow): Diff['fields'] {
  return compared
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }))
}

/** Long texts are read only when they are not the same. */
async function longTextsOf(db: Kysely<Database>, before: PieceRow, after: PieceRow): Promise<Diff['fields']> {
  const changed = (['body', 'captions'] as const).filter((text) => before[`${text}Hash`] !== after[`${text}Hash`])
  if (changed.length === 0) return []
  const rows = await db
    .selectFrom('contentItem')
    .select(['id', ...changed])
    .where('id', 'in', [before.contentItemId, after.contentItemId])
    .execute()
  const of = (piece: PieceRow) => rows.find((row) => row.id === piece.contentItemId)
  return changed.map((field) => ({ field, before: of(before)?.[field] ?? '', after: of(after)?.[field] ?? '' }))
}

async function pagesOf(db: Kysely<Database>, before: PieceRow, after: PieceRow): Promise<Diff['pages']> {
  const sameFile = before.fileHash === after.fileHash
  if (before.textHash === after.textHash && sameFile) return []
  const [old, young] = await Promise.all([findPages(db, before.contentItemId), findPages(db, after.contentItemId)])
  const numbers = [...new Set([...old, ...young].map(({ number }) => number))].toSorted((one, other) => one - other)
  return numbers
    .map((number) => ({
      number,
      before: pageOf(before, old, number),
      after: pageOf(after, young, number),
    }))
    .filter((page) => !sameFile || page.before?.text !== page.after?.text)
}

function pageOf({ contentItemId }: PieceRow, pages: Awaited<ReturnType<typeof findPages>>, number: number) {
  const page = pages.find((one) => one.number === number)
  if (!page) return null
  const { text, width, height, placeholder } = page
  return { text, width, height, placeholder, image: `/api/console/content/${contentItemId}/pages/${number}/720.webp` }
}
