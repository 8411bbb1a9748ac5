import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import * as s from './shapes.ts'

/** Decides one send and remembers the decision. The same request id gets the same answer while the ticket lives. */
export const authoriseSend = endpoint({
  method: 'POST',
  path: '/api/rep/sends',
  caller: 'rep',
  input: z.strictObject({
    requestId: s.requestId,
    externalUserId: s.externalUserId,
    contentItemId: s.id,
    kind: s.messageKind,
    entry: s.entry,
    /** The rep saw that it was sent recently and sends it again. */
    again: z._default(z.boolean(), false),
  }),
  output: z.discriminatedUnion('outcome', [
    z.object({
      outcome: z.literal('authorised'),
      sendId: z.string(),
      ticket: z.string(),
      ticketExpiresAt: z.coerce.date(),
      digest: z.string(),
      message: s.chatMessage,
    }),
    z.object({ outcome: z.literal('refused'), sendId: z.string(), refusals: z.array(s.refusal) }),
    /** The ticket is over: the send is as it is, and its message is not given out again. */
    z.object({ outcome: z.literal('decided'), sendId: z.string(), verdict: s.verdict }),
  ]),
})

/**
 * The link of an invitation to be scanned in person: the one that still waits for an answer, or a new one through the
 * ordinary gate. A contact that answered, or may not be asked now, is `refused`.
 */
export const showInvitation = endpoint({
  method: 'POST',
  path: '/api/rep/invitation-codes',
  caller: 'rep',
  input: z.strictObject({
    requestId: s.requestId,
    externalUserId: s.externalUserId,
    contentItemId: s.id,
    entry: s.entry,
  }),
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('shown'), link: z.string() }),
    z.object({ outcome: z.literal('refused'), refusals: z.array(s.refusal) }),
  ]),
})

/** What the client saw: H handed to WeCom, K ok, C cancelled, F failed. Safe to repeat with the same factId. */
export const recordFact = endpoint({
  method: 'POST',
  path: '/api/rep/facts',
  caller: 'rep',
  input: z.strictObject({
    sendId: s.id,
    ticket: z.string().check(z.maxLength(64)),
    factId: s.requestId,
    kind: z.enum(['H', 'K', 'C', 'F']),
    digest: z.string().check(z.maxLength(64)),
    code: z._default(z.string().check(z.maxLength(120)), ''),
    /** The phone's clock, kept apart and labelled: written out with its zone, nothing that merely turns into a date. */
    clientAt: z.pipe(z.iso.datetime(), z.coerce.date()),
    /** The contact the client named right after the call, when it could be read. */
    seenExternalUserId: z._default(z.nullable(s.externalUserId), null),
  }),
  output: z.object({ verdict: s.verdict, late: z.boolean() }),
})

/** The rep's own word on an unknown outcome: in the chat or not. Needs a fresh sign-in. */
export const attest = endpoint({
  method: 'POST',
  path: '/api/rep/attestations',
  caller: 'rep',
  input: z.strictObject({
    sendId: s.id,
    factId: s.requestId,
    sent: z.boolean(),
    reason: z.string().check(z.minLength(1), z.maxLength(200)),
  }),
  output: z.object({ verdict: s.verdict }),
})

export const history = endpoint({
  method: 'POST',
  path: '/api/rep/history',
  caller: 'rep',
  input: z.strictObject({
    externalUserId: z.nullable(s.externalUserId),
    days: z._default(z.number().check(z.minimum(1), z.maximum(3650)), 30),
    show: z._default(z.enum(['all', 'sent', 'unknown', 'refused']), 'all'),
    cursor: z._default(z.nullable(z.string().check(z.maxLength(200))), null),
  }),
  output: z.object({ sends: z.array(s.sendRecord), next: z.nullable(z.string()) }),
})

/** Makes the link of a send show "taken back" from now on. Cannot be undone; the piece can be sent again. */
export const revokeLink = endpoint({
  method: 'POST',
  path: '/api/rep/links/revoke',
  caller: 'rep',
  input: z.strictObject({ requestId: s.requestId, sendId: s.id }),
  output: z.object({ done: z.literal(true) }),
})
