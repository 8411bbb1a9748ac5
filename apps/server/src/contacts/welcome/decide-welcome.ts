import type { Input, Output, welcomeEndpoints } from '@vouch/contract'
import { checkSecondPerson } from '@vouch/rules'
import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { tellPeople } from '../../outbox/tell-people.ts'
import { findHolders } from '../../people/role-queries.ts'
import { lockCompany, requireReason } from '../../people/second-person.ts'
import type { Session } from '../../people/sessions.ts'
import { codeWriters, mayApprove } from '../codes/code-roles.ts'
import { findChange } from './welcome-change-queries.ts'
import { decidedWords } from './welcome-notices.ts'
import { findCompanyWords } from './welcome-queries.ts'

type Endpoint = typeof welcomeEndpoints.decideWelcomeText
type Asked = Input<Endpoint>
type Change = NonNullable<Awaited<ReturnType<typeof findChange>>>
type Deciding = { change: Change; me: Session; asked: Asked; at: Date }

/**
 * The second person says yes or no, or the first takes it back. Of any number at once one is heard. What was approved is a
 * new version, said from the next contact on; no version is ever changed.
 */
export async function decideWelcome(deps: Deps, me: Session, asked: Asked): Promise<Output<Endpoint>> {
  if (asked.decision !== 'taken_back' && !mayApprove(me.roles)) throw new AppError('wrong_role')
  requireReason(asked)
  return transact(deps.db, async (trx) => {
    await lockCompany(trx)
    const change = await findChange(trx, asked.changeId)
    if (!change) throw new AppError('not_found')
    const at = deps.now()
    const askers = await findHolders(trx, codeWriters, at)
    const { decision } = asked
    const reasons = checkSecondPerson({ ...change, askers }, { personId: me.personId, decision })
    if (reasons.length > 0) {
      await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
        ...{ event: 'welcome_text.change_refused', subjectId: change.id, detail: { decision, reasons } },
      })
      return { outcome: 'refused' as const, reasons, about: '' }
    }
    return settle(trx, deps, { change, me, asked, at })
  })
}

async function settle(trx: Transaction<Database>, deps: Deps, { change, me, asked, at }: Deciding) {
  const { decision, reason } = asked
  const made = decision === 'approved' ? await insertVersion(trx, { change, me, at }) : undefined
  const version = made?.version ?? null
  await trx
    .updateTable('welcomeChange')
    .set({ openMark: null, decision, decidedBy: me.personId, decidedAt: at, answer: reason, version })
    .where('id', '=', change.id)
    .execute()
  const event = decision === 'approved' ? 'welcome_text.changed' : (`welcome_text.change_${decision}` as const)
  await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
    ...{ event, subjectId: change.id, detail: { version, proposedBy: change.proposedBy } },
    ...(reason && { reason }),
    ...made?.words,
  })
  if (decision !== 'taken_back') {
    const said = { changeId: change.id, by: me.name, reason, approved: decision === 'approved' }
    await tellPeople(trx, deps, at, { to: [change.proposedBy], ...decidedWords(said) })
  }
  return { outcome: 'done' as const, version }
}

async function insertVersion(trx: Transaction<Database>, { change, me, at }: Omit<Deciding, 'asked'>) {
  const now = await findCompanyWords(trx)
  const { wordingZh, wordingEn, reason, proposedBy: changedBy } = change
  const row = { version: now.version + 1, wordingZh, wordingEn, reason, changedBy, changedAt: at }
  await trx
    .insertInto('welcomeText')
    .values({ ...row, approvedBy: me.personId })
    .execute()
  const before = { wordingZh: now.wordingZh, wordingEn: now.wordingEn }
  return { version: row.version, words: { before, after: { wordingZh, wordingEn } } }
}
