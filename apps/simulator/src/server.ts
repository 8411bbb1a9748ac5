import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { extname, join, normalize } from 'node:path'
import Koa from 'koa'
import { answerControl } from './control/door.ts'
import { createPhoneNetwork } from './network/phone.ts'
import { receiverPath, takeWebhook } from './receiver/receiver.ts'
import { authorize, type PageAnswer } from './sign-in/authorize.ts'
import { webLogin } from './sign-in/web-login.ts'
import type { Simulator } from './simulator.ts'
import { isVaultPath, serveVault } from './vault/server.ts'
import { answerApi } from './wecom/api.ts'

const mostBody = 64 * 1024 * 1024

/** Starts stage, WeCom and both phone networks; `close` ends them all. */
export async function listen(simulator: Simulator): Promise<{ close: () => Promise<void> }> {
  const { port, repPort, hcpPort } = simulator.config
  const servers = [
    await open(createServer(createApp(simulator).callback()), port),
    await open(createPhoneNetwork(simulator, 'rep'), repPort),
    await open(createPhoneNetwork(simulator, 'hcp'), hcpPort),
  ]
  return {
    close: async () => {
      await Promise.all(
        servers.map((server) => new Promise((done) => (server.close(done), server.closeAllConnections()))),
      )
    },
  }
}

function open(server: Server, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, () => resolve(server))
  })
}

/** The address space of WeCom's three hosts, of the control API and of the stage. */
export function createApp(simulator: Simulator): Koa {
  const app = new Koa()
  app.use(async (context) => {
    const body = await readBody(context.req)
    const query = new URLSearchParams(context.querystring)
    if (context.path.startsWith('/cgi-bin/')) return answerWeCom(simulator, context, query, body)
    if (context.path === '/connect/oauth2/authorize') return sendPage(context, authorize(simulator, query))
    if (context.path === '/wwlogin/sso/login') return sendPage(context, webLogin(simulator, query))
    if (isVaultPath(context.path)) return answerVeeva(simulator, context, body)
    if (context.path === receiverPath) return takeWebhook(simulator, context, body)
    if (context.path === '/healthz') return void (context.body = 'ok')
    if (await answerControl(simulator, context, body)) return
    sendStage(simulator, context)
  })
  return app
}

async function answerWeCom(
  simulator: Simulator,
  context: Koa.Context,
  query: URLSearchParams,
  body: Buffer,
): Promise<void> {
  const { apiLatencyMs } = simulator.store.switches
  if (apiLatencyMs > 0) await new Promise((resolve) => setTimeout(resolve, apiLatencyMs))
  const { method, path, ip } = context
  const answer = await answerApi(simulator, {
    method,
    path,
    query,
    body,
    contentType: context.get('content-type'),
    ip: ip.replace(/^::ffff:/, ''),
  })
  context.set('date', new Date(simulator.now()).toUTCString())
  if ('binary' in answer) {
    context.type = String(answer['mime'])
    context.set('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(String(answer['name']))}`)
    context.body = answer['binary']
    return
  }
  context.type = 'json'
  context.body = JSON.stringify(answer)
}

async function answerVeeva({ veeva }: Simulator, context: Koa.Context, body: Buffer): Promise<void> {
  context.respond = false // its faults break connections
  await serveVault(veeva, context.req, context.res, body)
}

function sendPage(context: Koa.Context, answer: PageAnswer): void {
  context.set('cache-control', 'no-store')
  if ('redirect' in answer) return context.redirect(answer.redirect)
  context.type = 'html'
  context.body = answer.html
}

/** The built stage; its assets carry hashes, its page is never kept. */
function sendStage(simulator: Simulator, context: Koa.Context): void {
  if (context.method !== 'GET' && context.method !== 'HEAD') return
  const asked = normalize(decodeURIComponent(context.path)).replace(/^\/+/, '')
  const file = join(simulator.config.stageFolder, asked === '' ? 'index.html' : asked)
  if (!file.startsWith(simulator.config.stageFolder) || !existsSync(file) || !statSync(file).isFile()) return
  context.type = extname(file)
  context.set('cache-control', asked.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-store')
  context.body = createReadStream(file)
}

async function readBody(request: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > mostBody) throw new Error('request too big')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
