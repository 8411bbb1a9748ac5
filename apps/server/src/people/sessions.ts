import type { Deps } from '../deps.ts'
import { newToken, sha256 } from '../secrets.ts'
import { findSessionRow } from './queries.ts'

export type Face = 'rep' | 'console'
export type Session = { tokenHash: string; personId: string; name: string; wecomUserId: string; signedInAt: Date }

const idleMs = 30 * 60_000
const absoluteMs = 8 * 3_600_000
/** How long a looked-up session is believed without asking again: bounds how late an ended session is noticed. */
const believedMs = 1_000

/** Finds live sessions for one server instance: idle 30 min, absolute 8 h, ended ones refused within 1 s (design.md 4). */
export function createSessions({ db, now }: Pick<Deps, 'db' | 'now'>) {
  const believed = new Map<string, { session: Session; face: Face; until: number }>()

  async function find(token: string | undefined, face: Face): Promise<Session | undefined> {
    if (!token) return undefined
    const tokenHash = sha256(token)
    const at = now()
    const known = believed.get(tokenHash)
    if (known && known.until > at.getTime()) return known.face === face ? known.session : undefined
    believed.delete(tokenHash)
    const row = await findSessionRow(db, tokenHash)
    if (!row || row.face !== face || row.endedAt || row.status !== 'active') return undefined
    if (at.getTime() - row.lastSeenAt.getTime() > idleMs || at.getTime() - row.signedInAt.getTime() > absoluteMs)
      return undefined
    if (at.getTime() - row.lastSeenAt.getTime() > 60_000) {
      await db.updateTable('session').set({ lastSeenAt: at }).where('tokenHash', '=', tokenHash).execute()
    }
    const { personId, name, wecomUserId, signedInAt } = row
    const session = { tokenHash, personId, name, wecomUserId, signedInAt }
    if (believed.size > 10_000) believed.clear()
    believed.set(tokenHash, { session, face, until: at.getTime() + believedMs })
    return session
  }

  /** Opens a session and returns its token; only the hash is stored. */
  async function open(personId: string, face: Face): Promise<string> {
    const token = newToken()
    const at = now()
    await db
      .insertInto('session')
      .values({
        tokenHash: sha256(token),
        personId,
        face,
        signedInAt: at,
        lastSeenAt: at,
        endedAt: null,
        endedWhy: null,
      })
      .execute()
    return token
  }

  async function end(tokenHash: string, why: string): Promise<void> {
    believed.delete(tokenHash)
    await db
      .updateTable('session')
      .set({ endedAt: now(), endedWhy: why })
      .where('tokenHash', '=', tokenHash)
      .where('endedAt', 'is', null)
      .execute()
  }

  return { find, open, end }
}

export type Sessions = ReturnType<typeof createSessions>
