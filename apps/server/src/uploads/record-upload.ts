import type { Transaction } from 'kysely'
import { askRendition } from '../content/renditions/ask-rendition.ts'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import type { Progress } from './find-upload.ts'
import { findStored, lockUpload, type Upload } from './queries.ts'
import { storedLifeMs } from './upload-limits.ts'

export type Problem = NonNullable<Progress['problem']>
type StoredFile = { fileHash: string; bytes: number; mime: string; kind: string }

/** The last step: only now may anything refer to the bytes. They were written and read again before. */
export async function recordStored(deps: Deps, uploadId: string, file: StoredFile): Promise<void> {
  await settle(deps, uploadId, async (trx, upload, at) => {
    const again = (await findStored(trx, file.fileHash)) !== undefined
    const row = { ...file, storedAt: at, storedBy: upload.personId }
    if (!again) await trx.insertInto('storedFile').ignore().values(row).execute()
    if (upload.purpose === 'content' && isDrawn(file.kind)) await askRendition(trx, at, file.fileHash)
    const endsAt = new Date(at.getTime() + storedLifeMs)
    const change = { state: 'stored' as const, fileHash: file.fileHash, problem: null, endsAt }
    await trx.updateTable('upload').set(change).where('id', '=', uploadId).execute()
    const { fileHash, bytes, kind } = file
    const detail = { fileHash, bytes, format: kind, purpose: upload.purpose, again }
    await audit(deps, trx, upload, at, { event: 'file.stored', detail })
  })
}

/** An article or a phrase is read, all else is looked at. */
const isDrawn = (format: string): boolean => format !== 'html' && format !== 'text'

/** Nothing refers to a refused file, and its parts are taken away. */
export async function recordRefused(deps: Deps, uploadId: string, problem: Problem): Promise<void> {
  await settle(deps, uploadId, async (trx, upload, at) => {
    await trx.updateTable('upload').set({ state: 'refused', problem }).where('id', '=', uploadId).execute()
    const detail = { bytes: upload.bytes, purpose: upload.purpose }
    await audit(deps, trx, upload, at, { event: 'file.refused', reason: problem, detail })
  })
}

/** One outcome an upload: whoever comes second finds it settled. */
async function settle(
  { db, now }: Deps,
  uploadId: string,
  work: (trx: Transaction<Database>, upload: Upload, at: Date) => Promise<void>,
): Promise<void> {
  await transact(db, async (trx) => {
    const upload = await lockUpload(trx, uploadId)
    if (upload?.state === 'open' || upload?.state === 'checking') await work(trx, upload, now())
  })
}

type Told = { event: 'file.stored' | 'file.refused'; reason?: string; detail: Record<string, unknown> }

function audit({ newId }: Deps, trx: Transaction<Database>, upload: Upload, at: Date, told: Told): Promise<void> {
  const actor = { kind: 'admin' as const, id: upload.personId }
  return appendAudit(trx, newId(), actor, at, { ...told, subjectId: upload.id })
}
