import type { Deps } from '../deps.ts'
import type { Session } from './sessions.ts'
import { holdsOne } from './role-queries.ts'

/** Offices that look after the whole company; the others see nothing of doctors unless they are managers as well. */
const wholeCompany = ['compliance', 'compliance_officer', 'auditor', 'system_admin', 'security_admin'] as const

/** A manager who holds none of the offices of the whole company sees their own territories alone. */
export const isBounded = (roles: readonly string[]): boolean =>
  roles.includes('manager') && !holdsOne(roles, wholeCompany)

/**
 * The territories whose doctors somebody sees in the console; null: all. Of a manager to whom none was given: nobody.
 * Read within each query that shows a doctor, never applied to what was read.
 */
export async function scopeOf(
  { db }: Pick<Deps, 'db'>,
  me: Pick<Session, 'personId' | 'roles'>,
): Promise<string[] | null> {
  if (!isBounded(me.roles)) return null
  const rows = await db.selectFrom('managedTerritory').select('territory').where('personId', '=', me.personId).execute()
  return rows.map(({ territory }) => territory)
}
