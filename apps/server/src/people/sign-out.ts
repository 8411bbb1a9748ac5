import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import type { Face, Session, Sessions } from './sessions.ts'

/** Ends this session, on all instances within a second. */
export async function signOut(deps: Deps, sessions: Sessions, me: Session, face: Face): Promise<{ done: true }> {
  await sessions.end(me.tokenHash, 'signed_out')
  await transact(deps.db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: face === 'rep' ? 'rep' : 'admin', id: me.personId }, deps.now(), {
      event: face === 'rep' ? 'rep.signed_out' : 'console.signed_out',
      subjectId: me.personId,
    }),
  )
  return { done: true }
}
