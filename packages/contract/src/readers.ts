import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { id, verdict } from './shapes.ts'
import { inFlight, successor } from './withdrawal.ts'

const count = z.number()
const contentItemId = id

/** A version whose readers are to be told: how it ended, what was on its way then, what its readers may be sent. */
export const loadRecall = endpoint({
  method: 'POST',
  path: '/api/console/content/recalls',
  caller: 'console',
  input: z.strictObject({ contentItemId }),
  output: z.object({
    contentItemId: z.string(),
    title: z.string(),
    version: count,
    lifeState: z.string(),
    /** When it was withdrawn or superseded; null while it is in force. */
    endedAt: z.nullable(z.coerce.date()),
    reason: z.string(),
    successorId: z.nullable(z.string()),
    readers: count,
    /** Readers whom a rep follows. */
    reachable: count,
    /** Sends that were authorised so shortly before the withdrawal that it could not stop them, and what became of them. */
    inFlight: z.array(z.object({ ...inFlight.shape, became: verdict })),
    /** What readers may be sent: the successor first, then other versions, then pieces about the same product. */
    notices: z.array(successor),
  }),
})

/** What would be asked of whom by a notice, before anybody is asked. */
export const previewNotice = endpoint({
  method: 'POST',
  path: '/api/console/content/notices/preview',
  caller: 'console',
  input: z.strictObject({ contentItemId, noticeItemId: id }),
  output: z.object({
    /** Readers and reps who would be asked now. */
    doctors: count,
    reps: count,
    /** Readers who were asked for with it before. */
    already: count,
    unreachable: count,
    /** The app message as the first of the reps would get it; empty when nobody would. */
    rep: z.string(),
    title: z.string(),
    text: z.string(),
  }),
})

/**
 * How far the notices about a version are: each asking of a rep with its app message and with what they have sent. It
 * names no doctor.
 */
export const noticeProgress = endpoint({
  method: 'POST',
  path: '/api/console/content/notices/progress',
  caller: 'console',
  input: z.strictObject({
    contentItemId,
    cursor: z._default(z.nullable(z.string().check(z.maxLength(200))), null),
  }),
  output: z.object({
    /** Doctors who are to be told by the last notice asked for them, and those who were. */
    doctors: count,
    sent: count,
    /** App messages that are still on their way. */
    waiting: count,
    asked: z.array(
      z.object({
        rep: z.string(),
        notice: z.string(),
        askedAt: z.coerce.date(),
        doctors: count,
        sent: count,
        message: z.enum(['waiting', 'told', 'failed']),
        /** Why the message did not arrive. */
        problem: z.nullable(z.string()),
      }),
    ),
    next: z.nullable(z.string()),
  }),
})
