import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { id, requestId } from './shapes.ts'

/** What other systems can be told; on the wire `cn.vouch.<kind>.v1`. */
export const webhookKinds = [
  ...(['send.recorded', 'send.failed', 'content.opened', 'consent.changed'] as const),
  ...(['content.withdrawn', 'hcp.linked'] as const),
] as const
export type WebhookKind = (typeof webhookKinds)[number]
/** Sent by hand, to see what comes back. */
const testKind = 'test' as const

const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(60))
const url = z.string().check(z.trim(), z.minLength(1), z.maxLength(400))
const kinds = z.array(z.enum(webhookKinds)).check(z.minLength(1), z.maxLength(webhookKinds.length))
const reason = z.string().check(z.trim(), z.minLength(3), z.maxLength(300))
const cursor = z._default(z.nullable(z.string().check(z.maxLength(60))), null)

/** `off`: switched off here, because the receiver asked for it (`gone`) or the last try failed (`gave_up`). */
export const webhookLives = ['on', 'paused', 'off', 'ended'] as const
const problem = z.enum(['', 'gone', 'gave_up'])

const webhook = z.object({
  webhookId: z.string(),
  name: z.string(),
  url: z.string(),
  kinds: z.array(z.enum(webhookKinds)),
  life: z.enum(webhookLives),
  problem,
  revision: z.number(),
  madeAt: z.coerce.date(),
  lastDeliveredAt: z.nullable(z.coerce.date()),
  waiting: z.number(),
  failed: z.number(),
})
export type Webhook = z.output<typeof webhook>

/** Webhooks, the newest first. */
export const listWebhooks = endpoint({
  method: 'POST',
  path: '/api/console/webhooks',
  caller: 'console',
  input: z.strictObject({ show: z._default(z.enum(['standing', 'ended']), 'standing'), cursor }),
  output: z.object({ rows: z.array(webhook), next: z.nullable(z.string()), mayChange: z.boolean() }),
})

/** One of them, and until when secrets of before still sign beside the one of now. */
export const loadWebhook = endpoint({
  method: 'POST',
  path: '/api/console/webhooks/one',
  caller: 'console',
  input: z.strictObject({ webhookId: id }),
  output: z.object({
    webhook,
    secretMadeAt: z.coerce.date(),
    olderUntil: z.nullable(z.coerce.date()),
    mayChange: z.boolean(),
  }),
})

/** Why an address is not taken. */
export const urlProblems = ['no_address', 'not_https', 'with_login', 'other_port', 'blocked_address'] as const
const refused = z.object({ outcome: z.literal('refused'), reason: z.enum([...urlProblems, 'too_many']) })
export type WebhookRefused = z.output<typeof refused>['reason']

/** Makes one. The secret is answered this once; asked again with the same request it is null. */
export const makeWebhook = endpoint({
  method: 'POST',
  path: '/api/console/webhooks/new',
  caller: 'console',
  input: z.strictObject({ requestId, name, url, kinds, reason }),
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('made'), webhookId: z.string(), secret: z.nullable(z.string()) }),
    refused,
  ]),
})

/** Changes one, over what was seen. */
export const changeWebhook = endpoint({
  method: 'POST',
  path: '/api/console/webhooks/changes',
  caller: 'console',
  input: z.strictObject({ webhookId: id, revision: z.int(), name, url, kinds, reason }),
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('done') }),
    z.object({ outcome: z.literal('overtaken'), webhook }),
    refused,
  ]),
})

const webhookTurns = ['pause', 'resume', 'end'] as const
export type WebhookTurn = (typeof webhookTurns)[number]

/** Paused, events wait; ended, for good. */
export const turnWebhook = endpoint({
  method: 'POST',
  path: '/api/console/webhooks/turns',
  caller: 'console',
  input: z.strictObject({ webhookId: id, turn: z.enum(webhookTurns), reason }),
  output: z.object({ life: z.enum(webhookLives) }),
})

/** A new secret, answered this once. Those before it go on signing beside it until they end. */
export const rotateWebhookSecret = endpoint({
  method: 'POST',
  path: '/api/console/webhooks/secrets',
  caller: 'console',
  input: z.strictObject({ webhookId: id, reason }),
  output: z.object({ secret: z.string(), olderUntil: z.coerce.date() }),
})

/** What came of one try. `status` is null where no answer came; `answer` is the beginning of it. */
const attempt = z.object({
  at: z.coerce.date(),
  status: z.nullable(z.number()),
  problem: z.enum(['', 'timeout', 'unreachable', 'unknown_host', 'blocked_address', 'certificate']),
  tookMs: z.number(),
  answer: z.string(),
})
export type WebhookAttempt = z.output<typeof attempt>

/** Sends a test now and tells what came back. */
export const testWebhook = endpoint({
  method: 'POST',
  path: '/api/console/webhooks/tests',
  caller: 'console',
  input: z.strictObject({ webhookId: id }),
  output: attempt,
})

export const deliveryLives = ['waiting', 'delivered', 'failed'] as const
export const deliveryKinds = [...webhookKinds, testKind] as const
const delivery = z.object({
  deliveryId: z.string(),
  /** The `webhook-id` of every try. */
  eventId: z.string(),
  kind: z.enum(deliveryKinds),
  /** The send, consent, piece or doctor's record it tells of. */
  subjectId: z.string(),
  life: z.enum(deliveryLives),
  occurredAt: z.coerce.date(),
  /** When it is tried next, while it waits. */
  nextAt: z.nullable(z.coerce.date()),
  attempts: z.array(attempt),
})
export type WebhookDelivery = z.output<typeof delivery>

/** The delivery log of one webhook, the newest first, each with its tries. */
export const listDeliveries = endpoint({
  method: 'POST',
  path: '/api/console/webhooks/deliveries',
  caller: 'console',
  input: z.strictObject({
    webhookId: id,
    life: z._default(z.enum(['', ...deliveryLives]), ''),
    kind: z._default(z.enum(['', ...deliveryKinds]), ''),
    cursor,
  }),
  output: z.object({ rows: z.array(delivery), next: z.nullable(z.string()) }),
})

/** Has one delivery sent again, under the id it had. */
export const sendDeliveryAgain = endpoint({
  method: 'POST',
  path: '/api/console/webhooks/deliveries/again',
  caller: 'console',
  input: z.strictObject({ deliveryId: id }),
  output: z.object({ life: z.enum(deliveryLives) }),
})

/** Has all that failed sent again, in the background. */
export const sendFailedAgain = endpoint({
  method: 'POST',
  path: '/api/console/webhooks/failed/again',
  caller: 'console',
  input: z.strictObject({ webhookId: id }),
  output: z.object({ failed: z.number() }),
})
