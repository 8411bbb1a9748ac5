import type { companyEndpoints, Input, Output } from '@vouch/contract'
import { appendAudit } from '../audit/append-audit.ts'
import { askForProduct } from '../content/search/due-queries.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { lockCompany } from '../people/second-person.ts'
import type { Session } from '../people/sessions.ts'
import { done, refused } from './choice-answers.ts'
import { findChoices, markOfChoice, tableOf } from './company-queries.ts'

type Endpoint = typeof companyEndpoints.renameChoice

/** Calls something of a list otherwise, over what was seen. Its code stays, and pieces are found by the new name. */
export async function renameChoice(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { list, code, mark, name, nameEn, reason } = asked
  return transact(deps.db, async (trx) => {
    await lockCompany(trx)
    const before = (await findChoices(trx, list)).find((choice) => choice.code === code)
    if (!before) return refused('gone', null)
    if (before.name === name && before.nameEn === nameEn) return done
    if (markOfChoice(before) !== mark) return refused('overtaken', before)
    const at = deps.now()
    await trx.updateTable(tableOf(list)).set({ name, nameEn }).where('code', '=', code).execute()
    if (list === 'products') await askForProduct(trx, at, code)
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'choice.renamed', subjectId: code, reason, detail: { list }, before, after: { code, name, nameEn } },
    })
    return done
  })
}
