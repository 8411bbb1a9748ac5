import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import * as s from './shapes.ts'

export const whoAmI = endpoint({
  method: 'GET',
  path: '/api/console/me',
  caller: 'console',
  input: z.strictObject({}),
  output: z.object({
    name: z.string(),
    roles: z.array(z.string()),
    demo: z.boolean(),
    company: z.string(),
    /** How they signed in. */
    way: z.enum(['wecom', 'local']),
  }),
})

/** Every attempt, also refused ones, newest first, by keyset. */
export const listSends = endpoint({
  method: 'POST',
  path: '/api/console/sends',
  caller: 'console',
  input: z.strictObject({
    query: z._default(z.string().check(z.maxLength(60)), ''),
    show: z._default(z.enum(['all', 'sent', 'unknown', 'refused']), 'all'),
    cursor: z._default(z.nullable(z.string().check(z.maxLength(200))), null),
  }),
  output: z.object({
    sends: z.array(
      z.object({ ...s.sendRecord.shape, rep: z.string(), hospital: z.string(), policyVersion: z.number() }),
    ),
    next: z.nullable(z.string()),
  }),
})

export const consoleSignOut = endpoint({
  method: 'POST',
  path: '/api/console/sign-out',
  caller: 'console',
  input: z.strictObject({}),
  output: z.object({ done: z.literal(true) }),
})
