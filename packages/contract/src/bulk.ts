import * as z from 'zod/mini'
import { stepRefusal } from './content-shapes.ts'
import { endpoint } from './endpoint.ts'
import { id, requestId } from './shapes.ts'

/** What may be done with many pieces at once; each is the act there is for one. */
const act = z.enum(['submit', 'withdraw'])
const contentItemIds = z.array(id).check(z.minLength(1), z.maxLength(200))
const count = z.number()

/** What withdrawing these would reach, those left out that this person may not withdraw now; looking is on record. */
export const effectOfBulk = endpoint({
  method: 'POST',
  path: '/api/console/content/bulk/effects',
  caller: 'console',
  input: z.strictObject({ contentItemIds }),
  output: z.object({
    pieces: count,
    /** Each rep and each doctor once, however many of these they sent or got. */
    reps: count,
    repsToTell: count,
    doctors: count,
    liveLinks: count,
    filesOut: count,
    textsOut: count,
    /** Sends under way that cannot be stopped. */
    inFlight: count,
  }),
})

/**
 * Begins to do the same with each of these, one after another. Why a piece is withdrawn is shown to doctors; the reason is
 * asked for there alone. A draft is submitted as it stands now: one that changes before its turn is left.
 */
export const startBulk = endpoint({
  method: 'POST',
  path: '/api/console/content/bulk',
  caller: 'console',
  input: z.strictObject({
    requestId,
    act,
    contentItemIds,
    reason: z._default(z.string().check(z.maxLength(300), z.regex(/^[^\n\r]*$/)), ''),
  }),
  output: z.object({ bulkId: z.string() }),
})

/** How far it is, and what became of each piece; for whoever began it. */
export const lookAtBulk = endpoint({
  method: 'POST',
  path: '/api/console/content/bulk/look',
  caller: 'console',
  input: z.strictObject({ bulkId: id }),
  output: z.object({
    bulkId: z.string(),
    act,
    reason: z.string(),
    stage: z.enum(['running', 'done', 'stopped']),
    createdAt: z.coerce.date(),
    rows: z.array(
      z.object({
        contentItemId: z.string(),
        title: z.string(),
        version: z.number(),
        outcome: z.enum(['waiting', 'done', 'refused', 'failed']),
        /** Every reason why it was refused. */
        refusals: z.array(stepRefusal),
        /** The error that it failed with; empty when it did not. */
        problem: z.string(),
      }),
    ),
  }),
})

/** What is not begun stays undone; what is done stays done. */
export const stopBulk = endpoint({
  method: 'POST',
  path: '/api/console/content/bulk/stops',
  caller: 'console',
  input: z.strictObject({ bulkId: id }),
  output: z.object({}),
})
