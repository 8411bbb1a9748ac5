/** Brings the whole product up on this machine, step by step; shared by `demo` and `dev`. */
import { join } from 'node:path'
import { buildApps } from './build.mjs'
import { startDatabase } from './database.mjs'
import { describeDemo } from './demo-settings.mjs'
import { installPackages } from './install.mjs'
import { atEnd, isEnding, endAll, runToEnd, startProcess, tail, untilHealthy } from './processes.mjs'
import { dataDir } from './root.mjs'
import { say } from './say.mjs'
import { step } from './steps.mjs'

/** Packages, database and build, in this order. Returns the description of the demo (demo-settings.mjs). */
export async function prepare() {
  await step(say('依赖', 'packages'), installPackages)
  let ownerUrl
  await step(say('数据库', 'database'), async () => (ownerUrl = await openDatabase()) && undefined)
  await step(say('构建', 'build'), async () => (await buildApps()).join(' ') || undefined)
  const demo = await describeDemo(ownerUrl)
  Object.assign(demo.environments.load, demo.environments.webhook)
  return demo
}

/** The owner's url: that of DATABASE_URL when given, else of a private server under `.data/db`. */
async function openDatabase() {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL
  const database = await startDatabase({ dir: join(dataDir, 'db') })
  atEnd(database.stop)
  return database.url
}

/** Database structure, the invented company and its documents. Quick when they are there already. */
export async function loadWorld({ programs, environments, cast, logs }) {
  const run = (name, args, env) => runToEnd(startProcess({ name, args, env, logs }))
  await step(say('数据库结构', 'database structure'), () => run('migrate', [programs.migrate], environments.migrate))
  await step(say('示例资料', 'demo documents'), () => run('cast', [programs.cast, cast], {}))
  await step(say('示例数据和页面图', 'demo world, page images'), () =>
    run('load-world', [programs.load, join(cast, 'world.json')], environments.load),
  )
}

/** Starts simulator and server and waits until both answer. When one ends by itself, everything ends with code 1. */
export async function startBoth(demo) {
  const { programs, environments, addresses, logs } = demo
  const simulatorTitle = say('模拟企业微信 / 微信', 'simulated WeCom and WeChat')
  await step(simulatorTitle, async () => {
    const simulator = watched(
      startProcess({ name: 'simulator', args: [programs.simulator], env: environments.simulator, logs }),
    )
    await untilHealthy(simulator, addresses.stage)
  })
  await step(say('准信服务', 'Vouch server'), async () => {
    const server = watched(startProcess({ name: 'server', args: [programs.server], env: environments.server, logs }))
    await untilHealthy(server, addresses.health)
  })
}

function watched(started) {
  void started.ended.then(async (how) => {
    if (isEnding()) return
    console.log(`  x ${started.name}: ${how}\n${tail(started.log)}\n      -> ${started.log}`)
    await endAll()
    process.exit(1)
  })
  return started
}
