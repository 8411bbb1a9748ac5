/**
 * `npm run bench`: measures the server, then the sidebar and the doctor's reading page in a browser. `-- sidebar` and
 * `-- reader` do one of these alone; other words are sections of the server's part. The server's program, `apps/server/dist/bench/main.js`, gets a fresh private database
 * and is told DATABASE_URL (the application's account), BENCH_OWNER_URL and what the server needs to start.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureFonts } from './lib/apt.mjs'
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
const faces = { sidebar: 'apps/sidebar/bench', reader: 'apps/hcp/bench' }
const sections = asked.filter((word) => !(word in faces))
const onLine = (line) => console.log(line)

async function main() {
  await step(say('依赖', 'packages'), installPackages)
  if (asked.length === 0 || sections.length > 0) await benchServer()
  for (const face of Object.keys(faces)) if (asked.length === 0 || asked.includes(face)) await benchFace(face)
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

/** A face has a program of its own that visits it; pages it is compared with are built beside. */
async function benchFace(face) {
  const folder = inRoot(faces[face])
  let browser
  await step(say('浏览器', 'browser'), async () => (browser = await loadChromium()))
  await step(say('字体', 'fonts'), ensureFonts)
  await step(say('构建页面', 'build of the page'), async () => {
    await buildApps({ names: [face === 'reader' ? 'hcp' : face] })
    const built = [folder, `${folder}/bare-vue`].filter((one) => existsSync(`${one}/vite.config.ts`))
    for (const one of built) await runTool('vite/bin/vite.js', ['build', one])
  })
  const env = { CHROMIUM: browser }
  await runToEnd(startProcess({ name: `bench-${face}`, args: [`${folder}/dist/main.js`], env, onLine }))
}

endOnSignals()
try {
  await main()
} catch (error) {
  endWith(error)
}
await endAll()
