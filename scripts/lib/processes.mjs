/**
 * The processes of a running demo: each writes its own log, none outlives the script.
 * Ctrl-C, SIGTERM, SIGHUP and a crash end them in reverse order of their start; guard.mjs covers SIGKILL.
 */
import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { guard, release, signalGroup } from './guard.mjs'
import { isFree } from './ports.mjs'
import { dataDir, root } from './root.mjs'

const graceMilliseconds = 10_000
const endings = []
let ending

/** Registers what has to be done before the script ends; last registered, first done. */
export function atEnd(task) {
  endings.push(task)
}

/** Ends everything that was started. Safe to call more than once; a failing task does not stop the others. */
export function endAll() {
  ending ??= (async () => {
    for (const task of endings.reverse()) {
      try {
        await task()
      } catch (error) {
        console.error(String(error))
      }
    }
  })()
  return ending
}

/** Whether the script is on its way out: a process ending now is no surprise. */
export const isEnding = () => ending !== undefined

/** Ends everything on Ctrl-C and the like, then the script. A second Ctrl-C does not wait: guard.mjs does the rest. */
export function endOnSignals(onSignal = () => {}) {
  let since
  for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
    process.on(signal, () => {
      // one Ctrl-C may arrive twice: from the terminal, and passed on by npm
      if (since && Date.now() - since > 1_000) process.exit(code)
      if (since) return
      since = Date.now()
      onSignal()
      void endAll().then(() => process.exit(signal === 'SIGINT' ? 0 : code))
    })
  }
  process.on('uncaughtException', (error) => {
    console.error(error)
    void endAll().then(() => process.exit(1))
  })
}

/** The environment of a child: ours without the product's settings, so that a stray variable changes nothing. */
export function cleanEnvironment(settings) {
  const ours =
    /^(COMPANY_|WECOM_|VAULT_|FILES_|SECRET_|PUBLIC_|DATABASE_|APP_DATABASE_|SIMULATOR_|REP_PORT|HCP_|SERVER_URL|CALLBACK_URL|PORT$)/
  const kept = Object.entries(process.env).filter(([name]) => !ours.test(name))
  return { ...Object.fromEntries(kept), ...settings }
}

/**
 * Starts a process in its own group; its output goes to `<logs>/<name>.log`.
 * Returns `{ name, pid, log, ended, stop }`; `ended` resolves to how it ended. `onLine` sees each line.
 * @param {{ name: string, args: string[], env?: object, cwd?: string, logs?: string, onLine?: (line: string) => void }} what
 */
export function startProcess({ name, args, env = {}, cwd = root, logs = join(dataDir, 'logs'), onLine }) {
  mkdirSync(logs, { recursive: true })
  const log = join(logs, `${name}.log`)
  const output = createWriteStream(log)
  const options = { cwd, env: cleanEnvironment(env), detached: true, stdio: ['ignore', 'pipe', 'pipe'] }
  const child = spawn(process.execPath, args, options)
  if (child.pid) guard(child.pid)
  for (const stream of [child.stdout, child.stderr]) {
    stream.pipe(output, { end: false })
    if (onLine) eachLine(stream, onLine)
  }
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`))
  })
  void ended.then(() => child.pid && release(child.pid))
  const stop = () => stopGroup(child.pid, ended)
  atEnd(stop)
  return { name, pid: child.pid, log, ended, stop }
}

function eachLine(stream, onLine) {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line)
  })
}

async function stopGroup(pid, ended) {
  if (!pid) return
  signalGroup(pid, 'SIGTERM')
  const late = setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMilliseconds)
  await ended
  clearTimeout(late)
  signalGroup(pid, 'SIGKILL') // children of the child, if any stayed
}

/** Runs a process to its end. Returns its last line of output; throws with the end of its log when it fails. */
export async function runToEnd(started) {
  const how = await started.ended
  if (how !== 'code 0') throw new Error(`${started.name}: ${how}\n${tail(started.log)}\n-> ${started.log}`)
  return tail(started.log, 1)
}

/** Waits until the address answers with a 2xx. Throws when the process ends before, or after the time given. */
export async function untilHealthy(started, url, milliseconds = 60_000) {
  const deadline = Date.now() + milliseconds
  let how
  void started.ended.then((result) => (how = result))
  while (!(await isHealthy(url))) {
    const reason = how ?? (Date.now() > deadline ? `${url} does not answer` : undefined)
    if (reason) throw new Error(`${started.name}: ${reason}\n${tail(started.log)}\n-> ${started.log}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Waits until somebody listens on the port. Throws when the process ends before, or after half a minute. */
export async function untilListening(started, port) {
  const deadline = Date.now() + 30_000
  let how
  void started.ended.then((result) => (how = result))
  while (await isFree(port)) {
    const reason = how ?? (Date.now() > deadline ? `port ${port} stays silent` : undefined)
    if (reason) throw new Error(`${started.name}: ${reason}\n${tail(started.log)}\n-> ${started.log}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** True when the address answers with a 2xx within two seconds. */
export async function isHealthy(url) {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000), redirect: 'manual' })
    await answer.body?.cancel()
    return answer.ok
  } catch {
    return false
  }
}

/** The last lines of a log. */
export function tail(log, lines = 15) {
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-lines).join('\n')
}
