import type { contactCodeEndpoints, Input, Output } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { checkWish, refusedWish, repRows } from './check-wish.ts'

type Change = typeof contactCodeEndpoints.changeContactCode
type End = typeof contactCodeEndpoints.endContactCode
type Retry = typeof contactCodeEndpoints.retryContactCode

/** Changes whom a code leads to, when and with which words; the job tells WeCom. Its picture stays the same. */
export async function changeCode(deps: Deps, me: Session, asked: Input<Change>): Promise<Output<Change>> {
  const { codeId, revision, reason, mainIds, backupIds, ...words } = asked
  return transact(deps.db, async (trx) => {
    const before = await lockCode(trx, codeId)
    if (before.life === 'ending' || before.life === 'ended') return refusedWish('over')
    if (before.revision !== revision) return { outcome: 'stale', by: await lastChangedBy(trx, codeId) }
    const refused = await checkWish(trx, { ...asked, temporary: Boolean(before.temporary) })
    if (refused) return refused
    const at = deps.now()
    await trx
      .updateTable('contactCode')
      .set({ ...words, revision: revision + 1, runAt: at, ...(before.problem === 'lost' ? { problem: '' } : {}) })
      .where('id', '=', codeId)
      .execute()
    await trx.deleteFrom('contactCodeRep').where('codeId', '=', codeId).execute()
    await trx.insertInto('contactCodeRep').values(repRows(codeId, { mainIds, backupIds })).execute()
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'contact_code.changed', subjectId: codeId, reason },
      after: { revision: revision + 1, mainIds, backupIds, days: words.days },
    })
    return { outcome: 'changed', revision: revision + 1 }
  })
}

/** Takes a code out of use for good. A rep whose own code it was can have a new one. */
export async function endCode(deps: Deps, me: Session, asked: Input<End>): Promise<Output<End>> {
  await transact(deps.db, async (trx) => {
    const { life } = await lockCode(trx, asked.codeId)
    if (life === 'ending' || life === 'ended') return
    const at = deps.now()
    await trx
      .updateTable('contactCode')
      .set({ life: 'ending', ownOf: null, endedAt: at, runAt: at })
      .where('id', '=', asked.codeId)
      .execute()
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'contact_code.ended', subjectId: asked.codeId, reason: asked.reason },
    })
  })
  return { done: true }
}

/** Has WeCom asked again about a code it refused. */
export async function retryCode(deps: Deps, { codeId }: Input<Retry>): Promise<Output<Retry>> {
  await transact(deps.db, async (trx) => {
    const { life, configId } = await lockCode(trx, codeId)
    if (life !== 'refused') return
    await trx
      .updateTable('contactCode')
      .set({ life: configId ? 'live' : 'making', problem: '', errcode: null, attempts: 0, runAt: deps.now() })
      .where('id', '=', codeId)
      .execute()
  })
  return { done: true }
}

async function lockCode(trx: Deps['db'], codeId: string) {
  const code = await trx
    .selectFrom('contactCode')
    .select(['life', 'revision', 'temporary', 'problem', 'configId'])
    .where('id', '=', codeId)
    .forUpdate()
    .executeTakeFirst()
  if (!code) throw new AppError('not_found')
  return code
}

async function lastChangedBy(db: Deps['db'], codeId: string): Promise<string> {
  const row = await db
    .selectFrom('auditEntry')
    .innerJoin('person', 'person.id', 'auditEntry.actorId')
    .select('person.name')
    .where('subjectId', '=', codeId)
    .where('event', '=', 'contact_code.changed')
    .orderBy('auditEntry.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.name ?? ''
}
