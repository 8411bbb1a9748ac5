import type { Input, Output, peopleEndpoints, PersonRow } from '@vouch/contract'
import { appendAudit } from '../audit/append-audit.ts'
import { asCsv, csvTime } from '../csv.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { requireFreshProof } from './fresh-proof.ts'
import { toldOf } from './list-people.ts'
import { findPeoplePage } from './people-queries.ts'
import { findHistories } from './roles/history.ts'
import { roleWords } from './roles/role-words.ts'
import { spansOf, type Span } from './roles/span.ts'
import type { Session } from './sessions.ts'

type Endpoint = typeof peopleEndpoints.exportAccess
type Language = Input<Endpoint>['language']
const mostPeople = 5_000

const headings: Record<Language, string[]> = {
  zh: [
    ...['人员编号', '姓名', '企业微信账号', '状态', '角色', '角色代码', '开始', '结束', '结束方式', '负责片区'],
    ...['提出人', '批准人', '授予原因', '收回人', '收回原因', '上次复核', '上次登录', '离职、权限结束'],
  ],
  en: [
    ...['Person', 'Name', 'WeCom user id', 'Status', 'Role', 'Role code', 'From', 'Until', 'Ended how', 'Territories'],
    ...['Asked by', 'Approved by', 'Why', 'Taken by', 'Why taken', 'Last review', 'Last sign-in', 'Left, access ended'],
  ],
}
const statuses: Record<Language, Record<PersonRow['status'], string>> = {
  zh: { active: '在职', left: '已离职' },
  en: { active: 'with us', left: 'left' },
}
const endings: Record<Language, Record<Span['ended'], string>> = {
  zh: { holds: '', taken: '收回', left: '离职', expired: '到期', replaced: '换成新的授权' },
  en: { holds: '', taken: 'taken away', left: 'left', expired: 'ran out', replaced: 'replaced by a new grant' },
}
const madeBy: Record<Language, (name: string, at: string) => string> = {
  zh: (name, at) => `由 ${name} 于 ${at} 导出`,
  en: (name, at) => `Exported by ${name} at ${at}`,
}

/**
 * Who had which role when, who asked, who approved, the last review, and when access ended (assurance.md section 7, 16):
 * of the people of the list, in its order and under its filter; who took it and what it held is on record.
 */
export async function exportAccess(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  await requireFreshProof(deps, me)
  const { language, ...filter } = asked
  const at = deps.now()
  const found = await findPeoplePage(deps.db, filter, { after: undefined, limit: mostPeople + 1, now: at })
  const people = found.slice(0, mostPeople)
  const cut = found.length > mostPeople
  const histories = await findHistories(
    deps.db,
    people.map(({ personId }) => personId),
  )
  const lines = people.flatMap((person) => {
    const spans = spansOf(person, histories.get(person.personId) ?? [], at)
    return spans.length > 0 ? spans.map((span) => lineOf(person, span, language)) : [lineOf(person, null, language)]
  })
  await transact(deps.db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'people.exported', subjectId: me.personId },
      detail: { rows: lines.length, cut, language, ...toldOf(filter) },
    }),
  )
  return {
    csv: asCsv([headings[language], ...lines, [madeBy[language](me.name, csvTime(at))]]),
    rows: lines.length,
    cut,
  }
}

function lineOf(person: PersonRow, span: Span | null, language: Language): string[] {
  const { personId, name, wecomUserId, status, reviewedAt, signedInAt, leftAt } = person
  return [
    ...[personId, name, wecomUserId, statuses[language][status]],
    ...(span ? spanCells(span, language) : Array.from({ length: 11 }, () => '')),
    ...[csvTime(reviewedAt), csvTime(signedInAt), csvTime(leftAt)],
  ]
}

const spanCells = (span: Span, language: Language): string[] => [
  ...[
    roleWords(span.role)[language],
    span.role,
    csvTime(span.since),
    csvTime(span.until),
    endings[language][span.ended],
  ],
  ...[span.territories.join(' '), span.askedBy, span.approvedBy, span.reason, span.takenBy, span.endReason],
]
