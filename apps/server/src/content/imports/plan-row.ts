import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { contentName } from '../../files/file-names.ts'
import { changesOf, draftWords } from '../life/draft-words.ts'
import { readTextBody } from '../inspect/markdown.ts'
import { RenditionError } from '../renditions/rendition.ts'
import { fieldOf } from './columns.ts'
import { loadCard, type RowCard } from './row-card.ts'
import { check, RowError } from './row-error.ts'
import { checkScript, type Seen } from './row-script.ts'
import { findFile, findGroups, findNewest, findProductCode, type FoundFile, type Newest } from './row-queries.ts'
import type { ListRow } from './read-list.ts'
import { readRow, type RowFault, type RowValues } from './row-values.ts'

/** What a row would do. The same is asked in a dry run and, one row after another, in the run itself. */
export type Plan = { documentId: string | null } & (
  | { outcome: 'failed'; fault: RowFault }
  | { outcome: 'unchanged' }
  | ({ outcome: 'new' } & Wanted)
  | ({ outcome: 'new_version' | 'changed'; contentItemId: string; revision: number } & Wanted)
)
type Wanted = { values: RowValues; fileUploadId: string | null; card: RowCard['upload'] | undefined }
export type WritingPlan = Extract<Plan, Wanted>

export type ImportScope = { runId: string; personId: string; market: string }

/** A row as it stands, and the documents of the rows before it. */
export type AskedRow = { scope: ImportScope; row: ListRow; seen: Seen }

export async function planRow(deps: Deps, { scope, row, seen }: AskedRow): Promise<Plan> {
  const read = readRow(row)
  const documentId = row.fields.document_id || null
  try {
    if ('faults' in read) return { outcome: 'failed', documentId, fault: read.faults[0]! } // there is one at least
    if (seen.has(read.values.documentId)) throw new RowError('document_id', 'twice')
    return await planValues(deps, { scope, row, seen }, read.values)
  } catch (fault) {
    if (fault instanceof RowError) return { outcome: 'failed', documentId, fault: fault.fault }
    throw fault
  }
}

async function planValues(deps: Deps, { scope, seen }: AskedRow, given: RowValues): Promise<Plan> {
  const { documentId, kind } = given
  const newest = await findNewest(deps.db, documentId)
  if (newest) check(newest.kind === kind, 'kind', 'kind_changed')
  else checkNew(given)
  await checkScript(deps.db, { runId: scope.runId, seen }, given)
  const file = await loadFile(deps, scope, given)
  const card = await loadCard(deps, scope.personId, given)
  const values = await complete(deps, scope, { given, file, isNew: !newest })
  const words = fitting(values)
  const wanted = { values, card: card?.upload }
  if (!newest) return { outcome: 'new', documentId, ...wanted, fileUploadId: file?.uploadId ?? null }

  const sameFile = !file || file.isText || file.fileHash === newest.fileHash
  const beside = {
    ...(card && { cardHash: card.cardHash }),
    ...(given.script && { scriptPieces: given.script.join() }),
  }
  if (sameFile && !changesOf(newest, { ...words, ...beside })) return { outcome: 'unchanged', documentId }
  return planChange(scope, newest, { ...wanted, fileUploadId: sameFile ? null : file.uploadId })
}

/** Nobody's open version is written over but the importing author's own draft. */
function planChange({ personId }: ImportScope, newest: Newest, wanted: Wanted): Plan {
  const { documentId, id: contentItemId, revision, state, ownerId } = newest
  const mine = state === 'draft' && ownerId === personId
  check(mine || (state !== 'draft' && state !== 'in_review'), 'document_id', 'open_version_exists')
  return { outcome: mine ? 'changed' : 'new_version', documentId, contentItemId, revision, ...wanted }
}

function checkNew({ kind, wording, file, sha256, script }: RowValues): void {
  check(wording.class !== undefined, 'class', 'missing')
  const aboutProduct = wording.class === 'promotional' || wording.class === 'scientific'
  check(!aboutProduct || wording.product, 'product', 'missing')
  if (kind === 'script') return check(script, 'script', 'missing')
  const written = kind === 'phrase' || kind === 'article'
  check(file || sha256 || (written && wording.body), written ? 'body' : 'file', 'missing')
}

async function loadFile({ db }: Deps, scope: ImportScope, { file, sha256, kind }: RowValues) {
  if (!file && !sha256) return undefined
  const found = await findFile(db, { personId: scope.personId, file, sha256, kind })
  const field = file ? 'file' : 'sha256'
  check(found, field, 'no_such_file')
  check(found.fits, field, 'file_not_fit')
  return found
}

type Given = { given: RowValues; file: FoundFile | undefined; isNew: boolean }

/** With what a new piece needs, a product by its code, and the text that was brought in as a file. */
async function complete({ db, files }: Deps, scope: ImportScope, { given, file, isNew }: Given): Promise<RowValues> {
  const wording = { ...(isNew && { market: scope.market, language: 'zh-CN' as const, product: '' }), ...given.wording }
  if (wording.product) {
    const code = await findProductCode(db, wording.product)
    check(code, 'product', 'not_known')
    wording.product = code
  }
  const groups = new Set(wording.repGroups)
  check(groups.size === 0 || (await findGroups(db, [...groups])) === groups.size, 'rep_groups', 'not_known')
  if (file?.isText) wording.body = textOf(given, await files.read(contentName(file.fileHash)))
  return { ...given, wording }
}

function textOf({ kind, file }: RowValues, bytes: Buffer): string {
  try {
    return readTextBody(kind, bytes)
  } catch (fault) {
    if (fault instanceof RenditionError) throw new RowError(file ? 'file' : 'sha256', 'file_not_fit')
    throw fault
  }
}

/** The columns as a draft keeps them, by the rules of drafts. */
function fitting({ kind, wording }: RowValues) {
  try {
    return draftWords(kind, wording as Parameters<typeof draftWords>[1]) // the same names without the draft they go to
  } catch (fault) {
    if (fault instanceof AppError && fault.code === 'bad_request') throw new RowError(fieldOf(fault.field), 'not_valid')
    throw fault
  }
}
