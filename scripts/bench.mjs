/**
 * `npm run bench`: a fresh private database and a fresh build, then `apps/server/dist/bench/main.js` with the rest of the
 * arguments. It is told DATABASE_URL (the application's account), BENCH_OWNER_URL and what the server needs to start.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApps } from './lib/build.mjs'
import { startDatabase } from './lib/database.mjs'
import { describeDemo } from './lib/demo-settings.mjs'
import { installPackages } from './lib/install.mjs'
import { atEnd, endAll, endOnSignals, runToEnd, startProcess } from './lib/processes.mjs'
import { inRoot } from './lib/root.mjs'
import { say } from './lib/say.mjs'
import { endWith, step } from './lib/steps.mjs'

const program = inRoot('apps/server/dist/bench/main.js')

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'vouch-bench-'))
  atEnd(() => rmSync(folder, { recursive: true, force: true }))
  let ownerUrl = process.env.BENCH_OWNER_URL
  await step(say('依赖', 'packages'), installPackages)
  await step(say('构建', 'build'), async () => (await buildApps()).join(' '))
  await step(say('数据库', 'database'), async () => {
    if (ownerUrl) return
    const database = await startDatabase({ dir: join(folder, 'db'), name: 'vouch_bench' })
    atEnd(database.stop)
    ownerUrl = database.url
  })
  const { environments, programs } = await describeDemo(ownerUrl)
  const migrate = () =>
    runToEnd(startProcess({ name: 'bench-migrate', args: [programs.migrate], env: environments.migrate }))
  await step(say('数据库结构', 'database structure'), migrate)
  await step(say('测量程序', 'bench program'), async () => {
    if (!existsSync(program)) throw new Error('apps/server/bench/main.ts')
  })
  const env = { ...environments.server, BENCH_OWNER_URL: ownerUrl, FILES_URL: `file:${join(folder, 'files')}` }
  const onLine = (line) => console.log(line)
  await runToEnd(startProcess({ name: 'bench', args: [program, ...process.argv.slice(2)], env, onLine }))
}

endOnSignals()
try {
  await main()
} catch (error) {
  endWith(error)
}
await endAll()
