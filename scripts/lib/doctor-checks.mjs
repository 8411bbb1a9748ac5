/**
 * What `doctor` looks at on the machine of somebody who works on Vouch: a copy of the repository, its tools, the demo. The
 * product's own checks are the server's (apps/server/src/setup/checks). Each returns `{ outcome, fact, fix? }`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { installHint } from './apt.mjs'
import { apps, isBuilt } from './build.mjs'
import { findChromium } from './chromium.mjs'
import { findEngine } from './database-engine.mjs'
import { isInstalled } from './install.mjs'
import { isFree } from './ports.mjs'
import { isHealthy } from './processes.mjs'
import { dataDir } from './root.mjs'

const both = (zh, en = zh) => ({ zh, en })
const ok = (fact) => ({ outcome: 'ok', fact })
const warning = (fact, fix) => ({ outcome: 'warning', fact, fix })
const fault = (fact, fix) => ({ outcome: 'fault', fact, fix })
const notAsked = (fact, fix) => ({ outcome: 'not_asked', fact, fix })

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const newEnough = major > 20 || (major === 20 && minor >= 19)
  if (newEnough) return ok(both(process.version))
  return fault(both(process.version), both('装 Node 20.19 或更新', 'install Node 20.19 or newer'))
}

function checkPackages() {
  if (isInstalled()) return ok(both('与锁文件一致', 'as locked'))
  return warning(both('还没装全', 'not as locked'), both('npm run demo'))
}

function checkDatabaseProgram() {
  if (process.env.DATABASE_URL) return notAsked(both('用 DATABASE_URL 的库', 'DATABASE_URL is used'))
  const engine = findEngine()
  if (!engine) return fault(both('没有', 'none'), both(installHint('mariadb-server-core')))
  const version = spawnSync(engine.binary, ['--no-defaults', '--version'], { encoding: 'utf8' }).stdout ?? ''
  return ok(both(`${engine.kind} ${/Ver (\S+)/.exec(version)?.[1] ?? ''}`))
}

function checkChromium() {
  const path = findChromium()
  if (path) return ok(both(path))
  return warning(both('没有，只有测试要用', 'none, only tests need it'), both(installHint('chromium')))
}

function checkBuild() {
  const old = apps.filter((app) => !isBuilt(app))
  if (old.length === 0) return ok(both('最新', 'up to date'))
  return warning(both(`要重建：${old.join('、')}`, `out of date: ${old.join(', ')}`), both('npm run demo'))
}

async function checkPorts() {
  if (runningAddresses()) return ok(both('演示在用', 'used by the demo'))
  const taken = []
  for (const port of [4400, 8080, 8090, 8081]) if (!(await isFree(port))) taken.push(port)
  if (taken.length === 0) return ok(both('4400 8080 8090 8081'))
  const fact = both(`被占用：${taken.join('、')}`, `taken: ${taken.join(', ')}`)
  return warning(fact, both('演示会改用别的端口', 'the demo takes others'))
}

/** The addresses of the last start of the demo, if it did not end in order or still runs. */
function runningAddresses() {
  const file = join(dataDir, 'running.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

async function checkHealth() {
  const addresses = runningAddresses()
  if (!addresses) return notAsked(both('演示没在运行', 'the demo is not running'), both('npm run demo'))
  const logs = join(dataDir, 'logs')
  for (const [name, url] of Object.entries({
    stage: addresses.stage,
    live: addresses.health,
    ready: addresses.ready,
  })) {
    if (url && !(await isHealthy(url))) return fault(both(`${name} ${url}`), both(`看日志 ${logs}`, `read ${logs}`))
  }
  return ok(both(addresses.stage))
}

/** In the order in which a person would look. */
export const machineChecks = [
  { checkId: 'machine.node', title: both('Node'), run: checkNode },
  { checkId: 'machine.packages', title: both('依赖', 'Packages'), run: checkPackages },
  { checkId: 'machine.database', title: both('数据库程序', 'Database program'), run: checkDatabaseProgram },
  { checkId: 'machine.chromium', title: both('浏览器', 'Browser'), run: checkChromium },
  { checkId: 'machine.build', title: both('构建', 'Build'), run: checkBuild },
  { checkId: 'machine.ports', title: both('端口', 'Ports'), run: checkPorts },
  { checkId: 'machine.demo', title: both('演示', 'Demo'), run: checkHealth },
]

/** All of them, one after another; what one throws is its fault. */
export async function examineMachine() {
  const found = []
  for (const { checkId, title, run } of machineChecks) {
    const { outcome, fact, fix } = await Promise.resolve()
      .then(run)
      .catch((thrown) => fault(both(thrown.message)))
    const about = { checkId, group: both('本机', 'Machine'), title, details: [], where: null }
    found.push({ ...about, outcome, fact, fix: outcome === 'ok' ? null : (fix ?? null) })
  }
  return found
}
