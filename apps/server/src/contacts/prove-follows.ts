import type { Actor, Deps } from '../deps.ts'
import { findFollowedIds, findRepsToProve, findRepsWithoutContacts } from './follow-queries.ts'
import { endFollows, recordFollows } from './record-follows.ts'

const actor: Actor = { kind: 'system', id: 'prove-follows' }
/** Sending needs a proof of at most 24 h. */
const proofMs = 20 * 3_600_000
const mostReps = 200
const longestMs = 80_000

/**
 * Reads from WeCom whom each rep follows, before the proof of it gets too old. Repairs what lost messages left behind
 * in both directions (wecom-platform.md 3.9). Throws `wecom_unavailable` when WeCom cannot say.
 */
export async function proveFollows(deps: Deps): Promise<void> {
  const at = deps.now()
  const endsAt = performance.now() + longestMs
  const reps = await findRepsToProve(deps.db, new Date(at.getTime() - proofMs), mostReps)
  // Of these nothing tells when they were last asked about: they are, in the first minutes of every hour.
  const others = at.getUTCMinutes() < 10 ? await findRepsWithoutContacts(deps.db, mostReps) : []
  for (const rep of [...reps, ...others]) {
    if (performance.now() > endsAt) return
    await proveOne(deps, rep)
  }
}

async function proveOne(deps: Deps, rep: { id: string; wecomUserId: string }): Promise<void> {
  const told = { repId: rep.id, askedAt: deps.now() }
  const seen = await deps.wecom.followedBy(rep.wecomUserId)
  await recordFollows(deps, actor, told, seen)
  const still = new Set(seen.map((contact) => contact.externalUserId))
  const known = await findFollowedIds(deps.db, rep.id)
  await endFollows(
    deps,
    actor,
    told,
    known.filter((externalUserId) => !still.has(externalUserId)),
  )
}
