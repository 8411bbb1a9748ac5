import { createServer, request as ask, Agent, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import bridgeScript from '../client/bridge.js?raw'
import type { Simulator } from '../simulator.ts'
import { faultStruck, networkOf, slow, throttle, type Phone } from './conditions.ts'
import { framedHeaders, injectBridge } from './inject.ts'
import { tellExchange } from './tell.ts'
import { currentProfile, upstreamHeaders, whoAsks, type Asked } from './request.ts'
import { downstreamHeaders } from './response.ts'

const agent = new Agent({ keepAlive: true })

/** The mobile network of one phone: a streaming proxy before the product's server, with the faults of the network switch. */
export function createPhoneNetwork(simulator: Simulator, phone: Phone): Server {
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/__phone/bridge.js')) return sendBridge(simulator, phone, response)
    void forward(simulator, phone, request, response)
  })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => upgrade(simulator, phone, request, socket))
  return server
}

/** The bridge script, with the client of this moment written into it. */
export function bridgeSource(simulator: Simulator, phone: Phone): string {
  const { session, switches } = simulator.store
  const settings = {
    phone,
    stage: new URL(simulator.config.simulatorUrl).origin,
    ...currentProfile(simulator, phone),
    language: session.language,
    online: networkOf(simulator, phone) !== 'offline',
    lateMs: phone === 'rep' && switches.lateBridge ? 400 : 0,
  }
  return bridgeScript.replace('__SETTINGS__', () => JSON.stringify(settings))
}

function sendBridge(simulator: Simulator, phone: Phone, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store' })
  response.end(bridgeSource(simulator, phone))
}

async function forward(
  simulator: Simulator,
  phone: Phone,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const network = networkOf(simulator, phone)
  const asked = whoAsks(simulator, phone, request)
  const writes = !['GET', 'HEAD'].includes(request.method ?? 'GET')
  // A tab of an ordinary browser is not on the phone's network.
  const affected = asked.carrier !== 'tab'
  const struck = affected && (request.url ?? '').includes(simulator.store.switches.strikePath)
  if (affected && network === 'offline') return void request.socket.destroy()
  if (struck && network === 'error-once' && !asked.navigation) {
    faultStruck(simulator, phone)
    response.writeHead(500, { 'content-type': 'text/plain' }).end('Internal Server Error')
    return simulator.feed.tell('http', `${request.method} ${request.url} -> 500 (switch)`, false)
  }
  if (affected && network === 'slow') await new Promise((resolve) => setTimeout(resolve, slow.latencyMs))
  const startedAt = Date.now()
  const upstream = openUpstream(simulator, asked, request)
  upstream.on('error', () => {
    if (!response.headersSent) response.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' })
    response.end('The server does not answer.')
  })
  response.on('close', () => upstream.destroy())
  upstream.on('response', (answer) => {
    tellExchange(simulator, asked, request, answer, startedAt)
    if (struck && network === 'drop-once' && writes) return drop(simulator, phone, answer, response)
    passBack(simulator, asked, request, answer, response, affected && network === 'slow')
  })
  request.pipe(upstream)
}

function openUpstream(simulator: Simulator, asked: Asked, request: IncomingMessage): ReturnType<typeof ask> {
  const { serverUrl, sidebarDevUrl } = simulator.config
  const path = request.url ?? '/'
  const development = sidebarDevUrl && asked.phone === 'rep' && path.startsWith('/sidebar/')
  const target = new URL(development ? sidebarDevUrl : serverUrl)
  return ask({
    agent,
    host: target.hostname,
    port: target.port || 80,
    method: request.method,
    path,
    headers: upstreamHeaders(simulator, asked, request.headers),
  })
}

/**
 * The server has done its work and answered; the phone hears that something begins, and no more. On a line that ends
 * without a word browsers ask again by themselves, and nobody would see the fault.
 */
function drop(simulator: Simulator, phone: Phone, answer: IncomingMessage, response: ServerResponse): void {
  faultStruck(simulator, phone)
  answer.resume()
  answer.on('end', () => {
    response.writeHead(answer.statusCode ?? 502, { 'content-length': 1 })
    response.flushHeaders()
    response.socket?.end()
  })
}

function passBack(
  simulator: Simulator,
  asked: Asked,
  request: IncomingMessage,
  answer: IncomingMessage,
  response: ServerResponse,
  slowly: boolean,
): void {
  const userAgent = request.headers['user-agent'] ?? ''
  const plainBrowser = request.headers['sec-fetch-dest'] === 'document' && !/wxwork|micromessenger/i.test(userAgent)
  const headers = downstreamHeaders(simulator, asked, answer.headers, plainBrowser)
  const status = answer.statusCode ?? 502
  const page = asked.framed && /^text\/html/i.test(String(answer.headers['content-type'] ?? ''))
  if (page) return void passPage(headers, status, answer, response)
  response.writeHead(status, headers)
  if (slowly) return void answer.pipe(throttle(slow.bytesPerSecond)).pipe(response)
  answer.pipe(response)
}

async function passPage(
  headers: IncomingMessage['headers'],
  status: number,
  answer: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk as Buffer)
  const { headers: framed, nonce } = framedHeaders(headers)
  const html = injectBridge(unpack(Buffer.concat(chunks), framed['content-encoding']).toString('utf8'), nonce)
  delete framed['content-encoding']
  delete framed['etag']
  framed['content-length'] = String(Buffer.byteLength(html))
  response.writeHead(status, framed)
  response.end(html)
}

function unpack(bytes: Buffer, encoding: string | undefined): Buffer {
  if (encoding === 'gzip') return gunzipSync(bytes)
  if (encoding === 'br') return brotliDecompressSync(bytes)
  if (encoding === 'deflate') return inflateSync(bytes)
  return bytes
}

/** WebSockets go through untouched, for a development server's hot reload. */
function upgrade(simulator: Simulator, phone: Phone, request: IncomingMessage, socket: Duplex): void {
  const { sidebarDevUrl, serverUrl } = simulator.config
  const target = new URL(phone === 'rep' && sidebarDevUrl ? sidebarDevUrl : serverUrl)
  const upstream = connect(Number(target.port || 80), target.hostname, () => {
    const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${String(value)}`)
    upstream.write(`${request.method} ${request.url} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`)
    upstream.pipe(socket)
    socket.pipe(upstream)
  })
  upstream.on('error', () => socket.destroy())
  socket.on('error', () => upstream.destroy())
}
