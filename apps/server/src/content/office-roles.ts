import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import { findRoles } from '../people/queries.ts'

/** Roles of somebody of the office, as they are now. Throws `wrong_role` for who has none there any more. */
export async function loadOfficeRoles(db: Kysely<Database>, personId: string, now: Date): Promise<string[]> {
  const roles = await findRoles(db, personId, now)
  if (!roles.some((role) => role !== 'rep')) throw new AppError('wrong_role')
  return roles
}
