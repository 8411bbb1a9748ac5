import type { consentEndpoints, Input, Output } from '@vouch/contract'
import { escapeLike } from '../content/queries.ts'
import type { Deps } from '../deps.ts'

type Endpoint = typeof consentEndpoints.findDoctors
const shown = 12

/** Doctors by name, pinyin or hospital, for whoever enters a paper. */
export async function findDoctors(deps: Deps, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const like = `%${escapeLike(asked.query.trim().toLowerCase())}%`
  const rows = await deps.db
    .selectFrom('account')
    .leftJoin('hospital', 'hospital.id', 'account.hospitalId')
    .select(['account.id as accountId', 'account.name as doctor', 'account.title', 'account.department'])
    .select('hospital.name as hospital')
    .where('account.active', '=', 1)
    .where((eb) =>
      eb.or([
        eb('account.nameSearch', 'like', like),
        eb('account.name', 'like', like),
        eb('hospital.name', 'like', like),
        eb('hospital.shortName', 'like', like),
      ]),
    )
    .orderBy('account.nameSearch')
    .limit(shown)
    .execute()
  return { doctors: rows.map((row) => ({ ...row, hospital: row.hospital ?? '' })) }
}
