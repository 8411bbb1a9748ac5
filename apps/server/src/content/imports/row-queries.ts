import { sql, type Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { fileFormats, fitsKind } from '../inspect/file-format.ts'
import type { Kind } from './row-values.ts'

const words = [
  ...(['title', 'shortTitle', 'aliases', 'tags', 'cardTitle', 'cardDesc', 'body', 'approvalNumber'] as const),
  ...(['class', 'product', 'market', 'language', 'audience', 'hospitalGrades', 'territories', 'repGroups'] as const),
  ...(['ways', 'mayForward', 'changeNote', 'effectiveAt', 'expiresAt'] as const),
] as const

/** The newest version of a document, whatever its state. */
export function findNewest(db: Kysely<Database>, documentId: string) {
  return db
    .selectFrom('contentItem')
    .select(['id', 'documentId', 'version', 'revision', 'state', 'ownerId', 'kind', 'fileHash', 'cardHash'])
    .select(words)
    .select(
      sql<string>`coalesce((select group_concat(script_piece.document_id order by position) from script_piece
        where script_piece.content_item_id = content_item.id), '')`.as('scriptPieces'),
    )
    .where('documentId', '=', documentId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
}
export type Newest = NonNullable<Awaited<ReturnType<typeof findNewest>>>

type AskedFile = { personId: string; file: string; sha256: string; kind: Kind }
/** `isText`: it is read and becomes part of the piece. */
export type FoundFile = { uploadId: string; fileHash: string; fits: boolean; isText: boolean }

/** The file of that name, or of that hash, which this person uploaded last. */
export async function findFile(db: Kysely<Database>, asked: AskedFile): Promise<FoundFile | undefined> {
  let uploads = db
    .selectFrom('upload')
    .innerJoin('storedFile', 'storedFile.fileHash', 'upload.fileHash')
    .select(['upload.id as uploadId', 'storedFile.fileHash', 'storedFile.kind as format'])
    .where('upload.personId', '=', asked.personId)
    .where('upload.state', '=', 'stored')
    .where('upload.purpose', '=', 'content')
  if (asked.file) uploads = uploads.where('upload.fileName', '=', asked.file)
  if (asked.sha256) uploads = uploads.where('upload.fileHash', '=', asked.sha256)
  const found = await uploads
    .orderBy('upload.createdAt', 'desc')
    .orderBy('upload.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!found) return undefined
  const { uploadId, fileHash } = found
  const format = fileFormats.find((known) => known === found.format)
  const fits = format !== undefined && fitsKind(format, asked.kind)
  return { uploadId, fileHash, fits, isText: asked.kind === 'article' || asked.kind === 'phrase' }
}

/** The picture of that name which this person uploaded last for that purpose. */
export function findPicture(
  db: Kysely<Database>,
  asked: { personId: string; fileName: string; purpose: 'card' | 'poster' },
): Promise<{ uploadId: string; fileHash: string } | undefined> {
  return db
    .selectFrom('upload')
    .innerJoin('storedFile', 'storedFile.fileHash', 'upload.fileHash')
    .select(['upload.id as uploadId', 'storedFile.fileHash'])
    .where('upload.personId', '=', asked.personId)
    .where('upload.fileName', '=', asked.fileName)
    .where('upload.purpose', '=', asked.purpose)
    .where('upload.state', '=', 'stored')
    .orderBy('upload.createdAt', 'desc')
    .orderBy('upload.id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** A product may be named by its name. */
export async function findProductCode(db: Kysely<Database>, named: string): Promise<string | undefined> {
  const found = await db
    .selectFrom('product')
    .select('code')
    .where((eb) => eb.or([eb('code', '=', named), eb('name', '=', named), eb('nameEn', '=', named)]))
    .executeTakeFirst()
  return found?.code
}

/** How many of these groups of reps there are. */
export async function findGroups(db: Kysely<Database>, codes: string[]): Promise<number> {
  const found = await db.selectFrom('repGroup').select('code').where('code', 'in', codes).execute()
  return found.length
}
