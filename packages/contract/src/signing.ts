import * as z from 'zod/mini'
import { reviewStep, stepRefusal } from './content-shapes.ts'
import { endpoint } from './endpoint.ts'
import { id, requestId } from './shapes.ts'

const line = (most: number) => z.string().check(z.maxLength(most), z.regex(/^[^\n\r]*$/))
const refused = z.object({ outcome: z.literal('refused'), refusals: z.array(stepRefusal) })

/**
 * Begins a signature: remembers what is to be signed and says where the signer proves who they are. The page leaves for
 * `redirectTo` with `location.assign` and comes back to `/console/content/<id>?signing=<signingId>`.
 */
export const beginSigning = endpoint({
  method: 'POST',
  path: '/api/console/content/signings',
  caller: 'console',
  input: z.strictObject({
    requestId,
    contentItemId: id,
    step: reviewStep,
    decision: z.enum(['approve', 'return', 'renew']),
    /** What the signature means, as the signer read it. */
    meaning: line(200).check(z.minLength(1)),
    /** Needed to send back. */
    reason: z._default(line(300), ''),
    /** Of the statement the signer was shown. */
    statementHash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    /** The new last day of a renewal, as in the statement; null otherwise. */
    renewsUntil: z._default(z.nullable(z.iso.datetime()), null),
  }),
  output: z.discriminatedUnion('outcome', [
    z.object({
      outcome: z.literal('begun'),
      signingId: z.string(),
      redirectTo: z.string(),
      endsAt: z.coerce.date(),
    }),
    refused,
  ]),
})

/** How a signature of one's own went. `over`: nobody came back in time. */
export const signingResult = endpoint({
  method: 'POST',
  path: '/api/console/content/signings/result',
  caller: 'console',
  input: z.strictObject({ signingId: id }),
  output: z.object({
    signingId: z.string(),
    contentItemId: z.string(),
    step: reviewStep,
    decision: z.enum(['approve', 'return', 'withdraw', 'renew']),
    outcome: z.enum(['waiting', 'signed', 'returned', 'renewed', 'refused', 'over']),
    refusals: z.array(stepRefusal),
  }),
})

/** What a signature that extends would stand for, and who has signed exactly that already. */
export const previewRenewal = endpoint({
  method: 'POST',
  path: '/api/console/content/renewals',
  caller: 'console',
  input: z.strictObject({ contentItemId: id, renewsUntil: z.iso.datetime() }),
  output: z.object({
    statement: z.string(),
    statementHash: z.string(),
    signed: z.array(z.object({ step: reviewStep, person: z.string(), at: z.coerce.date() })),
    steps: z.array(reviewStep),
    /** Steps this person may sign now. */
    maySign: z.array(reviewStep),
    refusals: z.array(stepRefusal),
  }),
})
