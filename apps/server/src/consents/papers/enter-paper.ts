import type { consentEndpoints, Input, Output } from '@vouch/contract'
import type { Kysely } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { errnoOf, transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { requireRole } from '../../people/role-queries.ts'
import type { Session } from '../../people/sessions.ts'
import { consentWriters } from '../consent-roles.ts'

type Endpoint = typeof consentEndpoints.enterPaper
type Asked = Input<Endpoint>
const duplicateKey = 1062

/**
 * Enters the scan of a consent on paper: whose it is, what for, and the day on it. Nothing is consented to before somebody
 * else confirms it. The same request enters it once; another body is `request_id_reused`.
 */
export async function enterPaper(deps: Deps, me: Session, asked: Asked): Promise<Output<Endpoint>> {
  await requireRole(deps, me, consentWriters)
  const { db, now, newId } = deps
  const signedAt = new Date(`${asked.signedOn}T00:00:00+08:00`)
  if (signedAt > now()) throw new AppError('bad_request', { field: 'signedOn' })
  const repeated = await findEntered(db, me, asked)
  if (repeated) return repeated
  const scan = await loadScan(db, me, asked.uploadId)
  const account = await db.selectFrom('account').select('id').where('id', '=', asked.accountId).executeTakeFirst()
  if (!account) throw new AppError('account_not_found')
  const paperId = newId()
  const { accountId, language, note, requestId } = asked
  const purposes = [...new Set(asked.purposes)].join()
  try {
    await transact(db, async (trx) => {
      const at = now()
      await trx
        .insertInto('consentPaper')
        .values({
          ...{ id: paperId, accountId, purposes, language, signedAt, note, requestId, ...scan, stage: 'waiting' },
          ...{ enteredBy: me.personId, enteredAt: at, settledBy: null, settledAt: null },
        })
        .execute()
      await appendAudit(trx, newId(), { kind: 'admin', id: me.personId }, at, {
        ...{ event: 'consent_paper.entered', subjectId: paperId, accountId },
        detail: { purposes, fileHash: scan.fileHash, signedAt },
      })
    })
  } catch (fault) {
    if (errnoOf(fault) !== duplicateKey) throw fault
    const entered = await findEntered(db, me, asked)
    if (entered) return entered
    throw fault
  }
  return { paperId }
}

async function findEntered(db: Kysely<Database>, me: Session, asked: Asked) {
  const found = await db
    .selectFrom('consentPaper')
    .select(['id as paperId', 'accountId'])
    .where('enteredBy', '=', me.personId)
    .where('requestId', '=', asked.requestId)
    .executeTakeFirst()
  if (found && found.accountId !== asked.accountId) throw new AppError('request_id_reused')
  return found && { paperId: found.paperId }
}

async function loadScan(db: Kysely<Database>, me: Session, uploadId: string) {
  const scan = await db
    .selectFrom('upload')
    .innerJoin('storedFile', 'storedFile.fileHash', 'upload.fileHash')
    .select(['storedFile.fileHash', 'upload.fileName', 'storedFile.mime'])
    .where('upload.id', '=', uploadId)
    .where('upload.personId', '=', me.personId)
    .where('upload.purpose', '=', 'paper')
    .where('upload.state', '=', 'stored')
    .executeTakeFirst()
  if (!scan) throw new AppError('upload_not_found')
  return scan
}
