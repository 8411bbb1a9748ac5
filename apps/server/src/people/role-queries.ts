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

/** Only authors bring in bytes. Throws `wrong_role`. */
export async function requireAuthor({ db, now }: Deps, me: Session): Promise<void> {
  if (!(await findRoles(db, me.personId, now())).includes('author')) throw new AppError('wrong_role')
}
