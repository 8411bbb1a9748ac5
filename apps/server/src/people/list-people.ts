import type { Input, Output, peopleEndpoints } from '@vouch/contract'
import { appendAudit } from '../audit/append-audit.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { findPeoplePage, type PeopleFilter } from './people-queries.ts'
import { findWaiting } from './roles/change-queries.ts'
import { findGranters } from './roles/granters.ts'
import { holdsOne } from './role-queries.ts'
import { peopleAdders } from './roles/people-roles.ts'
import type { Session } from './sessions.ts'

type Endpoint = typeof peopleEndpoints.listPeople
const pageSize = 50

/** Everybody known here, by the sound of their names. Looking is recorded: it shows personal data. */
export async function listPeople(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { db } = deps
  const now = deps.now()
  const { cursor, ...filter } = asked
  const [found, granters] = await Promise.all([
    findPeoplePage(db, filter, { after: readCursor(cursor, filter.order)?.id, limit: pageSize + 1, now }),
    findGranters(db, now),
  ])
  const rows = found.slice(0, pageSize)
  await transact(db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, now, {
      ...{ event: 'people.viewed', subjectId: me.personId, detail: { shown: rows.length, ...toldOf(filter) } },
    }),
  )
  const last = found.length > pageSize ? rows.at(-1) : undefined
  return {
    ...{ rows, next: last ? writeCursor({ at: new Date(0), id: last.personId }, filter.order) : null },
    ...{ mayAdd: holdsOne(me.roles, peopleAdders), mayGrant: granters.ids.includes(me.personId) },
    granters: granters.ids.length,
  }
}

/** The filter as it is kept: names that were typed are not. */
export const toldOf = ({ query, ...filter }: PeopleFilter) => ({ ...filter, searched: query.trim() !== '' })

/** Roles that wait for a second person. */
export async function listRoleChanges(
  deps: Deps,
  me: Session,
): Promise<Output<typeof peopleEndpoints.listRoleChanges>> {
  const { db } = deps
  const granters = await findGranters(db, deps.now())
  const [rows, territories] = await Promise.all([
    findWaiting(db, { granters, me: me.personId }),
    db.selectFrom('territory').select(['code', 'name', 'nameEn']).orderBy('code').execute(),
  ])
  return { rows, territories }
}
