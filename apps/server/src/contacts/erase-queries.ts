import type { Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'
import { findRecordIds } from '../merged-records.ts'

/**
 * Takes the names and remarks of an HCP out of their contacts and forgets their wishes; what WeCom tells later about these
 * contacts is not kept again (`erasedAt`). Tells how much it was.
 */
export async function eraseWords(
  trx: Transaction<Database>,
  { accountId, contactIds: ids, at }: { accountId: string | null; contactIds: string[]; at: Date },
): Promise<{ contacts: number; remarks: number; wishes: number }> {
  const contacts = await trx
    .updateTable('externalContact')
    .set({ nickname: '', unionId: null, company: '', erasedAt: at })
    .where('externalUserId', 'in', ids)
    .executeTakeFirst()
  const remarks = await trx
    .updateTable('contactFollow')
    .set({ remark: '', remarkCompany: '' })
    .where('externalUserId', 'in', ids)
    .where((eb) => eb.or([eb('remark', '<>', ''), eb('remarkCompany', '<>', '')]))
    .executeTakeFirst()
  await trx
    .updateTable('contactRepair')
    .set({ was: '', isNow: '' })
    .where('externalUserId', 'in', ids)
    .where('what', 'in', ['nickname', 'remark'])
    .execute()
  const records = accountId ? await findRecordIds(trx, accountId) : []
  await trx
    .updateTable('accountChange')
    .set({ note: '' })
    .where((eb) => eb.or([eb('externalUserId', 'in', ids), ...records.map((id) => eb('accountId', '=', id))]))
    .execute()
  const wishes = await trx
    .deleteFrom('accountWish')
    .where('accountId', 'in', [accountId ?? '', ...records])
    .executeTakeFirst()
  return {
    contacts: Number(contacts.numUpdatedRows),
    remarks: Number(remarks.numUpdatedRows),
    wishes: Number(wishes.numDeletedRows),
  }
}

/** Every contact of theirs, locked: what WeCom tells meanwhile waits. */
export async function lockOwnContacts(
  trx: Transaction<Database>,
  { accountId, externalUserId }: { accountId: string | null; externalUserId: string },
): Promise<string[]> {
  if (!accountId) return [externalUserId]
  const rows = await trx
    .selectFrom('externalContact')
    .select('externalUserId')
    .where('accountId', '=', accountId)
    .orderBy('externalUserId')
    .forUpdate()
    .execute()
  return [...new Set([externalUserId, ...rows.map((row) => row.externalUserId)])]
}
