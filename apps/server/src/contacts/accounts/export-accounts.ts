import type { accountEndpoints, AccountRow, Input, Output } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { asCsv, csvTime } from '../../csv.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { requireFreshProof } from '../../people/fresh-proof.ts'
import type { Session } from '../../people/sessions.ts'
import { findAccountPage } from './account-list-queries.ts'
import { loadAccountScope } from './account-scope.ts'
import { accountWords, type WordLanguage } from './account-words.ts'

type Endpoint = typeof accountEndpoints.exportAccounts
const mostRows = 5_000

/**
 * The rows of the list, in its order and under its filter, as a table; who took it and what it held is on record. It ends
 * with who made it and when, so that a copy can be told from its source.
 */
export async function exportAccounts(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { own } = await loadAccountScope(deps, me)
  await requireFreshProof(deps, me)
  const { language, ...filter } = asked
  const found = await findAccountPage(deps.db, filter, { own, after: undefined, limit: mostRows + 1 })
  const rows = found.slice(0, mostRows)
  const cut = found.length > mostRows
  const at = deps.now()
  await transact(deps.db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'accounts.exported', subjectId: me.personId },
      detail: { rows: rows.length, cut, ...filter, query: undefined, searched: filter.query.trim() !== '' },
    }),
  )
  const words = accountWords[language]
  const lines = rows.map((row) => lineOf(row, language))
  return { csv: asCsv([words.headings, ...lines, [words.madeBy(me.name, csvTime(at))]]), rows: rows.length, cut }
}

function lineOf(row: AccountRow, language: WordLanguage): string[] {
  const words = accountWords[language]
  const stands = row.mergedInto ? words.merged : row.active ? words.active : words.inactive
  return [
    ...[row.accountId, row.externalId ?? '', row.doctor, row.title, row.hospital, row.department, row.territory],
    ...[row.verified ? words.verified : words.unverified, row.licenceNumber ?? ''],
    ...[row.verifiedSource ? words.source[row.verifiedSource] : '', stands, String(row.contacts)],
    String(row.duplicates),
  ]
}
