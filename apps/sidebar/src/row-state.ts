import type { Tone } from '@vouch/ui'
import type { Piece, WireRefusal } from './api.ts'
import type { Text } from './text/zh.ts'
import { daysBetween } from './text/format.ts'

export type RowBadge = { tone: Tone; words: string }

/** How the list stands: decided for this contact, being decided, out of date, or not to be decided at all. */
export type ListState = 'decided' | 'checking' | 'offline' | 'look_only'

/** Days before its end from which a piece says so. */
const expiringDays = 30
const justNowMs = 10 * 60_000

/** What a row says about its piece, most important first: may it go, and was it sent (expectations.md 4). */
export function rowBadges(t: Text, piece: Piece, state: ListState, now: Date): RowBadge[] {
  return [...verdictBadges(t, piece, state, now), ...sentBadges(t, piece, state, now), ...expiryBadges(t, piece, now)]
}

/** A reason that the rep may set aside, or that ends by itself on a known day, is no prohibition. */
const mild = new Set<WireRefusal['reason']>(['sent_recently', 'content_not_effective'])

/** How serious a reason against a send looks, in a row and in the sheet. */
export function refusalTone({ reason }: WireRefusal): 'warn' | 'bad' {
  return mild.has(reason) ? 'warn' : 'bad'
}

function verdictBadges(t: Text, piece: Piece, state: ListState, now: Date): RowBadge[] {
  if (state === 'offline') return [{ tone: 'stale', words: t.offline.later }]
  if (state === 'look_only') return []
  if (state === 'checking' || piece.refusals === null) return [{ tone: 'stale', words: t.list.checking }]
  const standing = piece.refusals.filter((refusal) => refusal.reason !== 'sent_recently')
  const [first] = standing
  if (first) {
    const more = standing.length > 1 ? ` · ${t.list.moreReasons(standing.length - 1)}` : ''
    const tone = standing.some((refusal) => refusalTone(refusal) === 'bad') ? 'bad' : 'warn'
    return [{ tone, words: t.refusalShort(first, now) + more }]
  }
  return sentLately(piece, now) ? [] : [{ tone: 'ok', words: t.list.canSend }]
}

function sentBadges(t: Text, piece: Piece, state: ListState, now: Date): RowBadge[] {
  const { lastSent, steps } = piece
  if (state !== 'decided') return []
  if (steps) return steps.sent > 0 ? [{ tone: 'neutral', words: t.list.stepsSent(steps.sent, steps.of) }] : []
  if (!lastSent) {
    const recent = piece.refusals?.find((refusal) => refusal.reason === 'sent_recently')
    return recent ? [{ tone: 'warn', words: t.refusalShort(recent, now) }] : []
  }
  if (lastSent.verdict === 'UNKNOWN') return [{ tone: 'unknown', words: t.list.unknownBefore }]
  if (now.getTime() - lastSent.at.getTime() < justNowMs) return [{ tone: 'ok', words: t.list.justSent }]
  return [
    { tone: sentLately(piece, now) ? 'warn' : 'neutral', words: t.list.sentAgo(lastSent.at, now, lastSent.reading) },
  ]
}

function expiryBadges(t: Text, piece: Piece, now: Date): RowBadge[] {
  if (!piece.expiresAt || piece.refusals?.some((refusal) => refusal.reason === 'content_expired')) return []
  const days = daysBetween(now, piece.expiresAt)
  return days >= 0 && days <= expiringDays ? [{ tone: 'warn', words: t.list.expiresIn(days) }] : []
}

function sentLately(piece: Piece, now: Date): boolean {
  if (piece.refusals?.some((refusal) => refusal.reason === 'sent_recently')) return true
  return piece.lastSent !== null && now.getTime() - piece.lastSent.at.getTime() < justNowMs
}

/** True when nothing stands in the way but that it was sent recently: then the rep may send it all the same. */
export function onlyRecent(refusals: readonly WireRefusal[]): boolean {
  return refusals.length > 0 && refusals.every((refusal) => refusal.reason === 'sent_recently')
}

const consentReasons = new Set<WireRefusal['reason']>([
  'not_opted_in',
  'opted_out',
  'consent_outdated',
  'consent_expired',
])

/** The refusal that asks for the doctor's word, when there is one. */
export function consentRefusal(refusals: readonly WireRefusal[]): WireRefusal | undefined {
  return refusals.find((refusal) => consentReasons.has(refusal.reason))
}
