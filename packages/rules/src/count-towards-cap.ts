import { shanghaiDay, startOfShanghaiMonth } from './shanghai-time.ts'
import type { PastSend, SendFacts, Verdict } from './types.ts'
import { verdict } from './verdict.ts'

/** A rep's word that nothing went out is believed this often per contact and Shanghai day. */
const believedPerDay = 3

const provenNotSent: readonly Verdict[] = ['NOT_SENT_PROVEN', 'NOT_SENT_ADJUDICATED']
const saidNotSent: readonly Verdict[] = ['CANCELLED', 'FAILED']

/** Whether the message may have reached the HCP, going by its facts alone. */
export function mayHaveArrived(send: PastSend): boolean {
  const status = verdict(send.facts)
  return !provenNotSent.includes(status) && !saidNotSent.includes(status)
}

/**
 * The sends that count, oldest first: all but the proven unsent, and of those a client called cancelled or failed
 * all but the first three per rep, contact and Shanghai day (assurance.md 2.4 rule 10).
 */
export function countingSends(pastSends: readonly PastSend[]): PastSend[] {
  const believed = new Map<string, number>()
  return [...pastSends].sort(byTime).filter((send) => {
    const status = verdict(send.facts)
    if (provenNotSent.includes(status)) return false
    if (!saidNotSent.includes(status)) return true
    const key = JSON.stringify([send.repId, send.externalUserId, shanghaiDay(send.authorisedAt)])
    const nth = (believed.get(key) ?? 0) + 1
    believed.set(key, nth)
    return nth > believedPerDay
  })
}

/** How many deliveries of the Shanghai month of `now` use the cap. Consent invitations never do. */
export function countTowardsCap(pastSends: readonly PastSend[], now: Date): number {
  const from = startOfShanghaiMonth(now)
  const until = startOfShanghaiMonth(now, 1)
  const capped = pastSends.filter(
    (send) => send.class !== 'consent' && send.authorisedAt >= from && send.authorisedAt < until,
  )
  return countingSends(capped).reduce((sum, send) => sum + 1 + (send.duplicateDeliveries ?? 0), 0)
}

/** How many sends a Shanghai month may bring this HCP: the policy's number, or their own wish when that is less. */
export function monthlyLimit({ account, policy }: Pick<SendFacts, 'account' | 'policy'>): number {
  return Math.min(policy.sendsPerMonth, account?.wishes.mostPerMonth ?? Infinity)
}

/** How many sends are still allowed in the Shanghai month of `now`; never below zero. */
export function remainingThisMonth(
  { account, pastSends, policy }: Pick<SendFacts, 'account' | 'pastSends' | 'policy'>,
  now: Date,
): number {
  return Math.max(0, monthlyLimit({ account, policy }) - countTowardsCap(pastSends, now))
}

function byTime(one: PastSend, other: PastSend): number {
  return one.authorisedAt.getTime() - other.authorisedAt.getTime()
}
