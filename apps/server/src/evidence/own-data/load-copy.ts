import type { OwnRecords } from '@vouch/hcp/render'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { findOwnRecords } from './copy-queries.ts'

/**
 * A copy of everything held about a doctor, for the doctor alone: whose it is comes from the recognised browser, never from
 * an address. It is made at once, and that it was made is on record.
 */
export async function loadCopy(
  deps: Deps,
  asked: { accountId: string | null; externalUserId: string; form: 'page' | 'file' },
): Promise<OwnRecords> {
  const { accountId, externalUserId, form } = asked
  const records = await findOwnRecords(deps.db, { accountId, externalUserId })
  await transact(deps.db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'hcp', id: accountId ?? externalUserId }, deps.now(), {
      event: 'own_data.copied',
      subjectId: accountId ?? externalUserId,
      accountId,
      detail: { form, sends: records.sends.length, consents: records.consents.length },
    }),
  )
  return records
}
