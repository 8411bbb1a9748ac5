import {
  sendClass,
  verdict,
  type ContentClass,
  type FactKind,
  type MessageKind,
  type RefusalReason,
} from '@vouch/rules'
import { neverLeft } from '../sends/became-of-queries.ts'

/** One attempt with everything that is known of it, as reports look at it. */
export type CountedSend = {
  sendId: string
  at: Date
  repId: string
  externalUserId: string
  /** The record that stands for the doctor now, and how it is now; empty of a contact who is matched to nobody. */
  doctor: { accountId: string; hospitalId: string; specialty: string; territory: string } | null
  contentItemId: string
  documentId: string
  product: string
  pageCount: number
  class: ContentClass
  kind: MessageKind
  outcome: 'authorised' | 'refused'
  reasons: readonly RefusalReason[]
  facts: readonly FactKind[]
  openedAt: Date | null
  /** What was read of the version sent, where the doctor agrees to that being kept. */
  reading: { pages: number; visibleMs: number } | null
  /** What the doctor said to an invitation, before another one came. */
  answer: { statement: string; at: Date } | null
}

/** Upper borders of the stretches that times are counted in; what is longer is in one more. */
export const readingBorders = [10, 20, 30, 45, 60, 90, 120, 180, 240, 300, 450, 600, 900, 1_200, 1_800] // seconds
export const waitingBorders = [
  ...[1, 5, 15, 30, 60, 120, 240, 480],
  ...[1_440, 2_880, 4_320, 10_080, 20_160, 43_200], // minutes: from a day to thirty
]

const stretch = (borders: readonly number[], value: number): number => {
  const place = borders.findIndex((border) => value <= border)
  return place === -1 ? borders.length : place
}
const minutesBetween = (from: Date, until: Date): number => (until.getTime() - from.getTime()) / 60_000

const opensAsLink: readonly MessageKind[] = ['news', 'miniprogram']

/** What one attempt adds to the counts of its day: each measure with its number. */
export function measuresOf(send: CountedSend): [measure: string, n: number][] {
  if (send.class === 'consent') return askMeasures(send)
  if (send.outcome === 'refused')
    return [['refused', 1], ...[...new Set(send.reasons)].map((reason): [string, number] => [`no:${reason}`, 1])]
  const is = sendClass(verdict(send.facts))
  return [['passed', 1], ...(is ? [[`is:${is}`, 1] satisfies [string, number]] : []), ...lookMeasures(send)]
}

/** Invitations to consent are counted by themselves: they are about no product and use no limit. */
function askMeasures(send: CountedSend): [string, number][] {
  if (send.outcome === 'refused') return [['ask_refused', 1]]
  if (neverLeft(send.facts)) return [['ask_unsent', 1]]
  if (!send.answer) return [['ask', 1]]
  const wait = stretch(waitingBorders, minutesBetween(send.at, send.answer.at))
  return [
    ['ask', 1],
    [send.answer.statement === 'opted_in' ? 'ask_yes' : 'ask_no', 1],
    [`ask_m:${wait}`, 1],
  ]
}

function lookMeasures({ kind, at, openedAt, reading, pageCount }: CountedSend): [string, number][] {
  if (!openedAt) return opensAsLink.includes(kind) ? [['link', 1]] : []
  const opened: [string, number][] = [
    ['link', 1],
    ['opened', 1],
    [`open_m:${stretch(waitingBorders, minutesBetween(at, openedAt))}`, 1],
  ]
  if (!reading) return opened
  const share = Math.round((100 * Math.min(reading.pages, pageCount)) / Math.max(1, pageCount))
  return [
    ...opened,
    ['read', 1],
    ...(share >= 100 ? [['read_all', 1] satisfies [string, number]] : []),
    ['read_share', share],
    [`read_s:${stretch(readingBorders, reading.visibleMs / 1_000)}`, 1],
  ]
}
