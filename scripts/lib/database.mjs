/**
 * A private database server with its own data folder, started and stopped by these scripts; no system service is touched.
 * As a program: `node scripts/lib/database.mjs start|stop|status --dir FOLDER [--name DATABASE]`; start prints the owner's url.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { connect } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ensurePackage } from './apt.mjs'
import { createDataFolder, findEngine, serverArguments } from './database-engine.mjs'
import { guard, release } from './guard.mjs'

const socketLimit = 100 // the system allows 107 bytes for the whole path

/** Where one private instance keeps its things. The folder is closed to other users: root has no password inside it. */
export function placeOf(dir) {
  const root = resolve(dir)
  const near = join(root, 'db.sock')
  const far = join(tmpdir(), `vouch-${userInfo().uid}-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`)
  const socketDir = Buffer.byteLength(near) <= socketLimit ? root : far
  const at = (name) => join(root, name)
  const socket = join(socketDir, 'db.sock')
  return {
    root,
    socketDir,
    socket,
    dataDir: at('data'),
    initFile: at('init.sql'),
    pidFile: at('db.pid'),
    log: at('db.log'),
  }
}

/** The url of the account that owns everything in this instance. */
export function ownerUrl(place, name = 'vouch') {
  return `mysql://root@localhost/${name}?socketPath=${place.socket}`
}

/**
 * Starts the instance in `dir`, making it first when there is none, and recovers from a crash of the last one.
 * `outlive: true` leaves it running after this process, `cache` is the memory for its pages. Returns `{ url, stop }`.
 * Throws with what to do about it.
 */
export async function startDatabase({ dir, name = 'vouch', outlive = false, cache = '128M' }) {
  const place = placeOf(dir)
  for (const folder of [place.root, place.socketDir]) makePrivate(folder)
  const running = { url: ownerUrl(place, name), stop: () => stopDatabase(dir) }
  if (await answers(place.socket)) return running
  await endLeftover(place)

  const engine = await loadEngine()
  const logFd = openSync(place.log, 'a')
  try {
    writeFileSync(
      place.initFile,
      `create database if not exists \`${name}\` character set utf8mb4 collate utf8mb4_bin;\n`,
    )
    if (!existsSync(place.dataDir)) await createDataFolder(engine, place.dataDir, logFd)
    const child = spawn(engine.binary, serverArguments(engine, place, cache), {
      detached: true,
      stdio: ['ignore', logFd, logFd],
    })
    child.on('exit', () => outlive || release(child.pid))
    if (child.pid && !outlive) guard(child.pid)
    child.unref()
    await untilReady(place, child)
  } catch (error) {
    throw new Error(`${error.message}\n${tail(place.log)}\n-> ${place.log}`, { cause: error })
  } finally {
    closeSync(logFd)
  }
  return running
}

/** Root has no password in there: a folder that others own or can enter is refused. */
function makePrivate(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { uid, mode } = statSync(folder)
  if (uid !== userInfo().uid) throw new Error(`${folder} belongs to another user`)
  if (mode & 0o077) chmodSync(folder, 0o700)
}

/** The server program, installed first when there is none. Throws with the command to type. */
export async function loadEngine() {
  const found = findEngine()
  if (found) return found
  await ensurePackage('mariadb-server-core', () => findEngine() !== undefined)
  return findEngine()
}

/** Stops the instance in `dir` by the pid in its own file; nothing happens when it is not running. */
export async function stopDatabase(dir) {
  const place = placeOf(dir)
  await endLeftover(place)
  if (place.socketDir !== place.root) rmSync(place.socketDir, { recursive: true, force: true })
}

async function endLeftover(place) {
  const pid = livePid(place)
  if (pid) {
    process.kill(pid, 'SIGTERM')
    if (!(await until(() => !livePid(place), 30_000))) process.kill(pid, 'SIGKILL')
    await until(() => !livePid(place), 5_000)
  }
  for (const path of [place.pidFile, place.socket]) rmSync(path, { force: true })
}

/** The pid in the file, when that process still exists and really is the server of this folder. */
function livePid(place) {
  if (!existsSync(place.pidFile)) return undefined
  const pid = Number.parseInt(readFileSync(place.pidFile, 'utf8'), 10)
  if (!pid) return undefined
  try {
    process.kill(pid, 0)
    const commandLine = `/proc/${pid}/cmdline`
    if (!existsSync('/proc/self/cmdline')) return pid
    return readFileSync(commandLine, 'utf8').includes(place.pidFile) ? pid : undefined
  } catch {
    return undefined
  }
}

/** True when a server greets on the socket: it does so only once it is ready. */
export function answers(socket) {
  return new Promise((resolve) => {
    const connection = connect(socket)
    const done = (greeted) => {
      connection.destroy()
      resolve(greeted)
    }
    connection.setTimeout(2_000, () => done(false))
    connection.once('error', () => done(false))
    connection.once('close', () => done(false))
    connection.once('data', (greeting) => done(greeting[4] !== 0xff))
  })
}

async function untilReady(place, child) {
  let ended
  child.on('error', (error) => (ended = error.message))
  child.on('exit', (code, signal) => (ended = `database ended at start (${signal ?? `code ${code}`})`))
  await until(async () => ended !== undefined || (await answers(place.socket)), 60_000)
  if (ended !== undefined) throw new Error(ended)
  if (!(await answers(place.socket))) throw new Error('database not ready after 60 s')
}

async function until(test, milliseconds) {
  const deadline = Date.now() + milliseconds
  while (!(await test())) {
    if (Date.now() > deadline) return false
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  return true
}

function tail(path) {
  return readFileSync(path, 'utf8').trim().split('\n').slice(-8).join('\n')
}

async function main() {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { dir: { type: 'string', default: '.data/db' }, name: { type: 'string', default: 'vouch' } },
  })
  const { dir, name } = values
  const commands = {
    start: async () => (await startDatabase({ dir, name, outlive: true })).url,
    stop: () => stopDatabase(dir),
    status: async () => ((await answers(placeOf(dir).socket)) ? 'running' : 'stopped'),
  }
  const run = commands[positionals[0]]
  if (!run) throw new Error('usage: node scripts/lib/database.mjs start|stop|status --dir FOLDER [--name DATABASE]')
  const answer = await run()
  if (answer) console.log(answer)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main().catch((error) => {
    console.error(error.message)
    process.exitCode = 1
  })
}
