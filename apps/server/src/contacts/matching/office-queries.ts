import type { OfficeDoctor } from '@vouch/contract'
import { sql, type Kysely } from 'kysely'
import { escapeLike } from '../../content/queries.ts'
import type { Database } from '../../db/schema.ts'

const found = 12

function doctorRows(db: Kysely<Database>) {
  return db
    .selectFrom('account')
    .innerJoin('hospital', 'hospital.id', 'account.hospitalId')
    .select(['account.id as accountId', 'account.name', 'account.title', 'account.post', 'account.department'])
    .select(['account.territory', 'account.specialty', 'account.licenceNumber', 'account.hcpVerified'])
    .select(['account.active', 'account.hospitalId'])
    .select(['hospital.name as hospital', 'hospital.city'])
    .select(sql<number>`(select count(*) from external_contact met where met.account_id = account.id)`.as('contacts'))
}
type DoctorRow = Awaited<ReturnType<ReturnType<typeof doctorRows>['execute']>>[number]

const asDoctor = ({ hcpVerified, active, contacts, licenceNumber, ...row }: DoctorRow): OfficeDoctor => ({
  ...row,
  ...{ licenceNumber: licenceNumber ?? '', verified: Boolean(hcpVerified), active: Boolean(active) },
  contacts: Number(contacts),
})

/** Doctors by their ids. */
export async function findDoctorsOf(db: Kysely<Database>, ids: readonly string[]): Promise<Map<string, OfficeDoctor>> {
  if (ids.length === 0) return new Map()
  const rows = await doctorRows(db)
    .where('account.id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map((row) => [row.accountId, asDoctor(row)]))
}

type Asked = { name: string; licenceNumber?: string }
const mostAlike = 200

/** Active doctors of these names or licence numbers. */
export async function findAlike(db: Kysely<Database>, asked: readonly Asked[]): Promise<OfficeDoctor[]> {
  if (asked.length === 0) return []
  const names = [...new Set(asked.map(({ name }) => name))]
  const licences = [...new Set(asked.flatMap(({ licenceNumber }) => licenceNumber || []))]
  const rows = await doctorRows(db)
    .where((eb) =>
      eb.or([
        eb('account.name', 'in', names),
        ...(licences.length > 0 ? [eb('account.licenceNumber', 'in', licences)] : []),
      ]),
    )
    .where('account.active', '=', 1)
    .orderBy('account.id')
    .limit(mostAlike)
    .execute()
  return rows.map(asDoctor)
}

/** Active doctors by name, pinyin, hospital or licence. */
export async function findByWords(db: Kysely<Database>, query: string): Promise<OfficeDoctor[]> {
  const like = `%${escapeLike(query.trim().toLowerCase())}%`
  const rows = await doctorRows(db)
    .where('account.active', '=', 1)
    .where((eb) =>
      eb.or([
        eb('account.nameSearch', 'like', like),
        eb('hospital.name', 'like', like),
        eb('hospital.shortName', 'like', like),
        eb('account.licenceNumber', '=', query.trim()),
      ]),
    )
    .orderBy('account.nameSearch')
    .orderBy('account.id')
    .limit(found)
    .execute()
  return rows.map(asDoctor)
}

/** Hospitals by a part of their name. */
export function findHospitals(db: Kysely<Database>, query: string) {
  const like = `%${escapeLike(query.trim())}%`
  return db
    .selectFrom('hospital')
    .select(['hospital.id as hospitalId', 'hospital.name', 'hospital.city'])
    .where((eb) => eb.or([eb('hospital.name', 'like', like), eb('hospital.shortName', 'like', like)]))
    .orderBy('hospital.name')
    .orderBy('hospital.id')
    .limit(found)
    .execute()
}
