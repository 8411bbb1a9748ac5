import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { id, requestId } from './shapes.ts'

const cursor = z._default(z.nullable(z.string().check(z.maxLength(200))), null)
const reason = z.string().check(z.trim(), z.minLength(3), z.maxLength(300))
const wording = z.string().check(z.trim(), z.minLength(5), z.maxLength(500))

const welcomeChange = z.object({
  changeId: z.string(),
  wordingZh: z.string(),
  wordingEn: z.string(),
  reason: z.string(),
  proposedBy: z.string(),
  proposedAt: z.coerce.date(),
  mine: z.boolean(),
})
export type WelcomeChange = z.output<typeof welcomeChange>

/** What the company says to new contacts, and what became of the newest welcomes. */
export const loadWelcomeText = endpoint({
  method: 'POST',
  path: '/api/console/contact-codes/welcome',
  caller: 'console',
  input: z.strictObject({ cursor }),
  output: z.object({
    version: z.number(),
    wordingZh: z.string(),
    wordingEn: z.string(),
    changedAt: z.nullable(z.coerce.date()),
    /** Who asked for them and who approved; empty where there was none. */
    changedBy: z.string(),
    approvedBy: z.string(),
    change: z.nullable(welcomeChange),
    /** Whether the welcome asks for consent: 2 does (design of the company's disclaimer). */
    disclaimerMode: z.number(),
    rows: z.array(
      z.object({
        at: z.coerce.date(),
        rep: z.string(),
        nickname: z.string(),
        code: z.nullable(z.string()),
        life: z.string(),
        asksConsent: z.boolean(),
        /** From the event to WeCom's yes, in ms. */
        tookMs: z.nullable(z.number()),
        errcode: z.nullable(z.number()),
      }),
    ),
    next: z.nullable(z.string()),
    /** `decide`: the change that waits. */
    may: z.array(z.enum(['change', 'decide'])),
  }),
})

const welcomeRefusals = [
  'nothing_changed',
  'newer_version',
  'another_open',
  'own_change',
  'already_decided',
  'asker_lost_right',
  'names_product',
] as const
export type WelcomeRefusal = (typeof welcomeRefusals)[number]
const refused = z.object({
  outcome: z.literal('refused'),
  reasons: z.array(z.enum(welcomeRefusals)),
  /** The product that is named. */
  about: z.string(),
})

/** Asks for other words. `version` is the one they were written from; it must still be the newest. */
export const proposeWelcomeText = endpoint({
  method: 'POST',
  path: '/api/console/contact-codes/welcome/changes',
  caller: 'console',
  input: z.strictObject({
    requestId,
    version: z.int(),
    wordingZh: wording,
    wordingEn: wording,
    reason,
  }),
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('proposed'), changeId: z.string() }),
    refused,
  ]),
})

/** A second person approves or declines; whoever asked may take it back. Approved, it is said from the next contact on. */
export const decideWelcomeText = endpoint({
  method: 'POST',
  path: '/api/console/contact-codes/welcome/decisions',
  caller: 'console',
  input: z.strictObject({
    changeId: id,
    decision: z.enum(['approved', 'declined', 'taken_back']),
    reason: z.string().check(z.trim(), z.maxLength(300)),
  }),
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('done'), version: z.nullable(z.number()) }),
    refused,
  ]),
})
