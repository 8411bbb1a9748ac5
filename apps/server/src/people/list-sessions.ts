import type { Input, Output, sessionEndpoints } from '@vouch/contract'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { absoluteMs, idleMs, type Session } from './sessions.ts'

type Endpoint = typeof sessionEndpoints.listSessions
const pageRows = 50

/** Only security administrators see and end where others are signed in. */
export const mayEndOthers = (roles: readonly string[]): boolean => roles.includes('security_admin')

/** Sessions that are open now: of who asks or, for a security administrator, of everybody. */
export async function listSessions(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { db, now } = deps
  const at = now()
  const maySeeAll = mayEndOthers(me.roles)
  if (asked.whose === 'all' && !maySeeAll) throw new AppError('wrong_role')
  const after = readAfter(asked.cursor)
  let query = db
    .selectFrom('session')
    .innerJoin('person', 'person.id', 'session.personId')
    .select(['tokenHash', 'session.personId', 'person.name', 'face', 'way', 'device', 'signedInAt', 'lastSeenAt'])
    .where('endedAt', 'is', null)
    .where('signedInAt', '>', new Date(at.getTime() - absoluteMs))
    .where('lastSeenAt', '>', new Date(at.getTime() - idleMs))
  if (asked.whose === 'mine') query = query.where('session.personId', '=', me.personId)
  const words = asked.query.trim().replace(/[\\%_]/g, String.raw`\$&`)
  if (words && asked.whose === 'all') query = query.where('person.name', 'like', `%${words}%`)
  if (after)
    query = query.where((eb) =>
      eb.or([
        eb('signedInAt', '<', after.at),
        eb.and([eb('signedInAt', '=', after.at), eb('tokenHash', '<', after.id)]),
      ]),
    )
  const found = await query
    .orderBy('signedInAt', 'desc')
    .orderBy('tokenHash', 'desc')
    .limit(pageRows + 1)
    .execute()
  const rows = found.slice(0, pageRows)
  const last = found.length > pageRows ? rows.at(-1) : undefined
  return {
    maySeeAll,
    rows: rows.map(({ tokenHash, name, ...row }) => ({
      ...{ ...row, sessionId: tokenHash, person: name, here: tokenHash === me.tokenHash },
    })),
    next: last ? `${last.signedInAt.getTime()}.${last.tokenHash}` : null,
  }
}

function readAfter(cursor: string | null): { at: Date; id: string } | undefined {
  if (cursor === null) return undefined
  const found = /^(\d{1,14})\.([0-9a-f]{64})$/.exec(cursor)
  if (!found) throw new AppError('bad_request', { field: 'cursor' })
  return { at: new Date(Number(found[1])), id: found[2]! }
}
