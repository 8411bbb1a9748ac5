import type { contentEndpoints, Input, Output } from '@vouch/contract'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { findPages } from './content-detail-queries.ts'
import { loadOfficeRoles } from '../../people/role-queries.ts'
import { loadPiece, type PieceRow } from './piece-lock.ts'

type Endpoint = typeof contentEndpoints.diffVersions
type Diff = Output<Endpoint>

const compared = [
  ...(['title', 'shortTitle', 'aliases', 'tags', 'cardTitle', 'cardDesc', 'cardHash', 'approvalNumber'] as const),
  ...(['class', 'product', 'market', 'language', 'audience', 'hospitalGrades', 'territories', 'repGroups'] as const),
  ...(['ways', 'mayForward', 'replacesLinks', 'changeNote', 'effectiveAt', 'expiresAt', 'fileName'] as const),
  'scriptPieces',
] as const

/** What differs between two versions of one document, field by field and page by page; from the one before by itself. */
export async function diffVersions(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Diff> {
  const { db, now } = deps
  await loadOfficeRoles(db, me.personId, now())
  const { piece, others } = await loadPiece(db, asked.contentItemId)
  const before = asked.withItemId
    ? others.find((other) => other.contentItemId === asked.withItemId)
    : others.findLast((other) => other.version < piece.version)
  if (asked.withItemId && !before) throw new AppError('content_not_found')
  if (!before) return { withItemId: null, fields: [], fileChanged: false, pages: [] }
  return {
    withItemId: before.contentItemId,
    fields: [...fieldsOf(before, piece), ...(await bodyOf(db, before, piece))],
    fileChanged: before.fileHash !== piece.fileHash,
    pages: await pagesOf(db, before, piece),
  }
}

function fieldsOf(before: PieceRow, after: PieceRow): Diff['fields'] {
  return compared
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }))
}

/** The text is read only when it is not the same. */
async function bodyOf(db: Kysely<Database>, before: PieceRow, after: PieceRow): Promise<Diff['fields']> {
  if (before.bodyHash === after.bodyHash) return []
  const rows = await db
    .selectFrom('contentItem')
    .select(['id', 'body'])
    .where('id', 'in', [before.contentItemId, after.contentItemId])
    .execute()
  const body = (piece: PieceRow) => rows.find((row) => row.id === piece.contentItemId)?.body
  return [{ field: 'body', before: body(before), after: body(after) }]
}

async function pagesOf(db: Kysely<Database>, before: PieceRow, after: PieceRow): Promise<Diff['pages']> {
  if (before.textHash === after.textHash && before.fileHash === after.fileHash) return []
  const [old, young] = await Promise.all([findPages(db, before.contentItemId), findPages(db, after.contentItemId)])
  const numbers = [...new Set([...old, ...young].map(({ number }) => number))].toSorted((one, other) => one - other)
  const text = (pages: typeof old, number: number) => pages.find((page) => page.number === number)?.text ?? null
  return numbers
    .map((number) => ({ number, before: text(old, number), after: text(young, number) }))
    .filter((page) => page.before !== page.after)
}
