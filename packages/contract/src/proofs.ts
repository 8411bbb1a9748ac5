import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { passkey, passkeyBytes, passkeyOptions } from './passkey.ts'
import { id } from './shapes.ts'

const refusedFor = z.enum(['other_person', 'other_session', 'too_late', 'wrong_code', 'wrong_passkey'])

/**
 * Begins to prove again who one is, because a call was answered with `proof_needed`. Nothing is proved by it: the login at
 * `wecomUrl`, in a window of its own, does that.
 */
export const beginProof = endpoint({
  method: 'POST',
  path: '/api/console/proofs',
  caller: 'console',
  input: z.strictObject({}),
  output: z.object({
    proofId: z.string(),
    endsAt: z.coerce.date(),
    /** Null for a local administrator, who proves it with a code or a passkey. */
    wecomUrl: z.nullable(z.string()),
  }),
})

/** What became of it. `over`: nobody came back in time. */
export const lookAtProof = endpoint({
  method: 'POST',
  path: '/api/console/proofs/look',
  caller: 'console',
  input: z.strictObject({ proofId: id }),
  output: z.object({
    outcome: z.enum(['waiting', 'proved', 'refused', 'over']),
    refusedFor: z.nullable(refusedFor),
  }),
})

/** A local administrator proves it with the next code of their authenticator, or a recovery code. */
export const proveByCode = endpoint({
  method: 'POST',
  path: '/api/console/proofs/codes',
  caller: 'console',
  input: z.strictObject({ proofId: id, code: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)) }),
  output: z.object({ outcome: z.enum(['proved', 'refused']) }),
})

/** A challenge for a passkey that is to prove it: for this session alone, good once and for five minutes. */
export const askForProofPasskey = endpoint({
  method: 'POST',
  path: '/api/console/proofs/challenges',
  caller: 'console',
  input: z.strictObject({}),
  output: z.object({ options: passkeyOptions }),
})

/** A local administrator proves it with a passkey. */
export const proveByPasskey = endpoint({
  method: 'POST',
  path: '/api/console/proofs/passkeys',
  caller: 'console',
  bodyLimit: passkeyBytes,
  input: z.strictObject({ proofId: id, passkey }),
  output: z.object({ outcome: z.enum(['proved', 'refused']) }),
})
