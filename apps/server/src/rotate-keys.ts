import { readFileSync } from 'node:fs'
import { parseArgs, parseEnv } from 'node:util'
import { readConfig } from './config.ts'
import { openDatabase } from './db/database.ts'
import { newId } from './new-id.ts'
import { UpkeepFault } from './upkeep/fault.ts'
import { rotateKeys } from './upkeep/rotate-keys.ts'
import { createTell, endWith, languageOf } from './upkeep/tell.ts'

/** `rotate-keys [--leaked] [--env FILE] [--lang zh|en]`: SECRET_KEY is the new one, SECRET_KEY_ALSO the old one. */
const { values: options } = parseArgs({
  options: { leaked: { type: 'boolean' }, env: { type: 'string' }, lang: { type: 'string' } },
})
const language = languageOf(options.lang, process.env)
const tell = createTell(language, process.stdout)

try {
  const settings = options.env ? { ...process.env, ...parseEnv(readFileSync(options.env, 'utf8')) } : process.env
  const read = readConfig(settings)
  if ('faults' in read)
    throw new UpkeepFault(`设置有误：${read.faults.join('；')}`, `the settings are wrong: ${read.faults.join('; ')}`)
  const { SECRET_KEY: key, SECRET_KEY_ALSO: old, DATABASE_URL: url } = read.config
  if (!old || old === key)
    throw new UpkeepFault(
      '请把新密钥写在 SECRET_KEY，旧密钥写在 SECRET_KEY_ALSO。没有改动任何内容',
      'write the new key as SECRET_KEY and the old one as SECRET_KEY_ALSO. Nothing was changed',
    )
  const db = openDatabase(url, 1)
  const asked = { key, old, leaked: options.leaked ?? false }
  const done = await rotateKeys({ db, now: () => new Date(), newId }, asked).finally(() => db.destroy())
  const { sealedAnew, unreadable, kept } = done
  tell.line({
    zh: `v 重新加密 ${sealedAnew} 项，打不开 ${unreadable} 项；旧密钥仍认：${kept.join('、')}`,
    en: `v sealed anew: ${sealedAnew}, could not be opened: ${unreadable}; of the old key still counts: ${kept.join(', ')}`,
  })
  tell.line({
    zh: '  现在从设置里去掉 SECRET_KEY_ALSO，逐个重启实例',
    en: '  now take SECRET_KEY_ALSO out of the settings and start the instances again, one by one',
  })
} catch (fault) {
  endWith(fault, language)
}
