import { createReadStream } from 'node:fs'
import { mkdtemp, open, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mimeOf } from '../content/inspect/file-format.ts'
import { RenditionError } from '../content/renditions/rendition.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { hashFrom, hashOf } from '../files/file-hash.ts'
import { contentName, partName } from '../files/file-names.ts'
import { FileMismatch, type Promised } from '../files/files.ts'
import { checkFormat, listFormat } from './check-format.ts'
import { findParts, lockUpload, type Part } from './queries.ts'
import { recordRefused, recordStored, type Problem } from './record-upload.ts'
import { clearAway } from './sweep-uploads.ts'

/** The job ends before its lease does; the next one takes up what is left. */
const longestMs = 50_000

/**
 * Makes one file of the parts of each closed upload: put together beside, looked at by a process of its own, written
 * under its hash, read again, and only then recorded. Whoever is stopped at any point is followed by another who does
 * the same again, to the same end.
 */
export async function assembleUploads(deps: Deps): Promise<void> {
  const endsAt = performance.now() + longestMs
  for (let next = await findChecking(deps); next; next = await findChecking(deps)) {
    if (performance.now() > endsAt) return
    await assemble(deps, next)
  }
}

function findChecking({ db }: Deps) {
  return db
    .selectFrom('upload')
    .select(['id', 'purpose', 'fileName', 'sha256'])
    .where('state', '=', 'checking')
    .orderBy('endsAt')
    .limit(1)
    .executeTakeFirst()
}
type Checking = NonNullable<Awaited<ReturnType<typeof findChecking>>>

async function assemble(deps: Deps, upload: Checking): Promise<void> {
  const folder = await makeFolder()
  try {
    const path = join(folder, 'file')
    const lost = await putTogether(deps, upload.id, path)
    if (lost) return await reopen(deps, upload.id, lost)
    const problem = await store(deps, upload, path)
    if (problem) await recordRefused(deps, upload.id, problem)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  await clearAway(deps, upload.id)
}

const folderName = 'vouch-upload-'
const leftoverAgeMs = 24 * 3_600_000

/** A place to put parts together, and an end to those that stopped processes left there. */
async function makeFolder(): Promise<string> {
  const all = tmpdir()
  for (const name of await readdir(all)) {
    if (!name.startsWith(folderName)) continue
    const found = await stat(join(all, name)).catch(() => undefined)
    if (found && Date.now() - found.mtimeMs > leftoverAgeMs) await rm(join(all, name), { recursive: true, force: true })
  }
  return mkdtemp(join(all, folderName))
}

/** Each part is held against its own hash again. Returns the one that is gone or changed. */
async function putTogether({ db, files }: Deps, uploadId: string, path: string): Promise<Part | undefined> {
  const handle = await open(path, 'wx', 0o600)
  try {
    for (const part of await findParts(db, uploadId)) {
      const bytes = await files.read(partName(uploadId, part)).catch((fault: unknown) => {
        if (fault instanceof AppError && fault.code === 'not_found') return undefined
        throw fault
      })
      if (!bytes || hashOf(bytes) !== part.sha256) return part
      await handle.writeFile(bytes)
    }
  } finally {
    await handle.close()
  }
  return undefined
}

/** The client is asked for that part again. */
async function reopen({ db, files }: Deps, uploadId: string, lost: Part): Promise<void> {
  await files.remove(partName(uploadId, lost))
  await transact(db, async (trx) => {
    const upload = await lockUpload(trx, uploadId)
    if (upload?.state !== 'checking') return
    await trx.deleteFrom('uploadPart').where('uploadId', '=', uploadId).where('number', '=', lost.number).execute()
    await trx.updateTable('upload').set({ state: 'open', problem: 'part_lost' }).where('id', '=', uploadId).execute()
  })
}

async function store(deps: Deps, upload: Checking, path: string): Promise<Problem | undefined> {
  const whole = await hashFrom(createReadStream(path))
  if (upload.sha256 !== null && upload.sha256 !== whole.sha256) return 'other_bytes'
  const looked = await lookAt(deps, upload, path)
  if ('problem' in looked) return looked.problem
  if (!(await write(deps, whole, path))) return 'not_kept'
  await recordStored(deps, upload.id, { fileHash: whole.sha256, bytes: whole.bytes, ...looked })
  return undefined
}

/** What the bytes are, told by themselves; a list is read only when it is imported. */
async function lookAt({ renditions }: Deps, { purpose, fileName }: Checking, path: string) {
  if (purpose === 'import') return { kind: listFormat, mime: 'text/csv' }
  try {
    if (!renditions) throw new Error('there is nothing to look at files with')
    const { format } = await renditions.inspect(path)
    const problem = checkFormat(format, { purpose, fileName })
    return problem ? { problem } : { kind: format, mime: mimeOf(format) }
  } catch (fault) {
    if (fault instanceof RenditionError) return { problem: fault.problem }
    throw fault
  }
}

async function write({ files, log }: Deps, whole: Promised, path: string): Promise<boolean> {
  try {
    await files.putFrom(contentName(whole.sha256), createReadStream(path), whole)
    return true
  } catch (fault) {
    if (!(fault instanceof FileMismatch)) throw fault
    log.error({ fileHash: whole.sha256 }, 'the store holds other bytes under this hash')
    return false
  }
}
