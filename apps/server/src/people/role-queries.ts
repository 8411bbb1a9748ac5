import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { findRoles } from './queries.ts'
import type { Session } from './sessions.ts'

/** Roles of somebody of the office, as they are now. Throws `wrong_role` for who has none there any more. */
export async function loadOfficeRoles(db: Kysely<Database>, personId: string, now: Date): Promise<string[]> {
  const roles = await findRoles(db, personId, now)
  if (!roles.some((role) => role !== 'rep')) throw new AppError('wrong_role')
  return roles
}

/** Roles of somebody who holds one of these now. Throws `wrong_role`. */
export async function requireRole({ db, now }: Deps, me: Session, asked: readonly string[]): Promise<string[]> {
  const roles = await findRoles(db, me.personId, now())
  if (!asked.some((role) => roles.includes(role))) throw new AppError('wrong_role')
  return roles
}

/** Only authors bring in bytes. Throws `wrong_role`. */
export async function requireAuthor(deps: Deps, me: Session): Promise<void> {
  await requireRole(deps, me, ['author'])
}
