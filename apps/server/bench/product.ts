import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { createServer as createTcp } from 'node:net'
import { fileURLToPath } from 'node:url'

const built = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url))

/** A WeCom that fails every call and counts them: a send must not make any. */
export async function countWecomCalls(): Promise<{ url: string; calls: string[]; stop: () => void }> {
  const calls: string[] = []
  const server = createServer((request, answer) => {
    calls.push(request.url?.split('?')[0] ?? '')
    answer.writeHead(503).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    calls,
    stop: () => server.close(),
  }
}

/** The built server as a process of its own; resolves when it listens. */
export async function startProduct(wecomUrl: string): Promise<{ url: string; origin: string; stop: () => void }> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = {
    ...process.env,
    PORT: String(port),
    PUBLIC_URL: url,
    WECOM_API_URL: wecomUrl,
    WECOM_OAUTH_URL: wecomUrl,
    WECOM_LOGIN_URL: wecomUrl,
  }
  const child = spawn(process.execPath, [built('main.js')], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  await said(child, 'listening')
  return { url, origin: url, stop: () => void child.kill('SIGTERM') }
}

export async function startFloors(databaseUrl: string): Promise<{ url: string; stop: () => void }> {
  const child = spawn(process.execPath, [built('bench/floor-server.js'), databaseUrl], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const line = await said(child, 'listening')
  return { url: `http://127.0.0.1:${/listening (\d+)/.exec(line)?.[1]}`, stop: () => void child.kill('SIGTERM') }
}

function said(child: ReturnType<typeof spawn>, word: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (piece: Buffer) => {
      if (text.length < 100_000) text += piece.toString()
      if (text.includes(word)) resolve(text)
    })
    child.on('exit', (code) => reject(new Error(`ended with ${code} before it said "${word}"`)))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createTcp().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
