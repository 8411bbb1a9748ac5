import type { contentEndpoints, Input, Output } from '@vouch/contract'
import type { Transaction, Updateable } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { ContentItemTable } from '../../db/tables/content.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { findRoles } from '../../people/queries.ts'
import type { Session } from '../../people/sessions.ts'
import { sha256 } from '../../secrets.ts'
import { askRendition } from '../renditions/ask-rendition.ts'
import { changesOf, draftWords, findSearchText } from './draft-words.ts'
import { takeFiles, type TakenFiles } from './piece-files.ts'
import { loadPiece, lockPiece, type PieceRow } from './piece-lock.ts'
import { decideStep, readStepFacts } from './step-facts.ts'
import { addWriter } from './writers.ts'
import { writePostings } from '../write-postings.ts'

type Endpoint = typeof contentEndpoints.editDraft
type Asked = Input<Endpoint>

/**
 * Saves what an author changed in a draft, their own or a colleague's. Throws `stale_revision` when somebody saved in between. Once it is in review
 * nothing here changes it: every statement asks for a draft.
 */
export async function editDraft(deps: Deps, me: Session, asked: Asked): Promise<Output<Endpoint>> {
  const { db, now } = deps
  const { kind } = (await loadPiece(db, asked.contentItemId)).piece
  const taken = await takeFiles(deps, me.personId, { ...asked, kind })
  const words = draftWords(kind, asked)
  return transact(db, async (trx) => {
    const read = await readStepFacts(trx, await lockPiece(trx, asked.contentItemId))
    const at = now()
    const roles = await findRoles(trx, me.personId, at)
    const decision = await decideStep(deps, trx, { read, at, asked: { action: 'edit', actorId: me.personId, roles } })
    if (!decision.allowed) return { outcome: 'refused', refusals: decision.refusals }
    const revision = await save(deps, trx, { me, asked, words, taken, at, piece: read.piece })
    return { outcome: 'done', contentItemId: asked.contentItemId, revision }
  })
}

type Edit = {
  me: Session
  asked: Asked
  words: Updateable<ContentItemTable>
  taken: TakenFiles
  piece: PieceRow
  at: Date
}

async function save({ newId }: Deps, trx: Transaction<Database>, edit: Edit): Promise<number> {
  const { me, asked, words, taken, piece, at } = edit
  if (piece.revision !== asked.revision) throw new AppError('stale_revision')
  const changed: Updateable<ContentItemTable> = {
    ...words,
    ...(taken.cardHash && { cardHash: taken.cardHash }),
    ...takenFile(piece, taken),
    ...takenCaptions(piece, taken, asked),
  }
  const script = await saveScript(trx, piece, asked.scriptPieces)
  const changes = changesOf({ ...piece, scriptPieces: piece.scriptPieces ?? '' }, { ...told(changed), ...script })
  if (!changes) return piece.revision
  const searchText = await findSearchText(trx, { ...piece, ...(words as Partial<PieceRow>) }) // texts and nothing computed
  const revision = piece.revision + 1
  await saveDraft(trx, piece, { ...changed, searchText, revision })
  if ('pageCount' in changed)
    await trx.deleteFrom('contentPage').where('contentItemId', '=', asked.contentItemId).execute()
  if (changed.fileHash) await askRendition(trx, at, changed.fileHash)
  await writePostings(trx, at, asked.contentItemId)
  await addWriter(trx, { contentItemId: asked.contentItemId, personId: me.personId, at })
  await appendAudit(trx, newId(), { kind: 'admin', id: me.personId }, at, {
    ...{ event: 'content.edited', subjectId: asked.contentItemId, detail: { revision }, ...changes },
  })
  return revision
}

/** The one way in which words change. Throws `content_frozen` when it is no draft any more. */
export async function saveDraft(
  trx: Transaction<Database>,
  { contentItemId }: Pick<PieceRow, 'contentItemId'>,
  change: Updateable<ContentItemTable>,
): Promise<void> {
  const saved = await trx
    .updateTable('contentItem')
    .set(change)
    .where('id', '=', contentItemId)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  if (saved.numUpdatedRows === 0n) throw new AppError('content_frozen')
}

/** Another file takes the pages of the one before with it; the same one changes nothing. */
function takenFile(piece: PieceRow, { file }: TakenFiles): Updateable<ContentItemTable> {
  if (!file) return {}
  const text = piece.kind === 'article' || piece.kind === 'phrase'
  if (text) return file.body === undefined ? {} : { body: file.body }
  if (file.fileHash === piece.fileHash) return { fileName: file.fileName }
  const { fileHash, fileBytes, fileName, mime } = file
  return { fileHash, fileBytes, fileName, mime, pageCount: 0, seconds: 0, textHash: null }
}

/** Captions are in the language of their piece unless it is said otherwise; without any there is none to be in. */
function takenCaptions(piece: PieceRow, { captions }: TakenFiles, asked: Asked): Updateable<ContentItemTable> {
  if (captions === null) return { captions, captionsLanguage: '' }
  if (captions === undefined && piece.captionsHash === null) {
    if (asked.captionsLanguage) throw new AppError('bad_request', { field: 'captionsLanguage' })
    return {}
  }
  const captionsLanguage = asked.captionsLanguage ?? (piece.captionsLanguage || (asked.language ?? piece.language))
  return { ...(captions && { captions }), captionsLanguage }
}

/** For the trail: of a long text its hash, of pages nothing that follows from the file. */
function told({
  body,
  captions,
  pageCount: _pages,
  seconds: _seconds,
  textHash: _text,
  ...changed
}: Updateable<ContentItemTable>) {
  const said = captions !== undefined && { captionsHash: captions && sha256(captions) }
  return { ...changed, ...said, ...(body !== undefined && { bodyHash: sha256(body) }) }
}

/** The documents a script names, in their order; each must be one of ours. */
async function saveScript(trx: Transaction<Database>, piece: PieceRow, documents: readonly string[] | undefined) {
  if (documents === undefined) return {}
  const known = await findDocuments(trx, documents)
  const fits = piece.kind === 'script' && new Set(documents).size === documents.length
  if (!fits || known !== documents.length) throw new AppError('bad_request', { field: 'scriptPieces' })
  const { contentItemId } = piece
  await trx.deleteFrom('scriptPiece').where('contentItemId', '=', contentItemId).execute()
  const rows = documents.map((documentId, index) => ({ contentItemId, position: index + 1, documentId }))
  if (rows.length > 0) await trx.insertInto('scriptPiece').values(rows).execute()
  return { scriptPieces: documents.join(',') }
}

async function findDocuments(trx: Transaction<Database>, documents: readonly string[]): Promise<number> {
  if (documents.length === 0) return 0
  const found = await trx
    .selectFrom('contentItem')
    .select('documentId')
    .distinct()
    .where('documentId', 'in', documents)
    .where('kind', '!=', 'script')
    .execute()
  return found.length
}
