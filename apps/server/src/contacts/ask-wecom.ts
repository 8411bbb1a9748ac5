import type { Actor, Deps } from '../deps.ts'
import { endFollows, type EndReason } from './end-follows.ts'
import { recordFollows, type Learnt } from './record-follows.ts'

type Rep = { id: string; wecomUserId: string }
/** `ends` is the reason to record when WeCom shows no relation; null leaves what we know as it is. */
type Question = { by: Actor; learnt: Learnt; ends: EndReason | null }

/**
 * Asks WeCom whether this rep follows this contact, and records what it shows. Must not be called inside a transaction.
 * A relation that has just begun may take some seconds to show (84061): then nothing is to be ended.
 */
export async function askWhetherFollowing(
  deps: Deps,
  rep: Rep,
  externalUserId: string,
  { by, learnt, ends }: Question,
): Promise<boolean> {
  const told = { by, learnt, askedAt: deps.now() }
  const pair = { repId: rep.id, externalUserId }
  const found = await deps.wecom.findContact(externalUserId)
  const key = rep.wecomUserId.toLowerCase() // WeCom's ids ignore case (2.2)
  const follower = found?.followers.find(({ userId }) => userId.toLowerCase() === key)
  if (found && follower) {
    await recordFollows(deps, told, [{ ...found, ...follower, ...pair }])
    return true
  }
  if (ends) await endFollows(deps, told, [{ ...pair, why: ends }])
  return false
}
