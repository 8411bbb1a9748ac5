import { countTowardsCap, mayHaveArrived } from './count-towards-cap.ts'
import { quietHoursEnd, startOfShanghaiDay, startOfShanghaiMonth } from './shanghai-time.ts'
import type { Refusal, SendFacts } from './types.ts'

/** The HCP has not asked for a pause. It holds for invitations too. */
export function checkPause({ account }: Pick<SendFacts, 'account'>, now: Date): Refusal[] {
  const until = account?.pausedUntil
  return until && now < until ? [{ reason: 'hcp_paused', until }] : []
}

/** The HCP has had fewer sends this Shanghai month, from all reps together, than the policy allows. */
export function checkCap(
  { account, content, pastSends, policy }: Pick<SendFacts, 'account' | 'content' | 'pastSends' | 'policy'>,
  now: Date,
): Refusal[] {
  if (!account || content.class === 'consent') return []
  const count = countTowardsCap(pastSends, now)
  const limit = policy.sendsPerMonth
  return count < limit ? [] : [{ reason: 'cap_reached', count, limit, until: startOfShanghaiMonth(now, 1) }]
}

/** The HCP has had fewer this month than they want; what is less, their wish or the policy, holds. */
export function checkOwnCap(
  { account, content, pastSends, policy }: Pick<SendFacts, 'account' | 'content' | 'pastSends' | 'policy'>,
  now: Date,
): Refusal[] {
  const limit = account?.wishes.mostPerMonth ?? null
  if (limit === null || limit >= policy.sendsPerMonth || content.class === 'consent') return []
  const count = countTowardsCap(pastSends, now)
  return count < limit ? [] : [{ reason: 'hcp_cap_reached', count, limit, until: startOfShanghaiMonth(now, 1) }]
}

/** Nothing about a product the HCP does not want to hear of. An invitation to consent is about no product. */
export function checkTopic({ account, content }: Pick<SendFacts, 'account' | 'content'>): Refusal[] {
  if (content.class === 'consent' || !account?.wishes.unwanted.includes(content.product)) return []
  return [{ reason: 'topic_unwanted', about: content.product }]
}

/** It is not the hour of rest in Shanghai. Whoever has just scanned the rep's code is awake and expects an answer. */
export function checkQuietHours({ policy, asked }: Pick<SendFacts, 'policy' | 'asked'>, now: Date): Refusal[] {
  if (asked.welcome) return []
  const until = quietHoursEnd(now, policy)
  return until ? [{ reason: 'quiet_hours', until }] : []
}

/** Nor the hours the HCP wants to be left alone in. */
export function checkOwnQuietHours({ account, asked }: Pick<SendFacts, 'account' | 'asked'>, now: Date): Refusal[] {
  if (asked.welcome) return []
  const hours = account?.wishes.quietHours
  const until = hours ? quietHoursEnd(now, hours) : null
  return until ? [{ reason: 'hcp_quiet_hours', until }] : []
}

/**
 * The HCP has not had the same document, in whatever version, within so many Shanghai days; a rep who knows may send
 * it all the same. A send that was cancelled, failed or proven unsent can be repeated at once.
 */
export function checkRepetition(
  { account, content, pastSends, policy, asked }: Omit<SendFacts, 'rep' | 'contact' | 'consent'>,
  now: Date,
): Refusal[] {
  if (!account || asked.again || content.class === 'consent') return []
  const times = pastSends
    .filter((send) => send.documentId === content.documentId && mayHaveArrived(send))
    .map((send) => send.authorisedAt.getTime())
  if (times.length === 0) return []
  const since = new Date(Math.max(...times))
  const until = startOfShanghaiDay(since, policy.sameItemDays)
  return now < until ? [{ reason: 'sent_recently', since, until }] : []
}
