import type { Updateable } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import type { AuditEvent } from '../../audit/audit-event.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Actor, Deps } from '../../deps.ts'

const by: Actor = { kind: 'system', id: 'tend-contact-codes' }
/** A call to WeCom is over by then, or its server is. */
const claimMs = 60_000

type Needs = Pick<Deps, 'db' | 'now' | 'newId'>

/** Codes about which WeCom is to be asked, each given to one of those who look at the same time. */
export function claimCodes(deps: Pick<Deps, 'db' | 'now'>, most: number): Promise<string[]> {
  return transact(deps.db, async (trx) => {
    const now = deps.now()
    const due = await trx
      .selectFrom('contactCode')
      .select('id')
      .where('runAt', '<=', now)
      .orderBy('runAt')
      .limit(most)
      .forUpdate()
      .execute()
    const ids = due.map(({ id }) => id)
    if (ids.length > 0)
      await trx
        .updateTable('contactCode')
        .set((eb) => ({ runAt: new Date(now.getTime() + claimMs), attempts: eb('attempts', '+', 1) }))
        .where('id', 'in', ids)
        .execute()
    return ids
  })
}

/**
 * Records what WeCom answered, if the code is still as it was when WeCom was asked; otherwise somebody changed it meanwhile
 * and it is looked at again at once. False then.
 */
export function recordStep(
  deps: Needs,
  code: { id: string; life: Database['contactCode']['life']; revision: number; configId: string | null },
  { set, told }: { set: Updateable<Database['contactCode']>; told?: Omit<AuditEvent, 'subjectId'> },
): Promise<boolean> {
  return transact(deps.db, async (trx) => {
    const at = deps.now()
    const now = await trx
      .selectFrom('contactCode')
      .select(['life', 'configId'])
      .where('id', '=', code.id)
      .forUpdate()
      .executeTakeFirst()
    if (now?.life !== code.life || now.configId !== code.configId) {
      await trx.updateTable('contactCode').set({ runAt: at }).where('id', '=', code.id).execute()
      return false
    }
    await trx.updateTable('contactCode').set(set).where('id', '=', code.id).execute()
    if (told) await appendAudit(trx, deps.newId(), by, at, { ...told, subjectId: code.id } as AuditEvent) // the union minus what is added here
    return true
  })
}

/** Ask again later; longer each time. */
export async function postponeCode({ db, now }: Pick<Deps, 'db' | 'now'>, id: string, attempts: number): Promise<void> {
  const waitMs = Math.min(2_000 * 2 ** Math.min(attempts, 10), 600_000)
  await db
    .updateTable('contactCode')
    .set({ runAt: new Date(now().getTime() + waitMs), problem: 'unreachable' })
    .where('id', '=', id)
    .where('life', 'in', ['making', 'live', 'ending'])
    .execute()
}
