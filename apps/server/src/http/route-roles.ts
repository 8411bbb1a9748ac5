import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { isLocal } from '../people/local-people.ts'
import { findRoles } from '../people/queries.ts'
import type { Session, SignedIn } from '../people/sessions.ts'
import { consoleRoutes, type Allowed } from './console-routes.ts'
import { holdsOne } from '../people/role-queries.ts'

type Line = { allowed: Allowed; narrowed?: string }

/** The authorisation table of the console: `POST /api/console/content/list` to who may call it. */
export const consoleTable: ReadonlyMap<string, Line> = new Map(
  consoleRoutes.flatMap(({ routes, ...line }) =>
    routes.map((route) => [route.replace(' ', ' /api/console/'), line] as const),
  ),
)

/** Who may call a route. Throws when the table does not say, so that no server starts with a door nobody thought of. */
export function allowedAt(route: string): Allowed {
  const line = consoleTable.get(route)
  if (!line) throw new Error(`${route} has no line in http/console-routes.ts that says who may call it`)
  return line.allowed
}

/** The session of whoever holds one of these roles now, with all they hold. Throws `wrong_role` for anybody else. */
export async function letIn(deps: Deps, me: SignedIn, allowed: Allowed): Promise<Session> {
  const roles = await findRoles(deps.db, me.personId, deps.now())
  const held = isLocal(me) ? [...roles, 'local_admin'] : roles
  if (allowed !== 'signed_in' && !holdsOne(held, allowed)) throw new AppError('wrong_role')
  return { ...me, roles }
}
