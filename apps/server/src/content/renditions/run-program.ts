import { spawn } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'

/** `folder` is its home and where it works; times in ms. */
export type ProgramRun = { program: string; args: string[]; folder: string; wholeMs: number }

/** What one process may take: address space in kB, files in blocks of 512 bytes, seconds of a core. */
const limits = ['4000000', '800000', '300']
const limited = 'ulimit -v "$1"; ulimit -f "$2"; ulimit -t "$3"; shift 3; exec "$@"'

/**
 * Runs a program of the operator's that reads a file of a stranger: without our environment, within limits, in a group
 * of its own that is ended with it. Returns how it went; its output is not read, only its files count.
 */
export async function runProgram(run: ProgramRun): Promise<'ok' | 'failed' | 'too_slow' | 'not_installed'> {
  const child = spawn('/bin/sh', ['-c', limited, 'sh', ...limits, run.program, ...run.args], {
    cwd: run.folder,
    detached: true,
    env: { HOME: run.folder, TMPDIR: run.folder, PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8' },
    stdio: 'ignore',
  })
  const timer = new AbortController()
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  try {
    const code = await Promise.race([
      ended,
      wait(run.wholeMs, 'too_slow' as const, { signal: timer.signal }).catch(() => null),
    ])
    if (code === 'too_slow') return code
    if (code === 127 || code === 126) return 'not_installed' // what a shell says of a program that it does not find
    return code === 0 ? 'ok' : 'failed'
  } finally {
    timer.abort()
    endGroup(child.pid)
    await ended.catch(() => {}) // its folder is removed next
  }
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid) process.kill(-pid, 'SIGKILL')
  } catch {
    // all of it has ended already
  }
}
