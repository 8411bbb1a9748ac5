import type { companyEndpoints, CompanyWords, Input, Output } from '@vouch/contract'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { lockCompany } from '../people/second-person.ts'
import type { Session } from '../people/sessions.ts'
import { findWords, markOfWords } from './company-queries.ts'

type Endpoint = typeof companyEndpoints.changeCompany

/** Says what the company is called and how it is reached, over what was seen: nobody’s words are lost unread. */
export async function changeCompany(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { mark, reason, ...words } = asked
  return transact(deps.db, async (trx) => {
    await lockCompany(trx)
    const before = await findWords(trx)
    if (markOfWords(before) === markOfWords(words)) return { outcome: 'done' as const }
    if (markOfWords(before) !== mark) return { outcome: 'overtaken' as const, words: before, mark: markOfWords(before) }
    await trx.updateTable('company').set(words).where('id', '=', 1).execute()
    const names = (Object.keys(words) as (keyof CompanyWords)[]).filter((name) => words[name] !== before[name]) // its own keys
    const only = (all: CompanyWords) => Object.fromEntries(names.map((name) => [name, all[name]]))
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), {
      ...{ event: 'company.changed', subjectId: 'company', reason, before: only(before), after: only(words) },
    })
    return { outcome: 'done' as const }
  })
}
