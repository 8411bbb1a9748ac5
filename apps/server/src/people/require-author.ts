import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { findRoles } from './queries.ts'
import type { Session } from './sessions.ts'

/** Only authors bring in bytes. Throws `wrong_role`. */
export async function requireAuthor({ db, now }: Deps, me: Session): Promise<void> {
  if (!(await findRoles(db, me.personId, now())).includes('author')) throw new AppError('wrong_role')
}
