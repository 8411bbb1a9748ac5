import type { Input, peopleEndpoints, PersonRow } from '@vouch/contract'
import type { ExpressionBuilder, Kysely } from 'kysely'
import { escapeLike } from '../content/queries.ts'
import { directionOf, isAfter } from '../cursor.ts'
import type { Database } from '../db/schema.ts'
import { isLocal } from './local-people.ts'

export type PeopleFilter = Omit<Input<typeof peopleEndpoints.listPeople>, 'cursor'>
type Eb = ExpressionBuilder<Database, 'person'>

const columns = [
  ...(['id', 'name', 'nameEn', 'wecomUserId', 'status', 'leftAt', 'filingNumber', 'filedUntil'] as const),
  ...(['employmentProvedAt', 'nameSearch'] as const),
]

/** People under a filter by the sound of their names, from after one of them on; one question for each thing shown. */
export async function findPeoplePage(
  db: Kysely<Database>,
  filter: PeopleFilter,
  { after, limit, now }: { after: string | undefined; limit: number; now: Date },
): Promise<PersonRow[]> {
  const begins = after
    ? await db.selectFrom('person').select(['id', 'nameSearch']).where('id', '=', after).executeTakeFirst()
    : undefined
  const rows = await db
    .selectFrom('person')
    .select(columns)
    .where((eb) => eb.and(conditionsOf(eb, filter, now)))
    .$if(begins !== undefined, (found) =>
      found.where(isAfter(filter.order, ['person.nameSearch', 'person.id'], [begins!.nameSearch, begins!.id])),
    )
    .orderBy('nameSearch', directionOf(filter.order))
    .orderBy('id', directionOf(filter.order))
    .limit(limit)
    .execute()
  return withRoles(db, rows, now)
}

/** One person as the list shows them. */
export async function findPersonRow(db: Kysely<Database>, personId: string, now: Date): Promise<PersonRow | undefined> {
  const row = await db.selectFrom('person').select(columns).where('id', '=', personId).executeTakeFirst()
  return row && (await withRoles(db, [row], now))[0]
}

function conditionsOf(eb: Eb, { query, role, show, waiting }: PeopleFilter, now: Date) {
  const words = query.trim().toLowerCase()
  const held = eb
    .selectFrom('personRole')
    .select('personRole.role')
    .whereRef('personRole.personId', '=', 'person.id')
    .where((of) => of.or([of('personRole.until', 'is', null), of('personRole.until', '>', now)]))
  const open = eb
    .selectFrom('roleChange')
    .select('roleChange.id')
    .whereRef('roleChange.personId', '=', 'person.id')
    .where('roleChange.openKey', 'is not', null)
  const like = `%${escapeLike(words)}%`
  return [
    ...(show === 'all' ? [] : [eb('person.status', '=', show)]),
    ...(role === 'none' ? [eb.not(eb.exists(held))] : []),
    ...(role !== '' && role !== 'none' ? [eb.exists(held.where('personRole.role', '=', role))] : []),
    ...(waiting === 'yes' ? [eb.exists(open)] : []),
    ...(words ? [eb.or([eb('person.nameSearch', 'like', like), eb('person.name', 'like', like)])] : []),
  ]
}

type Row = Pick<PersonRow, 'name' | 'nameEn' | 'wecomUserId' | 'status' | 'leftAt' | 'filingNumber' | 'filedUntil'> &
  Pick<PersonRow, 'employmentProvedAt'> & { id: string }

async function withRoles(db: Kysely<Database>, rows: readonly Row[], now: Date): Promise<PersonRow[]> {
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return []
  const [roles, sessions, reviews, waiting] = await Promise.all([
    db
      .selectFrom('personRole')
      .select(['personId', 'role', 'until'])
      .where('personId', 'in', ids)
      .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', now)]))
      .orderBy('role')
      .execute(),
    db
      .selectFrom('session')
      .select((eb) => ['personId', eb.fn.max('signedInAt').as('at')])
      .where('personId', 'in', ids)
      .groupBy('personId')
      .execute(),
    db
      .selectFrom('roleStep')
      .select((eb) => ['personId', eb.fn.max('at').as('at')])
      .where('personId', 'in', ids)
      .where('what', '=', 'reviewed')
      .groupBy('personId')
      .execute(),
    db
      .selectFrom('roleChange')
      .select((eb) => ['personId', eb.fn.countAll().as('count')])
      .where('personId', 'in', ids)
      .where('openKey', 'is not', null)
      .groupBy('personId')
      .execute(),
  ])
  return rows.map(({ id, ...row }) => ({
    ...{ personId: id, name: row.name, nameEn: row.nameEn, wecomUserId: row.wecomUserId, local: isLocal(row) },
    ...{ status: row.status, leftAt: row.leftAt, filingNumber: row.filingNumber, filedUntil: row.filedUntil },
    employmentProvedAt: row.employmentProvedAt,
    roles: roles.filter(({ personId }) => personId === id).map(({ role, until }) => ({ role, until })),
    signedInAt: sessions.find(({ personId }) => personId === id)?.at ?? null,
    reviewedAt: reviews.find(({ personId }) => personId === id)?.at ?? null,
    waiting: Number(waiting.find(({ personId }) => personId === id)?.count ?? 0),
  }))
}
