import { readFileSync } from 'node:fs'
import { parseArgs, parseEnv } from 'node:util'
import { readConfig } from './config.ts'
import { accountsFrom } from './upkeep/accounts.ts'
import { checkRelease } from './upkeep/check-release.ts'
import { UpkeepFault } from './upkeep/fault.ts'
import { createTell, endWith, languageOf } from './upkeep/tell.ts'
import { upgrade } from './upkeep/upgrade.ts'

/** `upgrade --to FOLDER [--env FILE] [--lang zh|en]`, of the new release: backup, structure, check, back on failure. */
const { values: options } = parseArgs({
  options: { to: { type: 'string' }, env: { type: 'string' }, lang: { type: 'string' } },
})
const language = languageOf(options.lang, process.env)
const tell = createTell(language, process.stdout)

try {
  const settings = options.env ? { ...process.env, ...parseEnv(readFileSync(options.env, 'utf8')) } : process.env
  const { to } = options
  if (!to) throw new UpkeepFault('用法：upgrade --to 备份文件夹', 'usage: upgrade --to FOLDER of the backups')
  const accounts = accountsFrom(settings)
  const read = readConfig({ ...settings, DATABASE_URL: accounts.applicationUrl })
  if ('faults' in read)
    throw new UpkeepFault(
      `设置有误，没有改动任何内容：${read.faults.join('；')}`,
      `the settings are wrong, nothing was changed: ${read.faults.join('; ')}`,
    )
  const { applied } = await upgrade(
    {
      ...{ ...accounts, to, words: settings['BACKUP_KEY'] || undefined, now: () => new Date() },
      check: () => checkRelease(accounts, read.config),
    },
    tell,
  )
  tell.line({ zh: `v 已升级：${applied.length} 步`, en: `v upgraded: ${applied.length} steps` })
  process.exit(0) // adapters keep timers
} catch (fault) {
  endWith(fault, language)
  process.exit()
}
