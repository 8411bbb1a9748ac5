import type { AuditRow } from '@vouch/contract'
import type { EntryRow, Names } from './audit-queries.ts'
import { subjectKind, subjectPath } from './subject-kinds.ts'
import { saidOf } from './words/event-words.ts'

/** An entry with the names that belong to its ids. */
export function asAuditRow(row: EntryRow, { people, doctors, pieces }: Names): AuditRow {
  const { id, at, actorKind, actorId, event, subjectId, accountId } = row
  return {
    ...{ entryId: id, at, actorKind, event, said: saidOf(event), subjectId, accountId },
    actor: people.get(actorId) ?? doctors.get(actorId) ?? actorId,
    subject: pieces.get(subjectId) ?? people.get(subjectId) ?? doctors.get(subjectId) ?? '',
    subjectKind: subjectKind(row),
    path: pathOf(row, { people, doctors, pieces }),
    doctor: (accountId && doctors.get(accountId)) ?? '',
    reason: row.reason ?? '',
    details: detailsOf(row.detail),
  }
}

/** Where the console shows the subject; by what the entry is about, for ids say nothing of their kind. */
function pathOf(row: EntryRow, { people, doctors, pieces }: Names): string | null {
  const { event, subjectId } = row
  if (pieces.has(subjectId)) return `/content/${subjectId}`
  if (doctors.has(subjectId)) return `/doctors/of/${subjectId}`
  const [room = ''] = event.split('.')
  if (['role', 'person', 'rep'].includes(room) && people.has(subjectId)) return `/people/${subjectId}`
  return subjectPath(row)
}

/** What was kept beside, one line a value; nested values as they are written. JSON comes as text from MariaDB. */
function detailsOf(kept: unknown): { name: string; value: string }[] {
  const parsed: unknown = typeof kept === 'string' ? JSON.parse(kept) : kept
  if (parsed === null || typeof parsed !== 'object') return []
  return Object.entries(parsed).flatMap(([name, value]) => {
    if (value === null || value === undefined) return []
    return [{ name, value: typeof value === 'string' ? value : JSON.stringify(value) }]
  })
}
