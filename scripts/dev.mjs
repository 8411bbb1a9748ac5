/**
 * `npm run dev`: the demo, but every part follows its sources. The sidebar reloads by itself; the other faces show the
 * change at the next page load, after the process behind them has been started anew.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { choosePorts } from './lib/ports.mjs'
import { atEnd, endAll, endOnSignals, startProcess, untilHealthy, untilListening } from './lib/processes.mjs'
import { dataDir, inRoot } from './lib/root.mjs'
import { say } from './lib/say.mjs'
import { loadWorld, prepare } from './lib/stack.mjs'
import { endWith, step } from './lib/steps.mjs'
import { onRebuilt, serveFace, watchBuilds } from './lib/watch.mjs'

parseArgs({ options: { lang: { type: 'string' } } })

/** Starts a process and starts it anew whenever what it was built from has changed. */
async function keepRunning(name, { program, env, health, rebuilt }) {
  const start = () => startProcess({ name, args: [program], env })
  let running = start()
  await untilHealthy(running, health)
  const restart = async () => {
    await running.stop()
    running = start()
    const well = await untilHealthy(running, health).then(
      () => 'v',
      (error) => `x ${error.message}\n `,
    )
    console.log(`  ${well} ${name} ${new Date().toLocaleTimeString()}`)
  }
  atEnd(onRebuilt(rebuilt, restart))
}

async function main() {
  endOnSignals(() => console.log(`\n  ${say('正在停止', 'stopping')} …`))
  const { addresses, environments, programs, ...demo } = await prepare()
  await loadWorld({ ...demo, environments, programs })

  const { sidebar } = await choosePorts({ sidebar: 5173 })
  await step(say('边写边看的侧边栏', 'sidebar that follows its sources'), async () => {
    await untilListening(serveFace('sidebar', sidebar), sidebar)
  })
  await step('simulator', () =>
    keepRunning('simulator', {
      program: programs.simulator,
      env: { ...environments.simulator, SIDEBAR_DEV_URL: `http://127.0.0.1:${sidebar}` },
      health: addresses.stage,
      rebuilt: [programs.simulator],
    }),
  )
  await step('server', () =>
    keepRunning('server', {
      program: programs.server,
      env: environments.server,
      health: addresses.health,
      rebuilt: [programs.server, inRoot('apps/hcp/dist'), inRoot('apps/console/dist')],
    }),
  )
  for (const app of ['hcp', 'console', 'simulator', 'server']) watchBuilds(app)
  console.log(`
  ${addresses.stage}   ${addresses.console}
  ${say('日志', 'logs')} ${join(dataDir, 'logs')}
  ${say('Ctrl+C 停止', 'Ctrl+C stops')}`)
}

try {
  await main()
} catch (error) {
  endWith(error)
  await endAll()
}
