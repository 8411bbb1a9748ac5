import type { companyEndpoints, Input, Output } from '@vouch/contract'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { lockCompany } from '../people/second-person.ts'
import type { Session } from '../people/sessions.ts'
import { done, refused } from './choice-answers.ts'
import { findChoices, markOfChoice, tableOf } from './company-queries.ts'

type Endpoint = typeof companyEndpoints.addChoice

/** Adds to a list. Two codes never differ by capitals alone, and asked twice it is added once. */
export async function addChoice(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { list, reason, ...choice } = asked
  return transact(deps.db, async (trx) => {
    await lockCompany(trx)
    const alike = (await findChoices(trx, list)).find(({ code }) => code.toLowerCase() === choice.code.toLowerCase())
    if (alike && markOfChoice(alike) === markOfChoice(choice)) return done
    if (alike) return refused('code_taken', alike)
    await trx.insertInto(tableOf(list)).values(choice).execute()
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), {
      ...{ event: 'choice.added', subjectId: choice.code, reason, detail: { list }, after: choice },
    })
    return done
  })
}
