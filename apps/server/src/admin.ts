import { readFileSync } from 'node:fs'
import { parseArgs, parseEnv } from 'node:util'
import { readConfig } from './config.ts'
import { openDatabase } from './db/database.ts'
import { newId } from './new-id.ts'
import { inviteLocal } from './people/local/invite-local.ts'
import { createSecrets } from './secrets.ts'
import { UpkeepFault } from './upkeep/fault.ts'
import { createTell, endWith, languageOf } from './upkeep/tell.ts'

/**
 * `admin [--role system_admin|security_admin] [--of NAME] [--env FILE] [--lang zh|en]`: prints a link with which a local
 * administrator is set up, or, of a name that exists, gets a new password and a new authenticator.
 */
const { values: options } = parseArgs({
  options: { role: { type: 'string' }, of: { type: 'string' }, env: { type: 'string' }, lang: { type: 'string' } },
})
const language = languageOf(options.lang, process.env)
const tell = createTell(language, process.stdout)

function roleOf(asked = 'system_admin'): 'system_admin' | 'security_admin' {
  if (asked === 'system_admin' || asked === 'security_admin') return asked
  throw new UpkeepFault(
    '--role 只能是 system_admin 或 security_admin。没有生成链接',
    '--role is system_admin or security_admin. No link was made',
  )
}

try {
  const settings = options.env ? { ...process.env, ...parseEnv(readFileSync(options.env, 'utf8')) } : process.env
  const role = roleOf(options.role)
  const read = readConfig(settings)
  if ('faults' in read)
    throw new UpkeepFault(`设置有误：${read.faults.join('；')}`, `the settings are wrong: ${read.faults.join('; ')}`)
  const { SECRET_KEY, DATABASE_URL, PUBLIC_URL } = read.config
  const db = openDatabase(DATABASE_URL, 1)
  const deps = { db, secrets: createSecrets(SECRET_KEY), now: () => new Date(), newId }
  const invite = await inviteLocal(deps, { role, of: options.of }).finally(() => db.destroy())
  if (!invite)
    throw new UpkeepFault(
      `没有叫“${options.of}”的本地管理员。没有生成链接`,
      `no local administrator is called “${options.of}”. No link was made`,
    )
  const address = `${PUBLIC_URL}/console/set-up#${invite.token}`
  tell.line({
    zh: 'v 在电脑浏览器里打开这个链接，30 分钟内有效，只能用一次，别发给别人：',
    en: 'v open this link in a browser within 30 minutes; it works once and is for nobody else:',
  })
  tell.line({ zh: `  ${address}`, en: `  ${address}` })
} catch (fault) {
  endWith(fault, language)
}
