import type { IconName, Tone } from '@vouch/ui'
import type { Send, Verdict } from './api.ts'

type Sign = { tone: Tone; icon?: IconName }

/** Green only where WeCom, the archive, the doctor or a ruling speaks for it; a rep's own word leaves it unknown. */
const signs: Record<Verdict, Sign> = {
  NONE: { tone: 'neutral', icon: 'cross' },
  OFF_SYSTEM: { tone: 'bad' },
  OPEN: { tone: 'stale' },
  SENT_PROVEN: { tone: 'ok' },
  SENT_RECALLED: { tone: 'warn' },
  SENT_OPENED: { tone: 'ok' },
  SENT_CLIENT: { tone: 'ok' },
  SENT_DISPUTED: { tone: 'warn' },
  SENT_ADJUDICATED: { tone: 'ok' },
  NOT_SENT_ADJUDICATED: { tone: 'neutral', icon: 'cross' },
  NOT_SENT_PROVEN: { tone: 'neutral', icon: 'cross' },
  CANCELLED: { tone: 'neutral', icon: 'cross' },
  FAILED: { tone: 'bad' },
  CONFLICT: { tone: 'warn' },
  UNKNOWN: { tone: 'unknown' },
  UNKNOWN_ATTESTED_SENT: { tone: 'unknown' },
  UNKNOWN_ATTESTED_NOT: { tone: 'unknown' },
}

/** Sign and colour of an outcome; `icon` only where the tone has no sign of its own. */
export function outcomeSign(send: Pick<Send, 'outcome' | 'verdict'>): Sign {
  return send.outcome === 'refused' ? { tone: 'bad' } : signs[send.verdict]
}
