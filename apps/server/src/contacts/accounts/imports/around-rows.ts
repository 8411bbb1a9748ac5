import type { Kysely } from 'kysely'
import type { Database } from '../../../db/schema.ts'
import type { AccountValues } from './read-account-row.ts'

/** What a list may change of an account, and what stands in its way. */
const accountColumns = [
  ...(['id', 'externalId', 'name', 'title', 'post', 'hospitalId', 'campus', 'department', 'specialty'] as const),
  ...(['territory', 'licenceNumber', 'hcpVerified', 'active', 'corrected', 'mergedInto', 'revision'] as const),
] as const

/** Everything some rows are held against, in a few questions however many there are. `lock` holds their accounts. */
export async function findAround(db: Kysely<Database>, rows: readonly AccountValues[], lock: boolean) {
  const accounts = await findAccounts(db, [...new Set(rows.map((row) => row.externalId))], lock)
  const ids = [...accounts.values()].map((account) => account.id)
  const [hospitals, specialties, territories, reps, assignments] = await Promise.all([
    findHospitals(db, rows),
    db.selectFrom('specialty').select(['code', 'name', 'nameEn']).execute(),
    db.selectFrom('territory').select('code').execute(),
    findReps(db, [...new Set(rows.map((row) => row.rep).filter(Boolean))]),
    findAssignments(db, ids),
  ])
  return {
    accounts,
    ...{ hospitalIds: new Set(hospitals.map((one) => one.id)), reps, assignments },
    hospitalsByName: new Map(hospitals.map((one) => [plain(one.name), one.id])),
    specialties: new Map(
      specialties.flatMap((one) => [one.code, one.name, one.nameEn].map((word) => [plain(word), one.code])),
    ),
    territories: new Set(territories.map((one) => one.code)),
  }
}
export type Around = Awaited<ReturnType<typeof findAround>>
export type KnownAccount = Around['accounts'] extends Map<string, infer One> ? One : never

/** Width, case and blanks make no difference to what is meant. */
export const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toLowerCase()

async function findAccounts(db: Kysely<Database>, codes: readonly string[], lock: boolean) {
  let query = db.selectFrom('account').select(accountColumns).where('externalId', 'in', codes).orderBy('id')
  if (lock) query = query.forUpdate()
  const rows = await query.execute()
  return new Map(rows.map((row) => [row.externalId ?? '', row]))
}

function findHospitals(db: Kysely<Database>, rows: readonly AccountValues[]) {
  const codes = [...new Set(rows.map((row) => row.hospitalCode).filter(Boolean))]
  const names = [...new Set(rows.map((row) => row.hospital))]
  return db
    .selectFrom('hospital')
    .select(['id', 'name'])
    .where((eb) => eb.or([...(codes.length > 0 ? [eb('id', 'in', codes)] : []), eb('name', 'in', names)]))
    .execute()
}

async function findReps(db: Kysely<Database>, keys: readonly string[]) {
  if (keys.length === 0) return new Map<string, { id: string; active: boolean }>()
  const rows = await db
    .selectFrom('person')
    .innerJoin('personRole', (join) =>
      join.onRef('personRole.personId', '=', 'person.id').on('personRole.role', '=', 'rep'),
    )
    .select(['person.id', 'person.wecomUserKey', 'person.status'])
    .where('person.wecomUserKey', 'in', keys)
    .execute()
  return new Map(rows.map((row) => [row.wecomUserKey, { id: row.id, active: row.status === 'active' }]))
}

async function findAssignments(db: Kysely<Database>, accountIds: readonly string[]) {
  if (accountIds.length === 0) return new Map<string, string>()
  const rows = await db.selectFrom('accountAssignment').selectAll().where('accountId', 'in', accountIds).execute()
  return new Map(rows.map((row) => [assignmentKey(row), spanOf(row)]))
}

export type Assignment = {
  accountId: string
  territory: string
  repId: string
  productLine: string
  fromDay: string | null
  untilDay: string | null
}
export const assignmentKey = ({ accountId, territory, repId, productLine }: Assignment): string =>
  JSON.stringify([accountId, territory, repId, productLine])
export const spanOf = ({ fromDay, untilDay }: Pick<Assignment, 'fromDay' | 'untilDay'>): string =>
  `${fromDay ?? ''}..${untilDay ?? ''}`
