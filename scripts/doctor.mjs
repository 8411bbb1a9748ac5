/**
 * `npm run doctor`: what is wrong and what to do. First this machine, then the product as the environment sets it up, or as
 * `--env FILE` does, or as the running demo is. `-- --only ID`, `--json`, `--lang zh|en`, `--strict`.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { buildApps } from './lib/build.mjs'
import { runningSettings } from './lib/running-demo.mjs'
import { examineMachine } from './lib/doctor-checks.mjs'
import { isInstalled } from './lib/install.mjs'
import { inRoot } from './lib/root.mjs'
import { say } from './lib/say.mjs'

const program = inRoot('apps/server/dist/doctor.js')
const given = process.argv.slice(2)

/** The server's own program reads what was found here from its input and tells everything together. */
function runProgram(found) {
  const env = { ...process.env, DOCTOR_COMMAND: 'npm run doctor --' }
  const args = [program, '--also', '-', ...runningSettings(given), ...given]
  const child = spawn(process.execPath, args, { env, stdio: ['pipe', 'inherit', 'inherit'] })
  child.stdin.end(JSON.stringify(found))
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)))
}

if (!existsSync(program) && !isInstalled()) {
  console.error(`x ${say('先跑一次 npm run demo，装好依赖', 'run npm run demo first: it installs what is needed')}`)
  process.exitCode = 1
} else {
  const found = await examineMachine()
  if (!existsSync(program)) await buildApps({ names: ['hcp', 'server'] })
  process.exitCode = await runProgram(found)
}
