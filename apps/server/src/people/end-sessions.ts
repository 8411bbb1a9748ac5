import type { Input, sessionEndpoints } from '@vouch/contract'
import type { Transaction } from 'kysely'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { mayEndOthers } from './list-sessions.ts'
import type { Session } from './sessions.ts'

type Ended = { ended: number }

/** Ends one session, one's own or, as a security administrator, anybody's; every instance notices within a second. */
export function endSession(
  deps: Deps,
  me: Session,
  { sessionId, reason }: Input<typeof sessionEndpoints.endSession>,
): Promise<Ended> {
  return transact(deps.db, async (trx) => {
    const session = await trx
      .selectFrom('session')
      .select(['tokenHash', 'personId', 'endedAt'])
      .where('tokenHash', '=', sessionId)
      .forUpdate()
      .executeTakeFirst()
    const mayEnd = session && (session.personId === me.personId || mayEndOthers(me.roles))
    if (!session || !mayEnd) throw new AppError('not_found')
    return end(trx, deps, { me, personId: session.personId, of: session.endedAt ? [] : [session.tokenHash], reason })
  })
}

/** Ends all sessions of a person, for instance when a phone was lost; the one that asks stays. */
export function endSessionsOfPerson(
  deps: Deps,
  me: Session,
  { personId, reason }: Input<typeof sessionEndpoints.endSessionsOf>,
): Promise<Ended> {
  return transact(deps.db, async (trx) => {
    if (personId !== me.personId && !mayEndOthers(me.roles)) throw new AppError('wrong_role')
    const open = await trx
      .selectFrom('session')
      .select('tokenHash')
      .where('personId', '=', personId)
      .where('endedAt', 'is', null)
      .where('tokenHash', '!=', me.tokenHash)
      .forUpdate()
      .execute()
    return end(trx, deps, { me, personId, of: open.map(({ tokenHash }) => tokenHash), reason })
  })
}

type Ending = { me: Session; personId: string; of: string[]; reason: string }

async function end(trx: Transaction<Database>, deps: Deps, { me, personId, of, reason }: Ending): Promise<Ended> {
  if (of.length === 0) return { ended: 0 }
  const at = deps.now()
  const endedWhy = personId === me.personId ? 'ended_by_self' : 'ended_by_admin'
  await trx.updateTable('session').set({ endedAt: at, endedWhy }).where('tokenHash', 'in', of).execute()
  await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
    ...{ event: 'session.ended', subjectId: personId, reason, detail: { sessions: of.length } },
  })
  return { ended: of.length }
}
