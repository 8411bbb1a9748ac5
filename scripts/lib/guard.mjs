/**
 * Ends what a script started when the script itself can no longer do so, even after SIGKILL.
 * As a module: `guard(pid)` and `release(pid)`. As a program: reads `+pid` and `-pid` lines until its input closes,
 * which happens the moment the script is gone, and then ends every process group still on the list.
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const self = fileURLToPath(import.meta.url)
let watcher

function tell(line) {
  if (!watcher) {
    watcher = spawn(process.execPath, [self], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
    watcher.on('error', () => {})
    watcher.stdin.on('error', () => {})
    watcher.unref()
    watcher.stdin.unref()
  }
  watcher.stdin.write(`${line}\n`)
}

/** From now on the process group led by `pid` does not outlive this script. */
export function guard(pid) {
  tell(`+${pid}`)
}

/** The process has ended by itself: its number may soon belong to somebody else. */
export function release(pid) {
  tell(`-${pid}`)
}

/** Sends a signal to the group, or to the process alone where it leads none. False when neither exists any more. */
export function signalGroup(pid, signal) {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, signal)
      return true
    } catch {
      // try the next
    }
  }
  return false
}

async function watch() {
  const pids = new Set()
  let rest = ''
  process.stdin.setEncoding('utf8')
  for await (const chunk of process.stdin) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) pids[line.startsWith('+') ? 'add' : 'delete'](Number(line.slice(1)))
  }
  for (const pid of pids) signalGroup(pid, 'SIGTERM')
  for (let waited = 0; waited < 50 && [...pids].some((pid) => signalGroup(pid, 0)); waited++) {
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  for (const pid of pids) signalGroup(pid, 'SIGKILL')
}

if (process.argv[1] === self) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})
  await watch()
}
