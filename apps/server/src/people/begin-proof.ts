import type { Deps } from '../deps.ts'
import type { Session } from './sessions.ts'

/** Whoever begins to prove who they are has so long to come back with a login. */
const proofLifeMs = 5 * 60_000

/** Remembers which session of whom is to be proved. Nothing is proved by it; that takes the login that follows. */
export async function beginProof({ db, now, newId }: Deps, me: Session): Promise<{ proofId: string; endsAt: Date }> {
  const begunAt = now()
  const proofId = newId()
  const endsAt = new Date(begunAt.getTime() + proofLifeMs)
  const open = { spentAt: null, outcome: null, refusedFor: null }
  await db
    .insertInto('proof')
    .values({ id: proofId, personId: me.personId, sessionHash: me.tokenHash, begunAt, endsAt, ...open })
    .execute()
  return { proofId, endsAt }
}
