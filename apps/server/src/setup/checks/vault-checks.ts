import { VaultFault } from '../../vault/vault-fault.ts'
import { both, databaseOf, fault, notAsked, ok, warning, type Bench, type Check, type Found } from './check.ts'
import { vaultWords } from './words/callback.ts'

const names = ['VAULT_URL', 'VAULT_USER', 'VAULT_PASSWORD'] as const

function checkVaultSettings({ settings }: Bench): Found {
  if (!settings.VAULT_URL) return notAsked(vaultWords.none())
  const missing = names.filter((name) => !settings[name])
  return missing.length > 0 ? fault(vaultWords.partly(missing)) : ok(vaultWords.set(new URL(settings.VAULT_URL).host))
}

/** A sign-in that Vault refused is not tried again here: repeats lock the account. */
async function checkVaultSignIn(bench: Bench): Promise<Found> {
  if (!bench.vault) return notAsked(vaultWords.none())
  const known = await databaseOf(bench)
    .selectFrom('vaultConnection')
    .select(['problem', 'mapping'])
    .where('id', '=', 1)
    .executeTakeFirst()
  const [problem = '', type = ''] = (known?.problem ?? '').split(' ')
  if (problem === 'sign_in_stopped') return fault(vaultWords.stopped(type))
  try {
    const vaultId = await bench.vault.vaultId()
    await bench.vault.properties() // a session that was kept proves nothing about now
    return known?.mapping ? ok(vaultWords.fine(vaultId)) : warning(vaultWords.noMapping(vaultId))
  } catch (thrown) {
    if (!(thrown instanceof VaultFault)) throw thrown
    if (thrown.problem === 'sign_in_stopped') return fault(vaultWords.stopped(thrown.type))
    return fault(thrown.problem === 'other_vault' ? vaultWords.other() : vaultWords.away(thrown.problem))
  }
}

export const vaultChecks = {
  'vault.settings': {
    group: 'vault',
    title: both('设置', 'Settings'),
    where: both('服务器的环境变量', 'the environment of the server'),
    cheap: true,
    run: checkVaultSettings,
  },
  'vault.sign_in': {
    group: 'vault',
    title: both('登录', 'Sign-in'),
    where: both('控制台 > Veeva Vault', 'console > Veeva Vault'),
    settings: ['DATABASE_URL'],
    after: ['vault.settings', 'data.migrations'],
    run: checkVaultSignIn,
  },
} satisfies Record<string, Check>
