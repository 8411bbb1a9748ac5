import type { Input, Output, welcomeEndpoints, WelcomeRefusal } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { tellPeople } from '../../outbox/tell-people.ts'
import { findHolders } from '../../people/role-queries.ts'
import { findAsked, lockCompany } from '../../people/second-person.ts'
import type { Session } from '../../people/sessions.ts'
import { findProductNamed } from '../codes/code-queries.ts'
import { welcomeApprovers } from '../codes/code-roles.ts'
import { findOpenChange } from './welcome-change-queries.ts'
import { proposedWords } from './welcome-notices.ts'
import { findCompanyWords } from './welcome-queries.ts'

type Endpoint = typeof welcomeEndpoints.proposeWelcomeText

/**
 * Asks for other words to new contacts; a second person decides, and what is said stays until then. One change is open at
 * a time, so nobody approves words over others than those they read.
 */
export async function proposeWelcome(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { wordingZh, wordingEn, reason, requestId } = asked
  const named = await findProductNamed(deps.db, `${wordingZh}\n${wordingEn}`)
  if (named) return { outcome: 'refused', reasons: ['names_product'], about: named }
  return transact(deps.db, async (trx) => {
    await lockCompany(trx)
    const asker = { proposedBy: me.personId, requestId }
    const repeated = await findAsked(trx, 'welcomeChange', asker)
    if (repeated) return { outcome: 'proposed' as const, changeId: repeated.id }
    const now = await findCompanyWords(trx)
    const reasons = refuse(asked, now)
    if (await findOpenChange(trx)) reasons.push('another_open')
    if (reasons.length > 0) return { outcome: 'refused' as const, reasons, about: '' }

    const [changeId, at] = [deps.newId(), deps.now()]
    await trx
      .insertInto('welcomeChange')
      .values({
        ...{ id: changeId, ...asker, openMark: 1, baseVersion: now.version, wordingZh, wordingEn, reason },
        ...{ proposedAt: at, decision: null, decidedBy: null, decidedAt: null, version: null },
      })
      .execute()
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'welcome_text.change_proposed', subjectId: changeId, reason, detail: { baseVersion: now.version } },
      ...{ before: { wordingZh: now.wordingZh, wordingEn: now.wordingEn }, after: { wordingZh, wordingEn } },
    })
    const to = (await findHolders(trx, welcomeApprovers, at)).filter((id) => id !== me.personId)
    await tellPeople(trx, deps, at, { to, ...proposedWords({ changeId, by: me.name, reason }) })
    return { outcome: 'proposed' as const, changeId }
  })
}

type Words = { version: number; wordingZh: string; wordingEn: string }

function refuse(asked: Words, now: Words): WelcomeRefusal[] {
  const reasons: WelcomeRefusal[] = []
  if (asked.version !== now.version) reasons.push('newer_version')
  if (asked.wordingZh === now.wordingZh && asked.wordingEn === now.wordingEn) reasons.push('nothing_changed')
  return reasons
}
