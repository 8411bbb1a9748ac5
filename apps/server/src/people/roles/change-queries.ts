import type { RoleChange } from '@vouch/contract'
import type { Role } from '@vouch/rules'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Granters } from './granters.ts'
import { readCodes } from './role-rows.ts'

/** More than that never wait at once in earnest; the rest come up as these are decided. */
const mostWaiting = 200

const columns = [
  ...([
    'roleChange.id',
    'roleChange.personId',
    'roleChange.role',
    'roleChange.until',
    'roleChange.territories',
  ] as const),
  ...(['roleChange.reason', 'roleChange.proposedBy', 'roleChange.proposedAt', 'roleChange.decision'] as const),
]

/** A change by its id, as it is decided. */
export async function findChange(db: Kysely<Database>, changeId: string) {
  const row = await db.selectFrom('roleChange').select(columns).where('id', '=', changeId).executeTakeFirst()
  // Written by `proposeRole` alone, which takes roles there are.
  return row && { ...row, role: row.role as Role, territories: readCodes(row.territories) }
}

/** What waits for a second person, the oldest first: all of it, or what is about one person. */
export async function findWaiting(
  db: Kysely<Database>,
  { granters, me, personId }: { granters: Granters; me: string; personId?: string },
): Promise<RoleChange[]> {
  const rows = await db
    .selectFrom('roleChange')
    .innerJoin('person', 'person.id', 'roleChange.personId')
    .innerJoin('person as asker', 'asker.id', 'roleChange.proposedBy')
    .select([...columns, 'person.name as person', 'asker.name as askedBy'])
    .where('roleChange.openKey', 'is not', null)
    .$if(personId !== undefined, (found) => found.where('roleChange.personId', '=', personId ?? ''))
    .orderBy('roleChange.id')
    .limit(mostWaiting)
    .execute()
  return rows.map(
    ({ id, personId: of, person, role, until, territories, reason, askedBy, proposedBy, proposedAt }) => ({
      ...{ changeId: id, personId: of, person, role, until, reason, askedBy, askedAt: proposedAt },
      ...{ territories: readCodes(territories), mine: proposedBy === me },
      mayDecide: granters.ids.includes(me) && proposedBy !== me && of !== me,
    }),
  )
}
