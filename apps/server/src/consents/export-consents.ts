import type { consentEndpoints, ConsentRow, Input, Output } from '@vouch/contract'
import { appendAudit } from '../audit/append-audit.ts'
import { asCsv } from '../csv.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { requireFreshProof } from '../people/fresh-proof.ts'
import { scopeOf } from '../people/scope.ts'
import type { Session } from '../people/sessions.ts'
import { consentWords, type WordLanguage } from './consent-words.ts'
import { readConsents } from './list-consents.ts'

type Endpoint = typeof consentEndpoints.exportConsents
const mostRows = 5_000
const shanghaiMs = 8 * 3_600_000

/**
 * The rows of the list, in its order and under its filter, as a table; who took it and what it held is on record. It ends
 * with who made it and when, so that a copy can be told from its source.
 */
export async function exportConsents(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  await requireFreshProof(deps, me)
  const { language, ...filter } = asked
  const { rows, more } = await readConsents(deps, filter, {
    ...{ own: await scopeOf(deps, me), after: undefined, limit: mostRows },
  })
  const at = deps.now()
  await transact(deps.db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'consents.exported', subjectId: me.personId },
      detail: { rows: rows.length, cut: more, ...filter, query: undefined, searched: Boolean(filter.query) },
    }),
  )
  const words = consentWords[language]
  const lines = [words.headings, ...rows.map((row) => lineOf(row, language)), [words.madeBy(me.name, exact(at))]]
  return { csv: asCsv(lines), rows: rows.length, cut: more }
}

const exact = (at: Date): string =>
  `${new Date(at.getTime() + shanghaiMs).toISOString().slice(0, 19).replace('T', ' ')} +08:00`

function lineOf(row: ConsentRow, language: WordLanguage): string[] {
  const words = consentWords[language]
  return [
    ...[row.consentId, row.accountId, row.doctor, row.title, row.hospital, words.purpose[row.purpose]],
    ...[words.statement[row.statement], row.standing ? words.standing[row.standing] : words.replaced],
    ...[row.until ? exact(row.until) : '', String(row.textVersion), row.language],
    ...[words.channel[row.channel] ?? row.channel, row.identity, exact(row.statedAt), exact(row.recordedAt)],
  ]
}
