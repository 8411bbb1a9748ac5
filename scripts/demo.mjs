/** `npm run demo`: from a fresh copy to the whole loop in a browser. `-- --reset` starts over, `-- --lang zh|en`. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { stopDatabase } from './lib/database.mjs'
import { atEnd, endAll, endOnSignals, isHealthy } from './lib/processes.mjs'
import { dataDir } from './lib/root.mjs'
import { columns, say, sayLines } from './lib/say.mjs'
import { loadWorld, prepare, startBoth } from './lib/stack.mjs'
import { endWith, step } from './lib/steps.mjs'

const { values: options } = parseArgs({ options: { reset: { type: 'boolean' }, lang: { type: 'string' } } })
const runningFile = join(dataDir, 'running.json')
/** The settings of the running server, so that `npm run doctor` can look at it. */
const settingsFile = join(dataDir, 'demo.env')

/** The addresses of a demo that runs from this folder already, or undefined. */
async function findRunning() {
  if (!existsSync(runningFile)) return undefined
  const addresses = JSON.parse(readFileSync(runningFile, 'utf8'))
  return (await isHealthy(addresses.health)) ? addresses : undefined
}

function printAddresses(addresses, title) {
  if (title) console.log(`  v ${title}`)
  const open = say('打开', 'open')
  console.log(`
  ${open}  ${addresses.stage}   <- ${say('从这里开始（模拟器）', 'start here (simulator)')}
  ${' '.repeat(columns(open))}  ${addresses.console}   ${say('控制台', 'console')}
`)
  const notes = sayLines(
    '没有连真的企业微信，也没有任何真实个人信息。Ctrl+C 停止；npm run demo -- --reset 重来。',
    'No real WeCom is connected and no real person appears. Ctrl+C stops; npm run demo -- --reset starts over.',
  )
  for (const note of notes) console.log(`  ${note}`)
}

async function startOver() {
  if (process.env.DATABASE_URL)
    throw new Error(say('DATABASE_URL 里的库请自己清空', 'empty the database of DATABASE_URL yourself'))
  await stopDatabase(join(dataDir, 'db'))
  rmSync(dataDir, { recursive: true, force: true })
}

async function main() {
  const running = await findRunning()
  if (running) {
    if (!options.reset) return printAddresses(running, say('已经在运行', 'it is running already'))
    console.log(`  x ${say('正在运行，请先用 Ctrl+C 停止', 'it is running: stop it with Ctrl+C first')}`)
    process.exitCode = 1
    return
  }
  endOnSignals(() => console.log(`\n  ${say('正在停止', 'stopping')} …`))
  if (options.reset) await step(say('清空上次的演示', 'clear the last demo'), startOver)
  const demo = await prepare()
  await loadWorld(demo)
  await startBoth(demo)
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(runningFile, JSON.stringify(demo.addresses))
  const settings = Object.entries(demo.environments.server).map(([name, value]) => `${name}='${value}'\n`)
  writeFileSync(settingsFile, settings.join(''), { mode: 0o600 })
  atEnd(() => [runningFile, settingsFile].forEach((file) => rmSync(file, { force: true })))
  for (const [name, port] of demo.changed) {
    console.log(`  ! ${say('常用端口被占用，改用', 'the usual port is taken, using')} ${port} (${name})`)
  }
  printAddresses(demo.addresses)
}

try {
  await main()
} catch (error) {
  endWith(error)
  await endAll()
}
