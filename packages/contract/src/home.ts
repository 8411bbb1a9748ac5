import type { RefusalReason, SendClass } from '@vouch/rules'
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'

const date = z.coerce.date()

/** What may wait for somebody, in the order in which it is shown. */
export const homeParts = [
  ...(['safety', 'review', 'returned', 'expiring', 'requests', 'papers', 'consent_texts', 'policy_change'] as const),
  ...(['welcome_change', 'role_changes'] as const),
  ...(['matches', 'account_changes', 'unmatched', 'unknown_sends', 'vault_braked', 'vault_quarantine'] as const),
  ...(['checks', 'notices'] as const),
] as const
const homePart = z.enum(homeParts)
export type HomePart = z.output<typeof homePart>

const row = z.object({
  rowId: z.string(),
  /** Without any doctor's name: looking here is no look at records, so the page may look again by itself. */
  title: z.string(),
  titleEn: z.string(),
  by: z.string(),
  at: z.nullable(date),
  dueAt: z.nullable(date),
  count: z.nullable(z.number()),
})
export type HomeRow = z.output<typeof row>

const part = z.object({
  part: homePart,
  /** A part that could not be read says so; the others stand. */
  outcome: z.enum(['read', 'failed']),
  count: z.number(),
  /** There are more than were counted. */
  more: z.boolean(),
  /** Whose day has passed; of expiries, those within three days. */
  pressing: z.number(),
  /** Days within which it should be done; null: none are set. */
  days: z.nullable(z.number()),
  oldestAt: z.nullable(date),
  /** The most pressing few. */
  rows: z.array(row),
})
export type HomePartFound = z.output<typeof part>

const number = z.number()
/** The last 30 Shanghai days, today included. What was proved, opened, told by the client and unknown is never added up. */
const numbers = z.object({
  fromDay: z.string(),
  untilDay: z.string(),
  countedUntil: z.nullable(date),
  passed: number,
  classes: z.custom<Record<SendClass, number>>((value) => typeof value === 'object'),
  refused: number,
  reasons: z.array(
    z.object({ reason: z.custom<RefusalReason>((value) => typeof value === 'string'), attempts: number }),
  ),
  ...{ links: number, opened: number, asked: number, agreed: number, declined: number },
})
export type HomeNumbers = z.output<typeof numbers>

/** Everything that waits for this person, by what they may do, the pressing first. */
export const loadHome = endpoint({
  method: 'POST',
  path: '/api/console/home',
  caller: 'console',
  input: z.strictObject({}),
  output: z.object({ now: date, parts: z.array(part), numbers: z.nullable(numbers), numbersFailed: z.boolean() }),
})
