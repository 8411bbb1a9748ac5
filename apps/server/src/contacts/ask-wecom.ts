import type { Actor, Deps } from '../deps.ts'
import { endFollows, recordFollows } from './record-follows.ts'

type Rep = { id: string; wecomUserId: string }

/**
 * Asks WeCom whether this rep follows this contact, and says so. Must not be called inside a transaction. With
 * `keep: 'yes'` only a relation that exists is recorded, because a new one may take some seconds to show (84061).
 */
export async function askWhetherFollowing(
  deps: Deps,
  by: Actor,
  rep: Rep,
  externalUserId: string,
  keep: 'yes' | 'both' = 'both',
): Promise<boolean> {
  const told = { repId: rep.id, askedAt: deps.now() }
  const found = await deps.wecom.findContact(externalUserId)
  const key = rep.wecomUserId.toLowerCase() // WeCom's ids ignore case (2.2)
  const follower = found?.followers.find(({ userId }) => userId.toLowerCase() === key)
  if (found && follower) {
    await recordFollows(deps, by, told, [{ externalUserId, nickname: found.nickname, remark: follower.remark }])
    return true
  }
  if (keep === 'both') await endFollows(deps, by, told, [externalUserId])
  return false
}
