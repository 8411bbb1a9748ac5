import type { IconName, Tone } from '@vouch/ui'
import type { ContentRow } from './api.ts'
import type { LifeState } from './text/content.zh.ts'
import type { Text } from './text/zh.ts'

type Row = Pick<ContentRow, 'lifeState' | 'signed' | 'asked' | 'effectiveAt' | 'expiresAt' | 'held'>
type Sign = { tone: Tone; icon?: IconName; word: string }

const tones: Record<LifeState, { tone: Tone; icon?: IconName }> = {
  draft: { tone: 'neutral' },
  in_review: { tone: 'info' },
  returned: { tone: 'warn' },
  approved: { tone: 'ok' },
  expired: { tone: 'neutral', icon: 'cross' },
  withdrawn: { tone: 'bad' },
  superseded: { tone: 'stale' },
}
const dayMs = 86_400_000
/** ux.md section 7: the last thirty days are told apart. */
const soonDays = 30

/** Sign, colour and word of where a version stands. What is held or has not begun is told before its state. */
export function lifeSign(row: Row, now: Date, words: Text['content']): Sign {
  const { lifeState, effectiveAt, expiresAt } = row
  if (row.held) return { tone: 'bad', word: words.held }
  const known = tones[lifeState as LifeState] ?? { tone: 'unknown' as const }
  if (lifeState === 'in_review') return { ...known, word: words.inReview(row.signed, row.asked) }
  if (lifeState !== 'approved') return { ...known, word: words.lifeWord(lifeState) }
  if (expiresAt && expiresAt <= now) return { ...tones.expired, word: words.states.expired }
  if (effectiveAt && effectiveAt > now) return { tone: 'info', word: words.effective(effectiveAt) }
  const days = expiresAt ? Math.floor((expiresAt.getTime() - now.getTime()) / dayMs) : Infinity
  if (days < soonDays) return { tone: 'warn', word: words.expiring(days) }
  return { ...known, word: words.states.approved }
}
