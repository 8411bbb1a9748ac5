import { readFileSync } from 'node:fs'
import { parseArgs, parseEnv } from 'node:util'
import { openFiles } from './files/open-files.ts'
import { accountsFrom } from './upkeep/accounts.ts'
import { UpkeepFault } from './upkeep/fault.ts'
import { restoreBackup } from './upkeep/restore.ts'
import { createTell, endWith, languageOf } from './upkeep/tell.ts'

/** `restore FOLDER [--over] [--env FILE] [--lang zh|en]`: a sealed one needs BACKUP_KEY. */
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { over: { type: 'boolean' }, env: { type: 'string' }, lang: { type: 'string' } },
})
const language = languageOf(options.lang, process.env)
const tell = createTell(language, process.stdout)

try {
  const settings = options.env ? { ...process.env, ...parseEnv(readFileSync(options.env, 'utf8')) } : process.env
  const [folder] = positionals
  if (!folder) throw new UpkeepFault('用法：restore 备份文件夹 [--over]', 'usage: restore FOLDER [--over]')
  const keys = { id: settings['FILES_KEY_ID'], secret: settings['FILES_KEY_SECRET'] }
  const asked = {
    ...{ ...accountsFrom(settings), folder, words: settings['BACKUP_KEY'] || undefined, over: options.over ?? false },
    store: openFiles(settings['FILES_URL'] || 'file:.data/files', keys),
  }
  const { rows, files } = await restoreBackup(asked, tell)
  tell.line({ zh: `v 已恢复：${rows} 行，${files} 个文件`, en: `v restored: ${rows} rows, ${files} files` })
} catch (fault) {
  endWith(fault, language)
}
