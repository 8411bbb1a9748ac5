import * as z from 'zod/mini'
import { csv, stepRefusal } from './content-shapes.ts'
import { endpoint } from './endpoint.ts'
import { id, requestId } from './shapes.ts'
import { tagChange } from './tags.ts'

export { changeTags, findTags } from './tags.ts'

/** What may be done with many pieces at once; each is the act there is for one. */
const act = z.enum(['submit', 'withdraw', 'tag'])
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
 * asked for there alone. A draft is submitted as it stands now: one that changes before its turn is left. Tags are for `tag` alone.
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
    ...tagChange,
  }),
  output: z.object({ bulkId: z.string() }),
})

/** Begins to undo what was done to tags, for pieces whose tags still are what it left; another change of tags stays. */
export const takeBackBulk = endpoint({
  method: 'POST',
  path: '/api/console/content/bulk/take-backs',
  caller: 'console',
  input: z.strictObject({ requestId, bulkId: id }),
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
    add: csv,
    remove: csv,
    /** What it takes back. */
    undoes: z.nullable(z.string()),
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
        /** As they were and as they are since; null where tags were not changed. */
        tags: z.nullable(z.object({ before: csv, after: csv })),
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
