import { readFileSync } from 'node:fs'
import { parseArgs, parseEnv } from 'node:util'
import { makeBackup } from './upkeep/backup.ts'
import { UpkeepFault } from './upkeep/fault.ts'
import { createTell, endWith, languageOf } from './upkeep/tell.ts'

/** `backup --to FOLDER [--env FILE] [--lang zh|en]`: with BACKUP_KEY set, it is sealed. */
const { values: options } = parseArgs({
  options: { to: { type: 'string' }, env: { type: 'string' }, lang: { type: 'string' } },
})
const language = languageOf(options.lang, process.env)
const tell = createTell(language, process.stdout)

try {
  const settings = options.env ? { ...process.env, ...parseEnv(readFileSync(options.env, 'utf8')) } : process.env
  const databaseUrl = settings['DATABASE_URL']
  const words = settings['BACKUP_KEY'] || undefined
  if (!options.to || !databaseUrl)
    throw new UpkeepFault(
      '用法：backup --to 文件夹，并设置 DATABASE_URL',
      'usage: backup --to FOLDER, with DATABASE_URL set',
    )
  if (words && words.length < 32)
    throw new UpkeepFault('BACKUP_KEY 至少 32 个字符', 'BACKUP_KEY needs at least 32 characters')
  const filesUrl = settings['FILES_URL'] || 'file:.data/files'
  const folder = await makeBackup({ databaseUrl, filesUrl, to: options.to, words, now: new Date() }, tell)
  tell.line({ zh: `v 备份完成：${folder}`, en: `v backed up: ${folder}` })
} catch (fault) {
  endWith(fault, language)
}
