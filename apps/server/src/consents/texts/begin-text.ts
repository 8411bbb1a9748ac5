import type { consentEndpoints, Input, Output } from '@vouch/contract'
import { consentLanguages, decideTextStep } from '@vouch/rules'
import type { Kysely, Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { findRoles } from '../../people/queries.ts'
import type { Session } from '../../people/sessions.ts'
import { findActive, lockPurposes, textSubject } from './text-queries.ts'
import { recordRefused } from './text-step.ts'

type Endpoint = typeof consentEndpoints.beginText
type Asked = Input<Endpoint>

/**
 * Begins the next text of a purpose with the words of the one in force. One at a time is written: of ten who begin at once
 * one does. The same request gets the same version.
 */
export async function beginText(deps: Deps, me: Session, asked: Asked): Promise<Output<Endpoint>> {
  return transact(deps.db, async (trx) => {
    const purposes = await lockPurposes(trx)
    const repeated = await findBegun(trx, asked)
    if (repeated) return { outcome: 'done', ...repeated }
    const at = deps.now()
    const open = purposes.find((one) => one.purpose === asked.purpose)?.openVersion ?? null
    const step = { action: 'begin' as const, actorId: me.personId, at }
    const decision = decideTextStep(
      {
        ...{ action: 'begin', actorId: me.personId, roles: await findRoles(trx, me.personId, at), life: null },
        ...{ writers: [], wordings: [], statementHash: '', signedHash: '', reason: '', activeFrom: null },
        ...{ reauthenticatedAt: at, openVersion: open !== null },
      },
      at,
    )
    if (!decision.allowed) {
      await recordRefused(deps, trx, step, open ?? 0, decision.refusals)
      return { outcome: 'refused', refusals: decision.refusals }
    }
    const version = await draft(trx, me, asked, at)
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'consent_text.drafted', subjectId: textSubject(version), detail: { purpose: asked.purpose } },
      after: { life: 'draft' },
    })
    return { outcome: 'done', version, revision: 1 }
  })
}

async function findBegun(db: Kysely<Database>, asked: Asked) {
  const found = await db
    .selectFrom('consentTextVersion')
    .select(['version', 'revision', 'purpose'])
    .where('requestId', '=', asked.requestId)
    .executeTakeFirst()
  if (found && found.purpose !== asked.purpose) throw new AppError('request_id_reused')
  return found && { version: found.version, revision: found.revision }
}

/** The purposes are locked, so the number is free. */
async function draft(trx: Transaction<Database>, me: Session, { purpose, requestId }: Asked, at: Date) {
  const newest = await trx
    .selectFrom('consentTextVersion')
    .select((eb) => eb.fn.max('version').as('version'))
    .executeTakeFirst()
  const version = (newest?.version ?? 0) + 1
  await trx
    .insertInto('consentTextVersion')
    .values({
      ...{ version, purpose, life: 'draft', material: 1, authorId: me.personId, createdAt: at, requestId },
      ...{ submittedBy: null, submittedAt: null, returnedReason: null, approvedBy: null, approvedAt: null },
      ...{ signedHash: null, statement: null, activeFrom: null },
    })
    .execute()
  const { wordings } = await findActive(trx, purpose, at)
  const empty = { title: '', summary: '', body: '' }
  const rows = consentLanguages.map((language) => {
    const words = wordings.find((one) => one.language === language) ?? empty
    return { ...words, version, language }
  })
  await trx.insertInto('consentWording').values(rows).execute()
  await trx.updateTable('consentPurpose').set({ openVersion: version }).where('purpose', '=', purpose).execute()
  return version
}
