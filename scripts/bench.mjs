/**
 * `npm run bench`: measures the server, then the sidebar in a browser. `-- sidebar` does the latter alone; other words
 * are sections of the server's part. The server's program, `apps/server/dist/bench/main.js`, gets a fresh private database
 * and is told DATABASE_URL (the application's account), BENCH_OWNER_URL and what the server needs to start.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApps } from './lib/build.mjs'
import { loadChromium } from './lib/chromium.mjs'
import { startDatabase } from './lib/database.mjs'
import { describeDemo } from './lib/demo-settings.mjs'
import { installPackages } from './lib/install.mjs'
import { atEnd, endAll, endOnSignals, runToEnd, startProcess } from './lib/processes.mjs'
import { inRoot } from './lib/root.mjs'
import { runTool } from './lib/run.mjs'
import { say } from './lib/say.mjs'
import { endWith, step } from './lib/steps.mjs'

const program = inRoot('apps/server/dist/bench/main.js')
const asked = process.argv.slice(2).filter((word, index, words) => word !== '--lang' && words[index - 1] !== '--lang')
const sections = asked.filter((word) => word !== 'sidebar')
const onLine = (line) => console.log(line)

async function main() {
  await step(say('依赖', 'packages'), installPackages)
  if (asked.length === 0 || sections.length > 0) await benchServer()
  if (asked.length === 0 || asked.includes('sidebar')) await benchSidebar()
}

async function benchServer() {
  const folder = mkdtempSync(join(tmpdir(), 'vouch-bench-'))
  atEnd(() => rmSync(folder, { recursive: true, force: true }))
  let ownerUrl = process.env.BENCH_OWNER_URL
  await step(say('构建', 'build'), async () => (await buildApps()).join(' '))
  await step(say('数据库', 'database'), async () => {
    if (ownerUrl) return
    const database = await startDatabase({ dir: join(folder, 'db'), name: 'vouch_bench', cache: '1G' })
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
  await runToEnd(startProcess({ name: 'bench', args: [program, ...sections], env, onLine }))
}

async function benchSidebar() {
  const folder = inRoot('apps/sidebar/bench')
  let browser
  await step(say('浏览器', 'browser'), async () => (browser = await loadChromium()))
  await step(say('构建边栏', 'build of the sidebar'), async () => {
    await buildApps({ names: ['sidebar'] })
    for (const built of [folder, `${folder}/bare-vue`]) await runTool('vite/bin/vite.js', ['build', built])
  })
  const env = { CHROMIUM: browser }
  await runToEnd(startProcess({ name: 'bench-sidebar', args: [`${folder}/dist/main.js`], env, onLine }))
}

endOnSignals()
try {
  await main()
} catch (error) {
  endWith(error)
}
await endAll()
