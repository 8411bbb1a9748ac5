import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'

export const whoAmI = endpoint({
  method: 'GET',
  path: '/api/console/me',
  caller: 'console',
  input: z.strictObject({}),
  output: z.object({
    personId: z.string(),
    name: z.string(),
    roles: z.array(z.string()),
    demo: z.boolean(),
    company: z.string(),
    /** How they signed in. */
    way: z.enum(['wecom', 'local']),
  }),
})

export const consoleSignOut = endpoint({
  method: 'POST',
  path: '/api/console/sign-out',
  caller: 'console',
  input: z.strictObject({}),
  output: z.object({ done: z.literal(true) }),
})
