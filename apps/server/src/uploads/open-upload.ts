import type { Input, uploadEndpoints } from '@vouch/contract'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { findRoles } from '../people/queries.ts'
import { holdsOne } from '../people/role-queries.ts'
import type { Session } from '../people/sessions.ts'
import { checkFormat } from './check-format.ts'
import { loadUpload, progressOf, type Progress } from './find-upload.ts'
import { countOpen, findBegun, findStored } from './queries.ts'
import { recordRefused, recordStored } from './record-upload.ts'
import { longestUpload, mostOpen, openLifeMs, partBytes, type Purpose } from './upload-limits.ts'

/** Each door knows purposes of its own. */
type Asked = Omit<Input<typeof uploadEndpoints.openUpload>, 'purpose'> & { purpose: Purpose }

/**
 * Begins an upload. Bytes that are here already are not sent again: who names them by their hash has the file. One that
 * was begun with the same hash goes on where it was. Only for who has one of these roles. Throws `too_large`, `too_many_requests` with too many open ones.
 */
export async function openUpload(deps: Deps, me: Session, given: Asked, roles: readonly string[]): Promise<Progress> {
  // Asked anew: the rep's door lets in whoever has a session there, also who is no rep any more.
  if (!holdsOne(await findRoles(deps.db, me.personId, deps.now()), roles)) throw new AppError('wrong_role')
  const asked = { ...given, fileName: given.fileName.normalize('NFC') } // a Mac takes accents apart
  if (asked.bytes > longestUpload[asked.purpose]) throw new AppError('too_large')
  const { sha256 } = asked
  const now = deps.now()
  const begun = sha256 && (await findBegun(deps.db, { ...asked, sha256, personId: me.personId, now }))
  if (begun) return progressOf(deps, begun)
  if ((await countOpen(deps.db, me.personId, now)) >= mostOpen)
    throw new AppError('too_many_requests', { retryAfterMs: 60_000 })

  const uploadId = await insertUpload(deps, me, asked, now)
  if (sha256) await useStored(deps, { ...asked, sha256, uploadId })
  return progressOf(deps, await loadUpload(deps, me, uploadId))
}

async function insertUpload({ db, newId }: Deps, me: Session, asked: Asked, now: Date): Promise<string> {
  const { purpose, fileName, bytes, sha256 } = asked
  const row = { id: newId(), personId: me.personId, ...{ purpose, fileName, bytes, sha256, partBytes } }
  const life = { state: 'open' as const, createdAt: now, endsAt: new Date(now.getTime() + openLifeMs) }
  await db
    .insertInto('upload')
    .values({ ...row, ...life, problem: null, fileHash: null })
    .execute()
  return row.id
}

/** The name and the purpose are new even when the bytes are not. */
async function useStored(deps: Deps, asked: Asked & { sha256: string; uploadId: string }): Promise<void> {
  const stored = await findStored(deps.db, asked.sha256)
  if (!stored || stored.bytes !== asked.bytes) return
  const problem = checkFormat(stored.kind, asked)
  if (problem) return recordRefused(deps, asked.uploadId, problem)
  await recordStored(deps, asked.uploadId, stored)
}
