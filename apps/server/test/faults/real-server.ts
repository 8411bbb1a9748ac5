import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { TestServer } from '../test-server.ts'

const folder = fileURLToPath(new URL('../..', import.meta.url))
const built = `node_modules/.cache/faults-${randomUUID()}`

/** Builds the server as it is delivered, beside its packages and out of everybody's way. Returns the program. */
export function buildServer(): string {
  const vite = fileURLToPath(new URL('../../node_modules/vite/bin/vite.js', import.meta.url))
  const { status, stderr } = spawnSync(process.execPath, [vite, 'build', '--outDir', built], { cwd: folder })
  if (status !== 0) throw new Error(`the server does not build: ${String(stderr)}`)
  return `${folder}${built}/main.js`
}
export const builtFolder = `${folder}${built}`

export type RealServer = Awaited<ReturnType<typeof startRealServer>>

/** The delivered server as a process of its own, with the settings of `like` but for what is changed. */
export async function startRealServer(program: string, like: TestServer, changed: Record<string, string> = {}) {
  const port = await freePort()
  const { demo: _, ...settings } = like.deps.config
  const given = { ...settings, PORT: port, WECOM_API_URL: 'http://127.0.0.1:9', ...changed }
  const env = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]))
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const lines: string[] = []
  const ended = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | string)
  const listening = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line)
      if (line.includes('"listening"')) resolve()
    })
  })
  await Promise.race([listening, ended.then((how) => Promise.reject(new Error(`the server ended: ${how}`)))])
  return { url: `http://127.0.0.1:${port}`, port, pid: child.pid ?? 0, lines, ended, ...signals(child) }
}

function signals(child: ChildProcess) {
  return { kill: () => child.kill('SIGKILL'), terminate: () => child.kill('SIGTERM') }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
