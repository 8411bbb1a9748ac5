import { secretNames, type CheckId, type Output, type SecretName, type settingsEndpoints } from '@vouch/contract'
import type { Deps } from '../deps.ts'
import type { Examiner } from './checks/examine.ts'

/** What finds out whether each of them holds. */
const checkOf: Record<SecretName, CheckId> = {
  DATABASE_URL: 'data.connection',
  SECRET_KEY: 'cfg.secrets',
  SECRET_KEY_ALSO: 'cfg.secrets',
  WECOM_AGENT_SECRET: 'wecom.token',
  WECOM_CALLBACK_TOKEN: 'callback.door',
  WECOM_CALLBACK_AES_KEY: 'callback.key',
  FILES_KEY_SECRET: 'data.files',
  VAULT_PASSWORD: 'vault.sign_in',
}

/** Which secrets the server was started with, and what was last found of each. Nothing of a value leaves, not its length. */
export async function listSecrets(
  { config }: Pick<Deps, 'config'>,
  examiner: Pick<Examiner, 'last'>,
): Promise<Output<typeof settingsEndpoints.listSecrets>> {
  return {
    secrets: secretNames.map((name) => {
      const found = examiner.last(checkOf[name])
      return {
        ...{ name, isSet: Boolean(config[name]), checkId: checkOf[name] },
        ...{ outcome: found?.outcome ?? null, checkedAt: found?.checkedAt ?? null },
      }
    }),
  }
}
