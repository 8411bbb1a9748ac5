import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { passkey, passkeyBytes, passkeyOptions } from './passkey.ts'
import { id } from './shapes.ts'

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

/** Begins a sign-in whose second factor is a passkey: a challenge for this browser alone, good once and for five minutes. */
export const askForPasskey = endpoint({
  method: 'POST',
  path: '/api/console/local/challenges',
  caller: 'anyone',
  input: z.strictObject({}),
  output: z.object({ options: passkeyOptions }),
})

/** Signs a local administrator in with a passkey instead of a code. Whatever was wrong, the answer is `wrong_login`. */
export const signInByPasskey = endpoint({
  method: 'POST',
  path: '/api/console/local/sign-in/passkey',
  caller: 'anyone',
  bodyLimit: passkeyBytes,
  input: z.strictObject({ name, password, passkey }),
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

/** One's own passkeys, the newest first. */
export const listPasskeys = endpoint({
  method: 'POST',
  path: '/api/console/passkeys',
  caller: 'console',
  input: z.strictObject({}),
  output: z.object({
    passkeys: z.array(
      z.object({
        passkeyId: z.string(),
        name: z.string(),
        addedAt: z.coerce.date(),
        usedAt: z.nullable(z.coerce.date()),
      }),
    ),
  }),
})

/** Begins to add a passkey. Needs a fresh proof of who one is. */
export const beginPasskey = endpoint({
  method: 'POST',
  path: '/api/console/passkeys/challenges',
  caller: 'console',
  input: z.strictObject({}),
  output: z.object({ options: passkeyOptions }),
})

/** Adds the passkey that the browser made for that challenge. Needs a fresh proof of who one is. */
export const addPasskey = endpoint({
  method: 'POST',
  path: '/api/console/passkeys/additions',
  caller: 'console',
  bodyLimit: passkeyBytes,
  input: z.strictObject({ name, passkey }),
  output: z.object({ outcome: z.enum(['added', 'refused']) }),
})

/** Removes one of one's own; the codes stay a second factor. Needs a fresh proof of who one is. */
export const removePasskey = endpoint({
  method: 'POST',
  path: '/api/console/passkeys/removals',
  caller: 'console',
  input: z.strictObject({ passkeyId: id }),
  output: z.object({ done: z.literal(true) }),
})
