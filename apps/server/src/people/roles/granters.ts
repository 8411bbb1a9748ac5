import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { localPrefix } from '../local-people.ts'
import { findHolders } from '../role-queries.ts'
import type { Session } from '../sessions.ts'
import { roleGranters } from './people-roles.ts'

/** Below so many security administrators there is no second person among them, and local administrators help out. */
const enough = 2

export type Granters = {
  securityAdmins: readonly string[]
  /** Whose word counts now: the security administrators, and while these are too few, local administrators. */
  ids: readonly string[]
  /** All local administrators, whatever role they hold. */
  locals: readonly string[]
}

/**
 * Roles are decided one after the other: whoever decides locks the security administrators first, so that two of them
 * cannot take each other's role at once.
 */
export async function lockGranters(trx: Transaction<Database>, now: Date): Promise<Granters> {
  await trx
    .selectFrom('personRole')
    .select('personId')
    .where('role', 'in', [...roleGranters])
    .forUpdate()
    .execute()
  return findGranters(trx, now)
}

/** The same for somebody who decides. Throws `wrong_role` when roles are none of their business by now. */
export async function lockAsGranter(trx: Transaction<Database>, me: Session, now: Date): Promise<Granters> {
  const granters = await lockGranters(trx, now)
  if (!granters.ids.includes(me.personId)) throw new AppError('wrong_role')
  return granters
}

/** Throws `wrong_role` for whom roles are none of their business. */
export async function requireGranter({ db, now }: Deps, me: Session): Promise<void> {
  if (!(await findGranters(db, now())).ids.includes(me.personId)) throw new AppError('wrong_role')
}

export async function findGranters(db: Kysely<Database>, now: Date): Promise<Granters> {
  const [securityAdmins, locals] = await Promise.all([
    findHolders(db, roleGranters, now),
    db
      .selectFrom('person')
      .select('id')
      .where('status', '=', 'active')
      .where('wecomUserKey', 'like', `${localPrefix}%`)
      .execute(),
  ])
  const others = locals.map(({ id }) => id).filter((id) => !securityAdmins.includes(id))
  const ids = securityAdmins.length < enough ? [...securityAdmins, ...others] : securityAdmins
  return { securityAdmins, ids, locals: locals.map(({ id }) => id) }
}

/**
 * The first security administrator has nobody who could be a second person: while no colleague is one, a local
 * administrator names one alone. It is told to everybody in the office.
 */
export const namesAlone = (granters: Granters, personId: string, role: string): boolean =>
  role === 'security_admin' &&
  granters.locals.includes(personId) &&
  granters.securityAdmins.every((id) => granters.locals.includes(id))
