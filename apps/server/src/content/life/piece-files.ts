import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { ContentItemTable } from '../../db/tables/content.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { contentName } from '../../files/file-names.ts'
import { sha256 } from '../../secrets.ts'
import { cardPictureName } from '../card-picture.ts'
import { writeCaptions } from '../../captions.ts'
import { readCaptions } from '../captions/read-captions.ts'
import { cleanArticle } from '../inspect/clean-article.ts'
import { cardFrom, drawCard } from '../renditions/draw-card.ts'
import { fitsKind, type FileFormat } from '../inspect/file-format.ts'
import { readTextBody } from '../inspect/markdown.ts'
import { renditionCaps } from '../renditions/rendition.ts'

type Kind = ContentItemTable['kind']
/** What a finished upload makes of a piece; a text is read and kept with the piece itself. */
export type TakenFile = {
  fileHash: string | null
  fileBytes: number
  fileName: string
  mime: string
  body?: string
}
/** Of captions null takes them away. */
export type TakenFiles = { file?: TakenFile; cardHash?: string; captions?: string | null }
type Asked = {
  kind: Kind
  fileUploadId?: string | null | undefined
  cardUploadId?: string | null | undefined
  posterUploadId?: string | null | undefined
  captionsUploadId?: string | null | undefined
}

/**
 * Takes what was uploaded, before any lock is held: only bytes that were looked at and stored under their hash. A poster
 * is the card picture of a video that has no other. Null takes the file or picture away.
 */
export async function takeFiles(deps: Deps, personId: string, asked: Asked): Promise<TakenFiles> {
  const { kind, fileUploadId, cardUploadId, posterUploadId, captionsUploadId } = asked
  if (posterUploadId && kind !== 'video') throw new AppError('bad_request', { field: 'posterUploadId' })
  if (captionsUploadId && kind !== 'video') throw new AppError('bad_request', { field: 'captionsUploadId' })
  const taken: TakenFiles = {}
  if (fileUploadId) taken.file = await takeFile(deps, personId, kind, fileUploadId)
  if (fileUploadId === null) taken.file = { fileHash: null, fileBytes: 0, fileName: '', mime: 'text/plain' }
  if (cardUploadId) taken.cardHash = await takeCard(deps, { personId, uploadId: cardUploadId, purpose: 'card' })
  else if (posterUploadId) {
    taken.cardHash = await takeCard(deps, { personId, uploadId: posterUploadId, purpose: 'poster' })
  } else if (cardUploadId === null) taken.cardHash = await plainCard(deps, kind)
  if (captionsUploadId) taken.captions = await takeCaptions(deps, personId, captionsUploadId)
  if (captionsUploadId === null) taken.captions = null
  return taken
}

async function takeFile(deps: Deps, personId: string, kind: Kind, uploadId: string): Promise<TakenFile> {
  const file = await loadStored(deps.db, { personId, uploadId, purpose: 'content' })
  if (!fitsKind(file.kind as FileFormat, kind)) throw new AppError('bad_request', { field: 'fileUploadId' }) // written from the list
  if (kind !== 'article' && kind !== 'phrase') {
    const { fileHash, bytes, fileName, mime } = file
    return { fileHash, fileBytes: Number(bytes), fileName, mime }
  }
  if (Number(file.bytes) > renditionCaps.textBytes) throw new AppError('bad_request', { field: 'fileUploadId' })
  const body = readTextBody(kind, await deps.files.read(contentName(file.fileHash)))
  return { fileHash: null, fileBytes: 0, fileName: '', mime: 'text/plain', body }
}

async function takeCaptions(deps: Deps, personId: string, uploadId: string): Promise<string> {
  const { fileHash } = await loadStored(deps.db, { personId, uploadId, purpose: 'captions' })
  return writeCaptions(readCaptions(await deps.files.read(contentName(fileHash))))
}

/** What is kept of a text that an author wrote or brought in. */
export const asBody = (kind: Kind, text: string): string => (kind === 'article' ? cleanArticle(text) : text.trim())

type AskedUpload = { personId: string; uploadId: string; purpose: 'content' | 'card' | 'poster' | 'captions' }

async function takeCard(deps: Deps, asked: AskedUpload): Promise<string> {
  const { fileHash } = await loadStored(deps.db, asked)
  const picture = await deps.files.read(contentName(fileHash))
  const card = await cardFrom(picture).catch(() => {
    throw new AppError('bad_request', { field: `${asked.purpose}UploadId` })
  })
  return keepCard(deps, card)
}

/** The neutral picture of a kind: what a piece has before it is given one. */
export const plainCard = async (deps: Deps, kind: Kind): Promise<string> => keepCard(deps, await drawCard(kind))

async function keepCard({ files }: Deps, card: Buffer): Promise<string> {
  const hash = sha256(card)
  await files.put(cardPictureName(hash), card)
  return hash
}

/** Throws `upload_not_found` for one that is somebody else's, for something else, or not finished. */
async function loadStored(db: Kysely<Database>, { personId, uploadId, purpose }: AskedUpload) {
  const found = await db
    .selectFrom('upload')
    .innerJoin('storedFile', 'storedFile.fileHash', 'upload.fileHash')
    .select(['upload.fileName', 'storedFile.fileHash', 'storedFile.bytes', 'storedFile.mime', 'storedFile.kind'])
    .where('upload.id', '=', uploadId)
    .where('upload.personId', '=', personId)
    .where('upload.purpose', '=', purpose)
    .where('upload.state', '=', 'stored')
    .executeTakeFirst()
  if (!found) throw new AppError('upload_not_found')
  return found
}
