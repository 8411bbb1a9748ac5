import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'

const token = z.string().check(z.regex(/^[\w-]{43}$/))
const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(40))
const password = z.string().check(z.minLength(1), z.maxLength(200))
/** Six digits, or a recovery code. */
const code = z.string().check(z.trim(), z.minLength(1), z.maxLength(40))

/** How one can sign in here: WeCom is missing as long as it is not set up. */
export const signInWays = endpoint({
  method: 'GET',
  path: '/api/console/sign-in/ways',
  caller: 'anyone',
  input: z.strictObject({}),
  output: z.object({ wecom: z.boolean() }),
})

/** Signs a local administrator in. Whatever was wrong, the answer is `wrong_login`. */
export const signInLocal = endpoint({
  method: 'POST',
  path: '/api/console/local/sign-in',
  caller: 'anyone',
  input: z.strictObject({ name, password, code }),
  output: z.object({ done: z.literal(true) }),
})

/** What somebody with a link from the command line needs to set up an authenticator app. */
export const lookAtInvite = endpoint({
  method: 'POST',
  path: '/api/console/local/set-up/look',
  caller: 'anyone',
  input: z.strictObject({ token }),
  output: z.object({
    /** Empty for a new administrator. */
    name: z.string(),
    role: z.string(),
    secret: z.string(),
    address: z.string(),
    /** The address as an SVG. */
    picture: z.string(),
    endsAt: z.coerce.date(),
  }),
})

/** Spends the link: name, password and the first code. Signs in; the recovery codes are told this once. */
export const setUpLocal = endpoint({
  method: 'POST',
  path: '/api/console/local/set-up',
  caller: 'anyone',
  input: z.strictObject({ token, name, password, code }),
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('done'), recoveryCodes: z.array(z.string()) }),
    z.object({
      outcome: z.literal('refused'),
      reasons: z.array(z.enum(['name_taken', 'too_short', 'too_easy', 'wrong_code'])),
    }),
  ]),
})
