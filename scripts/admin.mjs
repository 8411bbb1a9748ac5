/**
 * `npm run admin`: a link with which the first administrator gets in, for the environment, `--env FILE` or the running demo.
 * `-- --role system_admin|security_admin`, `-- --of NAME` for somebody who lost their phone or password, `--lang zh|en`.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { buildApps } from './lib/build.mjs'
import { runningSettings } from './lib/running-demo.mjs'
import { isInstalled } from './lib/install.mjs'
import { inRoot } from './lib/root.mjs'
import { say } from './lib/say.mjs'

const program = inRoot('apps/server/dist/admin.js')
const given = process.argv.slice(2)

if (!existsSync(program) && !isInstalled()) {
  console.error(`x ${say('先跑一次 npm run demo，装好依赖', 'run npm run demo first: it installs what is needed')}`)
  process.exitCode = 1
} else {
  if (!existsSync(program)) await buildApps({ names: ['hcp', 'server'] })
  const child = spawn(process.execPath, [program, ...runningSettings(given), ...given], { stdio: 'inherit' })
  process.exitCode = await new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)))
}
