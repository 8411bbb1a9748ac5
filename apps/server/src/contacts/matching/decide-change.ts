import type { Input, matchOfficeEndpoints, Output } from '@vouch/contract'
import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { lockContactRow } from './match-rows.ts'
import { checkDecision, type ChangeRefusals } from './check-decision.ts'
import { tellDecided } from './change-notices.ts'
import { applyDetails, createAccount } from './write-account.ts'

type Endpoint = typeof matchOfficeEndpoints.decideChange
export type Decision = Input<Endpoint>
type Answer = Output<Endpoint>

const lives = { create: 'created', link: 'linked', apply: 'applied', decline: 'declined' } as const
const events = {
  create: 'account.created',
  link: 'account.linked',
  apply: 'account.changed',
  decline: 'account.change_declined',
} as const

/**
 * Somebody of the office, never who asked, decides what a rep asked of the list of doctors. Whoever is first decides; the
 * same request again gets the same answer. A doctor who is made or named here is the rep's to confirm: no contact is
 * matched by this.
 */
export async function decideChange(deps: Deps, me: Session, asked: Decision): Promise<Answer> {
  const about = await findAbout(deps, asked.changeId)
  return transact(deps.db, async (trx) => {
    await lockContactRow(trx, about.externalUserId)
    const change = await lockChange(trx, asked.changeId)
    if (change.decisionId === asked.requestId && change.life !== 'waiting')
      return { outcome: 'done', life: change.life }
    const at = deps.now()
    const refusals = await checkDecision(trx, { change, asked, me })
    if (refusals.length > 0) return refuse(deps, trx, { change, me, at, refusals })
    const written = await write(deps, trx, { change, asked, me, at })
    await settle(trx, { change, asked, me, at, ...written })
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: events[asked.decision], subjectId: change.id, accountId: written.accountId },
      ...(asked.reason ? { reason: asked.reason } : {}),
      ...{ before: written.before, after: written.after, detail: { changeId: change.id } },
    })
    await tellDecided(trx, deps, at, { change, life: lives[asked.decision], reason: asked.reason })
    return { outcome: 'done', life: lives[asked.decision] }
  })
}

async function findAbout({ db }: Deps, changeId: string): Promise<{ externalUserId: string }> {
  const row = await db
    .selectFrom('accountChange')
    .select('externalUserId')
    .where('id', '=', changeId)
    .executeTakeFirst()
  if (!row) throw new AppError('content_not_found')
  return row
}

async function lockChange(trx: Transaction<Database>, changeId: string) {
  const row = await trx
    .selectFrom('accountChange')
    .select(['id', 'kind', 'life', 'repId', 'externalUserId', 'accountId', 'decisionId'])
    .select(['name', 'hospital', 'department', 'title', 'licenceNumber'])
    .where('id', '=', changeId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new AppError('content_not_found')
  return row
}
export type Change = Awaited<ReturnType<typeof lockChange>>

export type Deciding = { change: Change; asked: Decision; me: Session; at: Date }
/** What was written: to whom, and what stood there before. */
export type Written = { accountId: string | null; before?: object; after?: object }

async function write(deps: Deps, trx: Transaction<Database>, deciding: Deciding): Promise<Written> {
  const { change, asked } = deciding
  if (asked.decision === 'create') return createAccount(deps, trx, deciding)
  if (asked.decision === 'apply') return applyDetails(deps, trx, deciding)
  return { accountId: asked.decision === 'link' ? asked.accountId : change.accountId }
}

async function settle(
  trx: Transaction<Database>,
  { change, asked, me, at, accountId, before }: Deciding & Written,
): Promise<void> {
  await trx
    .updateTable('accountChange')
    .set({
      ...{ life: lives[asked.decision], openFor: null, accountId, reason: asked.reason },
      ...{ decidedBy: me.personId, decidedAt: at, decisionId: asked.requestId },
      was: before ? JSON.stringify(before) : '',
    })
    .where('id', '=', change.id)
    .execute()
  await trx
    .updateTable('externalContact')
    .set({ matchChangedAt: at })
    .where('externalUserId', '=', change.externalUserId)
    .execute()
}

async function refuse(
  deps: Deps,
  trx: Transaction<Database>,
  { change, me, at, refusals }: Pick<Deciding, 'change' | 'me' | 'at'> & { refusals: ChangeRefusals },
): Promise<Answer> {
  await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
    ...{ event: 'account.change_refused', subjectId: change.id, accountId: change.accountId },
    detail: { reasons: refusals },
  })
  return { outcome: 'refused', refusals }
}
