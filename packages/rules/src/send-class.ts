import type { Verdict } from './types.ts'

/**
 * What a send is counted as in a report: each is exactly one, and the sum of all is the number of sends that passed the gate
 * (assurance.md 2.4 rule 11). They differ in who vouches for them, so no two are ever added and called "sent".
 */
export const sendClasses = [
  'proven',
  'opened',
  'client',
  'unknown',
  'cancelled',
  'failed',
  'not_sent',
  'exception',
  'open',
] as const
export type SendClass = (typeof sendClasses)[number]

/** Null: no send of ours. What a person decided against the facts, or facts that contradict, is an exception. */
const classes: Record<Verdict, SendClass | null> = {
  ...{ NONE: null, OFF_SYSTEM: null },
  ...{ SENT_PROVEN: 'proven', SENT_RECALLED: 'proven' },
  ...{ SENT_OPENED: 'opened', SENT_CLIENT: 'client' },
  ...{ UNKNOWN: 'unknown', UNKNOWN_ATTESTED_SENT: 'unknown', UNKNOWN_ATTESTED_NOT: 'unknown' },
  ...{ CANCELLED: 'cancelled', FAILED: 'failed' },
  ...{ NOT_SENT_PROVEN: 'not_sent', NOT_SENT_ADJUDICATED: 'not_sent' },
  ...{ SENT_DISPUTED: 'exception', SENT_ADJUDICATED: 'exception', CONFLICT: 'exception' },
  OPEN: 'open',
}

/** What a verdict is counted as. */
export const sendClass = (verdict: Verdict): SendClass | null => classes[verdict]
