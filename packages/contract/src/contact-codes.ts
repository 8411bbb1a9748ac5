import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { id, requestId } from './shapes.ts'

const cursor = z._default(z.nullable(z.string().check(z.maxLength(200))), null)
const language = z.enum(['zh-CN', 'en-US'])
const minute = z.nullable(z.int().check(z.minimum(0), z.maximum(1439)))
const reason = z.string().check(z.trim(), z.minLength(3), z.maxLength(300))
const done = z.object({ done: z.literal(true) })
const wording = z.string().check(z.trim(), z.maxLength(500))

/** Why a code is not as it should be; words of ours for what WeCom answers with a number. */
const problem = z.enum([
  ...(['', 'nobody_left', 'not_medical', 'not_verified', 'no_permission', 'too_many'] as const),
  ...(['lost', 'refused', 'unreachable'] as const),
])
const life = z.enum(['making', 'live', 'refused', 'ending', 'ended'])

/** A code by which doctors add reps in WeCom. */
const row = z.object({
  codeId: z.string(),
  kind: z.enum(['rep', 'event']),
  name: z.string(),
  language,
  life,
  problem,
  errcode: z.nullable(z.number()),
  temporary: z.boolean(),
  /** Of the button in a mini program; null for a QR code. */
  style: z.nullable(z.number()),
  /** Its QR code is there to be shown. */
  pictured: z.boolean(),
  reps: z.array(
    z.object({ repId: z.string(), name: z.string(), part: z.enum(['main', 'backup']), active: z.boolean() }),
  ),
  createdAt: z.coerce.date(),
  endsAt: z.nullable(z.coerce.date()),
  endedAt: z.nullable(z.coerce.date()),
  /** Contacts who came by it, and welcomes they got. */
  came: z.number(),
  welcomed: z.number(),
})
export type ContactCodeRow = z.output<typeof row>

/** Codes, the newest first, for compliance, the system administrator and the auditor. */
export const listContactCodes = endpoint({
  method: 'POST',
  path: '/api/console/contact-codes',
  caller: 'console',
  input: z.strictObject({ show: z._default(z.enum(['standing', 'ended', 'all']), 'standing'), cursor }),
  output: z.object({ rows: z.array(row), next: z.nullable(z.string()), may: z.array(z.enum(['change'])) }),
})

const words = {
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)),
  /** Said instead of the company's welcome; empty for that one. `{rep}` and `{company}` stand for names. */
  wording,
  /** Shown in WeCom alone. */
  remark: z.string().check(z.trim(), z.maxLength(30)),
  skipVerify: z.boolean(),
  /** Days, 1 is Monday, and minutes of a Shanghai day in which it leads to its main reps. */
  days: z.string().check(z.regex(/^(?!.*(.).*\1)[1-7]{0,7}$/)),
  fromMinute: minute,
  untilMinute: minute,
  mainIds: z.array(id).check(z.minLength(1), z.maxLength(100)),
  backupIds: z.array(id).check(z.maxLength(99)),
}

const refusedWish = z.object({
  outcome: z.literal('refused'),
  /** `unknown_rep` names one who is no active rep, `names_product` the product the welcome names. */
  why: z.enum(['unknown_rep', 'too_many_reps', 'names_product', 'temporary_shape', 'half_hours', 'over']),
  about: z.string(),
})

/** One code with its contacts, the newest first. */
export const loadContactCode = endpoint({
  method: 'POST',
  path: '/api/console/contact-codes/one',
  caller: 'console',
  input: z.strictObject({ codeId: id, cursor }),
  output: z.object({
    code: z.object({
      ...row.shape,
      revision: z.number(),
      wording: z.string(),
      remark: z.string(),
      skipVerify: z.boolean(),
      days: z.string(),
      fromMinute: minute,
      untilMinute: minute,
      codeDays: z.nullable(z.number()),
      chatHours: z.nullable(z.number()),
      /** What a mini program needs to show its button. */
      configId: z.nullable(z.string()),
      /** Whom it leads to now, and when that changes by itself. */
      takes: z.array(z.string()),
      switchesAt: z.nullable(z.coerce.date()),
    }),
    contacts: z.array(
      z.object({
        externalUserId: z.string(),
        nickname: z.string(),
        account: z.nullable(z.string()),
        rep: z.string(),
        cameAt: z.nullable(z.coerce.date()),
        following: z.boolean(),
        welcome: z.nullable(z.string()),
      }),
    ),
    next: z.nullable(z.string()),
    may: z.array(z.enum(['change'])),
  }),
})

/** Asks for a code; WeCom makes it a moment later. The same request is one code. */
export const askContactCode = endpoint({
  method: 'POST',
  path: '/api/console/contact-codes/new',
  caller: 'console',
  bodyLimit: 16 * 1024,
  input: z.strictObject({
    requestId,
    kind: z.enum(['rep', 'event']),
    language,
    style: z.nullable(z.int().check(z.minimum(1), z.maximum(3))),
    temporary: z.boolean(),
    codeDays: z.nullable(z.int().check(z.minimum(1), z.maximum(14))),
    chatHours: z.nullable(z.int().check(z.minimum(1), z.maximum(336))),
    ...words,
  }),
  output: z.discriminatedUnion('outcome', [z.object({ outcome: z.literal('asked'), codeId: z.string() }), refusedWish]),
})

/** Changes what can be changed; `stale` when somebody else did meanwhile. */
export const changeContactCode = endpoint({
  method: 'POST',
  path: '/api/console/contact-codes/change',
  caller: 'console',
  bodyLimit: 16 * 1024,
  input: z.strictObject({ codeId: id, revision: z.int(), reason, ...words }),
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('changed'), revision: z.number() }),
    z.object({ outcome: z.literal('stale'), by: z.string() }),
    refusedWish,
  ]),
})

/** Asks WeCom once more for a code it refused or did not answer about. */
export const retryContactCode = endpoint({
  method: 'POST',
  path: '/api/console/contact-codes/retry',
  caller: 'console',
  input: z.strictObject({ codeId: id }),
  output: done,
})

/** Takes a code out of use for good; its posters lead nowhere from then on. */
export const endContactCode = endpoint({
  method: 'POST',
  path: '/api/console/contact-codes/end',
  caller: 'console',
  input: z.strictObject({ codeId: id, reason }),
  output: done,
})

/** Active reps by name, to choose from. */
export const findCodeReps = endpoint({
  method: 'POST',
  path: '/api/console/contact-codes/reps',
  caller: 'console',
  input: z.strictObject({ query: z._default(z.string().check(z.trim(), z.maxLength(40)), '') }),
  output: z.object({ reps: z.array(z.object({ repId: z.string(), name: z.string() })) }),
})
