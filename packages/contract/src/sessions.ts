import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { id } from './shapes.ts'

/** Stands for a session without opening it. */
const sessionId = z.string().check(z.regex(/^[0-9a-f]{64}$/))
const reason = z.string().check(z.trim(), z.minLength(3), z.maxLength(300))

const session = z.object({
  sessionId,
  personId: z.string(),
  person: z.string(),
  face: z.enum(['rep', 'console']),
  way: z.enum(['wecom', 'local']),
  device: z.enum(['', 'computer', 'phone', 'wecom_computer', 'wecom_phone']),
  signedInAt: z.coerce.date(),
  lastSeenAt: z.coerce.date(),
  /** The one that asks. */
  here: z.boolean(),
})
export type SessionRow = z.output<typeof session>

/** Where people are signed in now, the newest first: one's own, or, for a security administrator, everybody's. */
export const listSessions = endpoint({
  method: 'POST',
  path: '/api/console/sessions',
  caller: 'console',
  input: z.strictObject({
    whose: z._default(z.enum(['mine', 'all']), 'mine'),
    /** Part of a name. */
    query: z._default(z.string().check(z.maxLength(60)), ''),
    cursor: z._default(z.nullable(z.string().check(z.maxLength(100))), null),
  }),
  output: z.object({ rows: z.array(session), next: z.nullable(z.string()), maySeeAll: z.boolean() }),
})

/** Ends one session, on all instances within two seconds. */
export const endSession = endpoint({
  method: 'POST',
  path: '/api/console/sessions/ends',
  caller: 'console',
  input: z.strictObject({ sessionId, reason }),
  output: z.object({ ended: z.number() }),
})

/** Ends every session of a person, but the one that asks. */
export const endSessionsOf = endpoint({
  method: 'POST',
  path: '/api/console/sessions/ends-of-person',
  caller: 'console',
  input: z.strictObject({ personId: id, reason }),
  output: z.object({ ended: z.number() }),
})
