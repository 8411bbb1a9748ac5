import { startOfShanghaiDay } from './shanghai-time.ts'
import type { PastSend, Policy, Verdict } from './types.ts'
import { verdict } from './verdict.ts'

/** How a piece that is to be sent stands with one HCP: yet to send, sent, or sent with an outcome nobody knows. */
export type Standing = 'to_send' | 'sent' | 'unknown'

/** A script taken up again within so many Shanghai days goes on where it stopped; after that it begins anew. */
const scriptDays = 14

const sent: readonly Verdict[] = [
  'SENT_PROVEN',
  'SENT_OPENED',
  'SENT_CLIENT',
  'SENT_DISPUTED',
  'SENT_ADJUDICATED',
  'UNKNOWN_ATTESTED_SENT',
]
const unknown: readonly Verdict[] = ['OPEN', 'UNKNOWN', 'CONFLICT']

/**
 * Where one stands with a document and an HCP, going by what was sent to them since then, in whatever version and by
 * whichever rep. What was cancelled, failed or is known not to have arrived is yet to send. `send` is what says so.
 */
export function standingOf(
  documentId: string,
  pastSends: readonly PastSend[],
  since: Date,
): { standing: Standing; send: PastSend | null } {
  const own = pastSends.filter((send) => send.documentId === documentId && send.authorisedAt >= since)
  const newest = (among: readonly Verdict[]) =>
    own
      .filter((send) => among.includes(verdict(send.facts)))
      .reduce<PastSend | null>((last, send) => (last && last.authorisedAt >= send.authorisedAt ? last : send), null)
  const arrived = newest(sent)
  if (arrived) return { standing: 'sent', send: arrived }
  const open = newest(unknown)
  return open ? { standing: 'unknown', send: open } : { standing: 'to_send', send: null }
}

/** Sends from here on belong to the script as it is being sent now: as long as the same piece may not go again, at least. */
export function scriptSince({ sameItemDays }: Pick<Policy, 'sameItemDays'>, now: Date): Date {
  return startOfShanghaiDay(now, 1 - Math.max(sameItemDays, scriptDays))
}
