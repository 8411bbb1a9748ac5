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
    /** Empty until the company has said what it is called. */
    company: z.object({ name: z.string(), nameEn: z.string() }),
    /** How they signed in. */
    way: z.enum(['wecom', 'local']),
    /** Whether WeCom is set up, so that one could sign in by it. */
    wecom: z.boolean(),
  }),
})

export const consoleSignOut = endpoint({
  method: 'POST',
  path: '/api/console/sign-out',
  caller: 'console',
  input: z.strictObject({}),
  output: z.object({ done: z.literal(true) }),
})
