import type { Tone } from '@vouch/ui'
import type { Verdict } from './api.ts'

const tones: Record<Verdict, Tone> = {
  NONE: 'neutral',
  OFF_SYSTEM: 'bad',
  OPEN: 'stale',
  SENT_PROVEN: 'ok',
  SENT_RECALLED: 'warn',
  SENT_OPENED: 'ok',
  SENT_CLIENT: 'ok',
  SENT_DISPUTED: 'warn',
  SENT_ADJUDICATED: 'ok',
  NOT_SENT_ADJUDICATED: 'neutral',
  NOT_SENT_PROVEN: 'neutral',
  CANCELLED: 'neutral',
  FAILED: 'bad',
  CONFLICT: 'warn',
  UNKNOWN: 'unknown',
  UNKNOWN_ATTESTED_SENT: 'info',
  UNKNOWN_ATTESTED_NOT: 'neutral',
}

export function verdictTone(verdict: Verdict): Tone {
  return tones[verdict]
}

/** Outcomes the rep can still give a word on. */
export function settleable(verdict: Verdict): boolean {
  return verdict === 'UNKNOWN'
}
