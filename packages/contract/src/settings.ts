import * as z from 'zod/mini'
import { checkIds, checkOutcomes } from './checks.ts'
import { endpoint } from './endpoint.ts'

/** How a secret is changed without a pause; pages have the words, and the names of the settings stay with the server. */
export const secretChanges = [
  'new_keys',
  'during_new_keys',
  'second_password',
  'second_key',
  'both_sides',
  'restart',
] as const
export type SecretChange = (typeof secretChanges)[number]

const secret = z.object({
  name: z.string(),
  isSet: z.boolean(),
  change: z.enum(secretChanges),
  /** The check that finds out whether it holds, and what it found last since this server was started. */
  checkId: z.enum(checkIds),
  outcome: z.nullable(z.enum(checkOutcomes)),
  checkedAt: z.nullable(z.coerce.date()),
})
export type HeldSecret = z.output<typeof secret>

/** Which secrets are set, and whether they hold; nothing of any of them. */
export const listSecrets = endpoint({
  method: 'POST',
  path: '/api/console/settings/secrets',
  caller: 'console',
  input: z.strictObject({}),
  output: z.object({ secrets: z.array(secret) }),
})
