import type { CheckId, Output, SecretChange, settingsEndpoints } from '@vouch/contract'
import type { Config } from '../config.ts'
import type { Deps } from '../deps.ts'
import type { Examiner } from './checks/examine.ts'

/** Every secret from the environment: what finds out whether it holds, and how it is changed. */
const held = {
  DATABASE_URL: ['data.connection', 'second_password'],
  SECRET_KEY: ['cfg.secrets', 'new_keys'],
  SECRET_KEY_ALSO: ['cfg.secrets', 'during_new_keys'],
  WECOM_AGENT_SECRET: ['wecom.token', 'restart'],
  WECOM_CALLBACK_TOKEN: ['callback.door', 'both_sides'],
  WECOM_CALLBACK_AES_KEY: ['callback.key', 'both_sides'],
  FILES_KEY_SECRET: ['data.files', 'second_key'],
  VAULT_PASSWORD: ['vault.sign_in', 'restart'],
} as const satisfies Partial<Record<keyof Config, readonly [CheckId, SecretChange]>>

/** Which secrets the server was started with, and what was last found of each. Nothing of a value leaves, not its length. */
export async function listSecrets(
  { config }: Pick<Deps, 'config'>,
  examiner: Pick<Examiner, 'last'>,
): Promise<Output<typeof settingsEndpoints.listSecrets>> {
  return {
    secrets: (Object.keys(held) as (keyof typeof held)[]).map((name) => {
      const [checkId, change] = held[name]
      const found = examiner.last(checkId)
      return {
        ...{ name, isSet: Boolean(config[name]), checkId, change },
        ...{ outcome: found?.outcome ?? null, checkedAt: found?.checkedAt ?? null },
      }
    }),
  }
}
