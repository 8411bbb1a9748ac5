import type { auditEndpoints, AuditRow, Input, Output } from '@vouch/contract'
import { asCsv, csvTime } from '../csv.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { requireFreshProof } from '../people/fresh-proof.ts'
import type { Session } from '../people/sessions.ts'
import { appendAudit } from './append-audit.ts'
import { readAudit, toldOf } from './list-audit.ts'

type Endpoint = typeof auditEndpoints.exportAudit
type Language = Input<Endpoint>['language']
const mostRows = 5_000

const headings: Record<Language, string[]> = {
  zh: ['编号', '时间', '身份', '谁', '做了什么', '事件', '对象', '对象编号', '医生', '原因', '详情'],
  en: ['Entry', 'Time', 'As', 'Who', 'What', 'Event', 'Subject', 'Subject id', 'Doctor', 'Reason', 'Details'],
}
const kinds: Record<Language, Record<AuditRow['actorKind'], string>> = {
  zh: { rep: '代表', hcp: '医生', admin: '后台', system: '系统' },
  en: { rep: 'rep', hcp: 'doctor', admin: 'office', system: 'system' },
}
const madeBy: Record<Language, (name: string, at: string) => string> = {
  zh: (name, at) => `由 ${name} 于 ${at} 导出`,
  en: (name, at) => `Exported by ${name} at ${at}`,
}

/** The entries of the list, in its order and under its filter, as a table; who took it and what it held is on record. */
export async function exportAudit(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  await requireFreshProof(deps, me)
  const { language, ...filter } = asked
  const { rows, more } = await readAudit(deps, filter, { after: undefined, limit: mostRows })
  const at = deps.now()
  await transact(deps.db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'audit.exported', subjectId: me.personId },
      detail: { rows: rows.length, cut: more, language, ...toldOf(filter) },
    }),
  )
  const lines = [
    headings[language],
    ...rows.map((row) => lineOf(row, language)),
    [madeBy[language](me.name, csvTime(at))],
  ]
  return { csv: asCsv(lines), rows: rows.length, cut: more }
}

function lineOf(row: AuditRow, language: Language): string[] {
  return [
    ...[row.entryId, csvTime(row.at), kinds[language][row.actorKind], row.actor, row.said[language], row.event],
    ...[row.subject, row.subjectId, row.doctor, row.reason],
    row.details.map(({ name, value }) => `${name}: ${value}`).join('\n'),
  ]
}
