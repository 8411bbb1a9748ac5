import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { isLocal } from '../people/local-people.ts'
import { findRoles } from '../people/queries.ts'
import type { Session } from '../people/sessions.ts'
import { consoleRoutes, type Allowed } from './console-routes.ts'

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

/** Throws `wrong_role` for whoever holds none of these now; asked anew at each call, so that a role that was taken is gone. */
export async function refuseStrangers(deps: Deps, me: Session, allowed: Allowed): Promise<void> {
  if (allowed === 'signed_in') return
  const roles: string[] = await findRoles(deps.db, me.personId, deps.now())
  if (isLocal(me)) roles.push('local_admin')
  if (!allowed.some((role) => roles.includes(role))) throw new AppError('wrong_role')
}
