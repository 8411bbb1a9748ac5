/**
 * What `doctor` looks at on this machine. Each check returns `{ state, fact, fix? }`, state being ok, warn, error or
 * unknown; it never throws on and never prints a secret.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { installHint } from './apt.mjs'
import { apps, isBuilt } from './build.mjs'
import { findChromium } from './chromium.mjs'
import { findEngine } from './database-engine.mjs'
import { answers, ownerUrl, placeOf } from './database.mjs'
import { isInstalled } from './install.mjs'
import { isFree } from './ports.mjs'
import { isHealthy } from './processes.mjs'
import { dataDir, inRoot } from './root.mjs'
import { say } from './say.mjs'

const ok = (fact) => ({ state: 'ok', fact })
const warn = (fact, fix) => ({ state: 'warn', fact, fix })
const error = (fact, fix) => ({ state: 'error', fact, fix })
const unknown = (fact, fix) => ({ state: 'unknown', fact, fix })

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const newEnough = major > 20 || (major === 20 && minor >= 19)
  return newEnough
    ? ok(process.version)
    : error(process.version, say('装 Node 20.19 或更新', 'install Node 20.19 or newer'))
}

function checkPackages() {
  return isInstalled() ? ok(say('与锁文件一致', 'as locked')) : warn(say('还没装全', 'not as locked'), 'npm run demo')
}

function checkDatabaseProgram() {
  if (process.env.DATABASE_URL) return ok('DATABASE_URL')
  const engine = findEngine()
  if (!engine) return error(say('没有', 'none'), installHint('mariadb-server-core'))
  const version = spawnSync(engine.binary, ['--no-defaults', '--version'], { encoding: 'utf8' }).stdout ?? ''
  return ok(`${engine.kind} ${/Ver (\S+)/.exec(version)?.[1] ?? ''}`)
}

function checkChromium() {
  const path = findChromium()
  return path ? ok(path) : warn(say('没有，只有测试要用', 'none, only tests need it'), installHint('chromium'))
}

function checkBuild() {
  const old = apps.filter((app) => !isBuilt(app))
  return old.length === 0
    ? ok(say('最新', 'up to date'))
    : warn(`${say('要重建', 'out of date')}: ${old.join(' ')}`, 'npm run demo')
}

async function checkPorts() {
  if (runningAddresses()) return ok(say('演示在用', 'used by the demo'))
  const taken = []
  for (const port of [4400, 8080, 8090, 8081]) if (!(await isFree(port))) taken.push(port)
  if (taken.length === 0) return ok('4400 8080 8090 8081')
  return warn(`${say('被占用', 'taken')}: ${taken.join(' ')}`, say('演示会改用别的端口', 'the demo takes others'))
}

/** The addresses of the last start of the demo, if it did not end in order or still runs. */
function runningAddresses() {
  const file = join(dataDir, 'running.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

async function checkMigrations() {
  const place = placeOf(join(dataDir, 'db'))
  const url = process.env.DATABASE_URL ?? ((await answers(place.socket)) ? ownerUrl(place) : undefined)
  if (!url) return unknown(say('库没在运行', 'the database is not running'), 'npm run demo')
  const files = readdirSync(inRoot('apps/server/src/db/migrations')).filter((name) =>
    /^\d.*(?<!\.test)\.ts$/.test(name),
  )
  try {
    const connection = await createRequire(inRoot('apps/server/package.json'))('mysql2/promise').createConnection(url)
    const [rows] = await connection.query('select name from kysely_migration').finally(() => connection.end())
    const applied = new Set(rows.map((row) => row.name))
    const missing = files.filter((name) => !applied.has(name.replace(/\.ts$/, '')))
    if (missing.length === 0) return ok(`${applied.size}`)
    return error(`${say('未执行', 'not applied')}: ${missing.length}`, 'npm run demo')
  } catch (fault) {
    return error(String(fault.errno ?? fault.code ?? fault.message), say('检查 DATABASE_URL', 'check DATABASE_URL'))
  }
}

async function checkHealth() {
  const addresses = runningAddresses()
  if (!addresses) return unknown(say('演示没在运行', 'the demo is not running'), 'npm run demo')
  const logs = join(dataDir, 'logs')
  for (const [name, url] of Object.entries({
    stage: addresses.stage,
    live: addresses.health,
    ready: addresses.ready,
  })) {
    if (url && !(await isHealthy(url))) return error(`${name} ${url}`, `${say('看日志', 'read')} ${logs}`)
  }
  return ok(addresses.stage)
}

/** In the order in which a person would look. */
export const doctorChecks = [
  { id: 'node', title: 'Node', run: checkNode },
  { id: 'packages', title: say('依赖', 'packages'), run: checkPackages },
  { id: 'database', title: say('数据库程序', 'database program'), run: checkDatabaseProgram },
  { id: 'chromium', title: say('浏览器', 'browser'), run: checkChromium },
  { id: 'build', title: say('构建', 'build'), run: checkBuild },
  { id: 'ports', title: say('端口', 'ports'), run: checkPorts },
  { id: 'migrations', title: say('数据库结构', 'database structure'), run: checkMigrations },
  { id: 'health', title: say('演示', 'demo'), run: checkHealth },
]
