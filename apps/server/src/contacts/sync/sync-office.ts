import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { findRoles } from '../../people/queries.ts'
import type { Session } from '../../people/sessions.ts'

const readers = ['system_admin', 'compliance', 'compliance_officer', 'auditor']

/** Who may have relations read, and who may look at what came of it. Throws `wrong_role` for anybody else. */
export async function requireReader({ db, now }: Deps, me: Session): Promise<{ mayStart: boolean }> {
  const roles = await findRoles(db, me.personId, now())
  if (!roles.some((role) => readers.includes(role))) throw new AppError('wrong_role')
  return { mayStart: roles.includes('system_admin') }
}
