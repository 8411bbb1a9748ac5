import { examineSettings, isDemoCorp, type Config } from '../../config.ts'
import { openDatabase } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { openFiles } from '../../files/open-files.ts'
import { createSecrets } from '../../secrets.ts'
import { createVault } from '../../vault/create-vault.ts'
import { createProbe } from '../../wecom/probe.ts'
import type { Bench } from './check.ts'

/** The bench of a running server: its own settings, database, files and vault. */
export function benchOf(deps: Deps): Bench {
  const { demo, ...given } = deps.config
  const environment = Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )
  const { values: settings } = examineSettings(environment)
  const { db, files, vault, now } = deps
  return { environment, settings, demo, db, files, vault, now, wecom: createProbe(settings, now) }
}

/** The bench of a terminal: as much as the settings allow, nothing connected yet. `close` ends what was opened. */
export function benchFrom(
  environment: Record<string, string | undefined>,
  log: Deps['log'],
): { bench: Bench; close: () => Promise<void> } {
  const now = () => new Date()
  const { values: settings } = examineSettings(environment)
  const db = settings.DATABASE_URL ? openDatabase(settings.DATABASE_URL, 2) : null
  const demo = isDemoCorp(settings.WECOM_CORP_ID)
  const secretKey = settings.SECRET_KEY
  const vault =
    db && secretKey && settings.VAULT_URL
      ? createVault({
          config: { ...settings, demo } as Config,
          db,
          secrets: createSecrets(secretKey, settings.SECRET_KEY_ALSO ? [settings.SECRET_KEY_ALSO] : []),
          now,
          log,
        }) // it reads VAULT_* alone
      : null
  const bench = {
    environment,
    settings,
    demo,
    db,
    vault,
    now,
    files: filesOf(settings),
    wecom: createProbe(settings, now),
  }
  return { bench, close: async () => db?.destroy() }
}

function filesOf({ FILES_URL, FILES_KEY_ID, FILES_KEY_SECRET }: Bench['settings']): Bench['files'] {
  const lacksKeys = FILES_URL?.startsWith('s3:') && !(FILES_KEY_ID && FILES_KEY_SECRET)
  return FILES_URL && !lacksKeys ? openFiles(FILES_URL, { id: FILES_KEY_ID, secret: FILES_KEY_SECRET }) : null
}
