import * as z from 'zod/mini'
import { consentPurpose } from '../consents.ts'
import { endpoint } from '../endpoint.ts'
import { id, requestId } from '../shapes.ts'
import { brief, cursor, date, pairReason, reason, revision } from './shapes.ts'

const pair = z.object({
  pairId: z.string(),
  reasons: z.array(pairReason),
  points: z.number(),
  one: z.object(brief),
  other: z.object(brief),
  settled: z.nullable(z.enum(['different', 'merged'])),
  settledBy: z.string(),
  settledAt: z.nullable(date),
  reason: z.string(),
})
export type AccountPair = z.output<typeof pair>

/** Accounts that may be one doctor, the likeliest first. */
export const listPairs = endpoint({
  method: 'POST',
  path: '/api/console/accounts/pairs',
  caller: 'console',
  input: z.strictObject({ show: z._default(z.enum(['open', 'different']), 'open'), cursor }),
  output: z.object({ rows: z.array(pair), next: z.nullable(z.string()), mayWrite: z.boolean() }),
})

/** A person says that two accounts are two doctors; they are not proposed again. */
export const dismissPair = endpoint({
  method: 'POST',
  path: '/api/console/accounts/pairs/dismissals',
  caller: 'console',
  input: z.strictObject({ accountId: id, otherId: id, reason }),
  output: z.object({ done: z.literal(true) }),
})

const mergeRefusal = z.enum(['same_account', 'already_merged', 'survivor_merged', 'merged_again'])
export type MergeRefusal = z.output<typeof mergeRefusal>
const refused = z.object({ outcome: z.literal('refused'), reasons: z.array(mergeRefusal) })

/** What a merge would do, before anybody asks for it. */
export const previewMerge = endpoint({
  method: 'POST',
  path: '/api/console/accounts/merges/preview',
  caller: 'console',
  input: z.strictObject({ survivorId: id, mergedId: id }),
  output: z.object({
    survivor: z.object({ ...brief, revision: z.number() }),
    merged: z.object({ ...brief, revision: z.number() }),
    /** Fields in which they differ; the survivor's stays, but where it has none. */
    differences: z.array(z.object({ field: z.string(), survivor: z.string(), merged: z.string(), after: z.string() })),
    standings: z.array(
      z.object({ purpose: consentPurpose, survivor: z.string(), merged: z.string(), after: z.string() }),
    ),
    contacts: z.number(),
    sends: z.number(),
    /** Counted against the month's limit afterwards: of both. */
    monthSends: z.number(),
    monthLimit: z.number(),
    assignments: z.number(),
    records: z.number(),
    refusals: z.array(mergeRefusal),
  }),
})
export type MergePreview = z.output<typeof previewMerge.output>

/** Puts two records of one doctor together; it can be undone. What was seen of them must still be so: `stale_revision`. */
export const mergeAccounts = endpoint({
  method: 'POST',
  path: '/api/console/accounts/merges',
  caller: 'console',
  input: z.strictObject({
    requestId,
    survivorId: id,
    mergedId: id,
    survivorRevision: revision,
    mergedRevision: revision,
    reason,
  }),
  output: z.discriminatedUnion('outcome', [z.object({ outcome: z.literal('merged'), mergeId: z.string() }), refused]),
})

/** Gives back exactly what a merge moved; what came to the survivor since stays there. */
export const undoMerge = endpoint({
  method: 'POST',
  path: '/api/console/accounts/merges/undos',
  caller: 'console',
  input: z.strictObject({ mergeId: id, reason }),
  output: z.discriminatedUnion('outcome', [z.object({ outcome: z.literal('undone') }), refused]),
})
