import * as z from 'zod/mini'
import { checkIds, checkOutcomes } from './checks.ts'
import { endpoint } from './endpoint.ts'

/** Every secret that the server takes from its environment. */
export const secretNames = [
  ...(['DATABASE_URL', 'SECRET_KEY', 'SECRET_KEY_ALSO', 'WECOM_AGENT_SECRET', 'WECOM_CALLBACK_TOKEN'] as const),
  ...(['WECOM_CALLBACK_AES_KEY', 'FILES_KEY_SECRET', 'VAULT_PASSWORD'] as const),
] as const
export type SecretName = (typeof secretNames)[number]

const secret = z.object({
  name: z.enum(secretNames),
  isSet: z.boolean(),
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
