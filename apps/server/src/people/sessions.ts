import type { Device, SignInWay } from '../db/tables/people.ts'
import type { Deps } from '../deps.ts'
import { newToken, sha256 } from '../secrets.ts'
import { findSessionRow } from './queries.ts'

export type Face = 'rep' | 'console'
export type SignedIn = {
  tokenHash: string
  personId: string
  name: string
  wecomUserId: string
  signedInAt: Date
  way: SignInWay
}
/**
 * Who came through a door. In the console with the roles they held when they did, asked at each call, so that one that was
 * taken is gone; in the sidebar as a rep, and the gate asks itself whether they still are one.
 */
export type Session = SignedIn & { roles: readonly string[] }

export const idleMs = 30 * 60_000
export const absoluteMs = 8 * 3_600_000
/** How long a looked-up session is believed without asking again: bounds how late an ended session is noticed. */
const believedMs = 1_000

/** Finds live sessions for one server instance: idle 30 min, absolute 8 h, ended ones refused within 1 s (design.md 4). */
export function createSessions({ db, now }: Pick<Deps, 'db' | 'now'>) {
  const believed = new Map<string, { session: SignedIn; face: Face; until: number; renewing: boolean }>()

  async function find(token: string | undefined, face: Face): Promise<SignedIn | undefined> {
    if (!token) return undefined
    const tokenHash = sha256(token)
    const known = believed.get(tokenHash)
    const left = known ? known.until - now().getTime() : 0
    if (!known || left <= 0) return lookUp(tokenHash, face)
    if (left < believedMs / 2 && !known.renewing) {
      known.renewing = true // beside the request that came, so that who works does not wait for it
      lookUp(tokenHash, known.face).catch(() => {})
    }
    return known.face === face ? known.session : undefined
  }

  async function lookUp(tokenHash: string, face: Face): Promise<SignedIn | undefined> {
    const at = now()
    const row = await findSessionRow(db, tokenHash)
    const over =
      !row ||
      row.endedAt !== null ||
      row.status !== 'active' ||
      at.getTime() - row.lastSeenAt.getTime() > idleMs ||
      at.getTime() - row.signedInAt.getTime() > absoluteMs
    if (over) believed.delete(tokenHash)
    if (over || row.face !== face) return undefined
    if (at.getTime() - row.lastSeenAt.getTime() > 60_000) {
      await db.updateTable('session').set({ lastSeenAt: at }).where('tokenHash', '=', tokenHash).execute()
    }
    const { personId, name, wecomUserId, signedInAt, way } = row
    const session = { tokenHash, personId, name, wecomUserId, signedInAt, way }
    if (believed.size > 10_000) believed.clear()
    believed.set(tokenHash, { session, face, until: at.getTime() + believedMs, renewing: false })
    return session
  }

  /** Opens a session and returns its token; only the hash is stored. */
  async function open(
    personId: string,
    face: Face,
    { way, device }: { way: SignInWay; device: Device },
  ): Promise<string> {
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
        way,
        device,
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
