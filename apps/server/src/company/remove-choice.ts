import type { companyEndpoints, Input, Output } from '@vouch/contract'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { lockCompany } from '../people/second-person.ts'
import type { Session } from '../people/sessions.ts'
import { done, refused } from './choice-answers.ts'
import { findChoices, markOfChoice, tableOf } from './company-queries.ts'
import { findUsed } from './used-codes.ts'

type Endpoint = typeof companyEndpoints.removeChoice

/** Takes out of a list what was added by mistake. What is used anywhere stays. */
export async function removeChoice(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { list, code, mark, reason } = asked
  return transact(deps.db, async (trx) => {
    await lockCompany(trx)
    const before = (await findChoices(trx, list)).find((choice) => choice.code === code)
    if (!before) return done
    if (markOfChoice(before) !== mark) return refused('overtaken', before)
    if ((await findUsed(trx, list)).has(code)) return refused('in_use', before)
    await trx.deleteFrom(tableOf(list)).where('code', '=', code).execute()
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), {
      ...{ event: 'choice.removed', subjectId: code, reason, detail: { list }, before },
    })
    return done
  })
}
