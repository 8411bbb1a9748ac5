import type { ReportBy, ReportKind, ReportRow } from '@vouch/contract'
import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { dayText } from './home-numbers.ts'

type Name = ReportRow['name']
type Find = (db: Kysely<Database>, members: string[]) => Promise<{ member: string; zh: string; en?: string }[]>

const coded =
  (table: 'product' | 'specialty' | 'territory'): Find =>
  (db, members) =>
    db.selectFrom(table).select(['code as member', 'name as zh', 'nameEn as en']).where('code', 'in', members).execute()

const versions: Find = async (db, members) => {
  const rows = await db
    .selectFrom('contentItem')
    .select(['id', 'title', 'version'])
    .where('id', 'in', members)
    .execute()
  return rows.map(({ id, title, version }) => ({ member: id, zh: `${title} v${version}` }))
}

/** A document is called what its newest version is. */
const documents: Find = async (db, members) => {
  const rows = await db
    .selectFrom('contentItem')
    .select(['documentId', 'title'])
    .where('documentId', 'in', members)
    .orderBy('version')
    .execute()
  return [...new Map(rows.map(({ documentId, title }) => [documentId, title]))].map(([member, zh]) => ({ member, zh }))
}

const doctors: Find = async (db, members) => {
  const rows = await db
    .selectFrom('account')
    .leftJoin('hospital', 'hospital.id', 'account.hospitalId')
    .select(['account.id', 'account.name', 'hospital.name as hospital'])
    .where('account.id', 'in', members)
    .execute()
  return rows.map(({ id, name, hospital }) => ({ member: id, zh: [name, hospital].filter(Boolean).join(' · ') }))
}

const finders: Partial<Record<ReportBy, Find>> = {
  ...{ product: coded('product'), specialty: coded('specialty'), territory: coded('territory') },
  ...{ version: versions, document: documents },
  rep: (db, members) =>
    db.selectFrom('person').select(['id as member', 'name as zh', 'nameEn as en']).where('id', 'in', members).execute(),
  hospital: (db, members) =>
    db
      .selectFrom('hospital')
      .select(['id as member', 'name as zh', 'nameEn as en'])
      .where('id', 'in', members)
      .execute(),
}

const unnamed: Partial<Record<ReportBy, Name>> = {
  product: { zh: '不属于产品', en: 'No product' },
  ...Object.fromEntries(
    ['hospital', 'specialty', 'territory'].map((by) => [by, { zh: '没有对上医生', en: 'Matched to no doctor' }]),
  ),
}

/** What the members of a report are called; a code nobody named stays itself. */
export async function nameMembers(
  db: Kysely<Database>,
  { kind, by }: { kind: ReportKind; by: ReportBy },
  members: readonly string[],
): Promise<(member: string) => Name> {
  if (kind === 'pressure') return (member) => ({ zh: `${member} 次`, en: member })
  const find = kind === 'contacted' ? doctors : finders[by]
  if (!find) return weekName
  const asked = members.filter(Boolean)
  const found = asked.length > 0 ? await find(db, [...asked]) : []
  const names = new Map(found.map(({ member, zh, en }) => [member, { zh, en: en || zh }]))
  return (member) => names.get(member) ?? (member ? { zh: member, en: member } : (unnamed[by] ?? { zh: '—', en: '—' }))
}

const weekName = (member: string): Name => {
  const text = dayText(Number(member))
  return { zh: `${text} 起一周`, en: `Week of ${text}` }
}
