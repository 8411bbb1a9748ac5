import type { CodeRep } from '@vouch/rules'
import { sql, type Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'

/** What a code is to be, as far as WeCom is concerned, and what WeCom was told. */
const tendedColumns = [
  ...(['id', 'kind', 'life', 'problem', 'remark', 'name', 'style', 'skipVerify', 'temporary', 'codeDays'] as const),
  ...(['chatHours', 'days', 'fromMinute', 'untilMinute', 'revision', 'configId', 'pictureHash'] as const),
  ...(['toldRevision', 'toldUsers', 'askedAt', 'attempts', 'madeAt', 'checkedAt', 'endsAt'] as const),
] as const

export const findTended = (db: Kysely<Database>) => db.selectFrom('contactCode').select(tendedColumns)
export type TendedCode = Awaited<ReturnType<ReturnType<typeof findTended>['execute']>>[number]

export type RepOfCode = CodeRep & { codeId: string; name: string; wecomUserId: string }

/** Whom these codes lead to, main reps first, each part in its order. One statement however many codes. */
export async function findCodeReps(db: Kysely<Database>, codeIds: readonly string[]): Promise<RepOfCode[]> {
  if (codeIds.length === 0) return []
  const rows = await db
    .selectFrom('contactCodeRep')
    .innerJoin('person', 'person.id', 'contactCodeRep.repId')
    .select(['codeId', 'repId', 'part', 'person.name', 'person.wecomUserId', 'person.status'])
    .where('codeId', 'in', codeIds)
    .orderBy('codeId')
    .orderBy(sql`part = 'main'`, 'desc')
    .orderBy('place')
    .execute()
  return rows.map(({ status, ...row }) => ({ ...row, active: status === 'active' }))
}

/** Active people who send, among these. */
export async function findActiveReps(db: Kysely<Database>, ids: readonly string[]): Promise<Set<string>> {
  const rows = await activeReps(db).where('person.id', 'in', ids).execute()
  return new Set(rows.map(({ repId }) => repId))
}

export const activeReps = (db: Kysely<Database>) =>
  db
    .selectFrom('person')
    .innerJoin('personRole', (join) =>
      join.onRef('personRole.personId', '=', 'person.id').on('personRole.role', '=', 'rep'),
    )
    .select(['person.id as repId', 'person.name'])
    .where('person.status', '=', 'active')

/** The name of a product a wording contains, in either language: a welcome is about no product. */
export async function findProductNamed(db: Kysely<Database>, wording: string): Promise<string | undefined> {
  const products = await db.selectFrom('product').select(['name', 'nameEn']).execute()
  const text = wording.toLowerCase()
  const names = products.flatMap(({ name, nameEn }) => [name, nameEn]).filter((name) => name.length > 1)
  return names.find((name) => text.includes(name.toLowerCase()))
}

/** How many contacts came by these codes, and how many of them were welcomed. */
export async function countCame(db: Kysely<Database>, codeIds: readonly string[]) {
  if (codeIds.length === 0) return { came: new Map<string, number>(), welcomed: new Map<string, number>() }
  const [came, welcomed] = await Promise.all([
    db
      .selectFrom('contactFollow')
      .select((eb) => ['scanState as codeId', eb.fn.countAll<number>().as('count')])
      .where('scanState', 'in', codeIds)
      .groupBy('scanState')
      .execute(),
    db
      .selectFrom('welcome')
      .select((eb) => ['contactCodeId as codeId', eb.fn.countAll<number>().as('count')])
      .where('contactCodeId', 'in', codeIds)
      .where('life', '=', 'sent')
      .groupBy('contactCodeId')
      .execute(),
  ])
  const counted = (rows: readonly { codeId: string | null; count: number }[]) =>
    new Map(rows.map(({ codeId, count }) => [codeId ?? '', Number(count)]))
  return { came: counted(came), welcomed: counted(welcomed) }
}
