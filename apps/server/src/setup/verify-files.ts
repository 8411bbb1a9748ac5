import type { checkEndpoints, Input, Output } from '@vouch/contract'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import type { Session } from '../people/sessions.ts'

type Save = typeof checkEndpoints.saveVerifyFile
type Remove = typeof checkEndpoints.removeVerifyFile

/** Sets what is served at the root under that name. The same again changes nothing and is no second entry. */
export async function saveVerifyFile(deps: Deps, me: Session, asked: Input<Save>): Promise<Output<Save>> {
  const { verifyName: name, verifyText: body, reason } = asked
  return transact(deps.db, async (trx) => {
    const at = deps.now()
    // Makes the row that is then held, so that two who begin at once come one after the other.
    await trx.insertInto('verifyFile').ignore().values({ name, body: '', setBy: me.personId, setAt: at }).execute()
    const held = trx.selectFrom('verifyFile').select('body').where('name', '=', name).forUpdate()
    const { body: before } = await held.executeTakeFirstOrThrow()
    if (before === body) return { outcome: 'already' }
    await trx.updateTable('verifyFile').set({ body, setBy: me.personId, setAt: at }).where('name', '=', name).execute()
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'verify_file.set' as const, subjectId: name, reason, before: before || null, after: body },
    })
    return { outcome: 'done' }
  })
}

/** Takes it away; what the environment sets stays, and is not ours to take. */
export async function removeVerifyFile(deps: Deps, me: Session, asked: Input<Remove>): Promise<Output<Remove>> {
  const { verifyName: name, reason } = asked
  return transact(deps.db, async (trx) => {
    const held = trx.selectFrom('verifyFile').select('body').where('name', '=', name).forUpdate()
    const row = await held.executeTakeFirst()
    if (!row) return { outcome: 'already' }
    await trx.deleteFrom('verifyFile').where('name', '=', name).execute()
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), {
      ...{ event: 'verify_file.removed' as const, subjectId: name, reason, before: row.body, after: null },
    })
    return { outcome: 'done' }
  })
}
