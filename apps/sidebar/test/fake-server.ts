import { readFileSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { extname, join, normalize } from 'node:path'
import type { Endpoint, Input, Output } from '@vouch/contract'
import { matchingEndpoints, noticeEndpoints, repEndpoints } from '@vouch/contract'

const { loadRepChoices, chooseRepNotice } = noticeEndpoints
const endpoints = { ...repEndpoints, ...matchingEndpoints, loadRepChoices, chooseRepNotice }
type Endpoints = typeof endpoints
type Name = keyof Endpoints

/** What an endpoint answers in a test; throwing a string answers with that error code and its status. */
export type Answers = { [N in Name]?: ((input: Input<Endpoints[N]>) => Output<Endpoints[N]>) | undefined }

export type FakeServer = {
  url: string
  answers: Answers
  /** Every call so far, in order. */
  calls: { name: Name; input: unknown }[]
  /** Milliseconds before each answer. */
  delayMs: number
  /** Parts of files that arrived. */
  parts: Buffer[]
  close: () => Promise<void>
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
}
const statuses: Record<string, number> = {
  not_signed_in: 401,
  step_up_needed: 401,
  not_found: 404,
  internal: 500,
  busy: 503,
  account_taken: 409,
  already_matched: 409,
}
const white = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="800"><rect width="100%" height="100%" fill="#fff"/><path d="M60 80h480M60 140h400M60 200h460M60 260h300M60 420h480M60 480h440" stroke="#bcd" stroke-width="24"/></svg>',
)

/** Serves the built sidebar with the policy the server gives it, and plays the endpoints of the contract. */
export async function startFakeServer(dist: string, answers: Answers): Promise<FakeServer> {
  const byPath = new Map<string, [Name, Endpoint]>()
  for (const [name, endpoint] of Object.entries(endpoints)) byPath.set(endpoint.path, [name as Name, endpoint])
  const fake: FakeServer = { url: '', answers, calls: [], delayMs: 0, parts: [], close: async () => {} }
  const hashes = (JSON.parse(readFileSync(join(dist, 'csp.json'), 'utf8')) as string[])
    .map((hash) => `'${hash}'`)
    .join(' ')
  const policy = `default-src 'none'; script-src 'self' ${hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'`

  const server: Server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname
    const known = byPath.get(path)
    if (known) return void answer(known, request, response)
    if (/^\/api\/rep\/uploads\/[^/]+\/parts\/\d+$/.test(path)) return void takePart(request, response)
    if (path.startsWith('/card/') || path.startsWith('/pages/')) {
      return void response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(white)
    }
    if (!path.startsWith('/sidebar/')) return void response.writeHead(404).end()
    const file = normalize(path.slice('/sidebar/'.length)) || 'index.html'
    try {
      const body = readFileSync(join(dist, file === '.' ? 'index.html' : file))
      const type = types[extname(file)] ?? 'text/html; charset=utf-8'
      const headers = { 'content-type': type, 'content-encoding': 'gzip', 'content-security-policy': policy }
      response.writeHead(200, headers).end(gzipSync(body))
    } catch {
      response.writeHead(404).end()
    }
  })

  async function takePart(request: AsyncIterable<Buffer>, response: ServerResponse): Promise<void> {
    fake.parts.push(await bytesOf(request))
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  }

  async function answer(
    [name, endpoint]: [Name, Endpoint],
    request: AsyncIterable<Buffer>,
    response: ServerResponse,
  ): Promise<void> {
    const text = (await bytesOf(request)).toString()
    const input: unknown = endpoint.input.parse(text ? JSON.parse(text) : {})
    fake.calls.push({ name, input })
    if (fake.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, fake.delayMs))
    const [status, body] = decide(name, input)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }

  function decide(name: Name, input: unknown): [number, unknown] {
    try {
      const play = fake.answers[name] as ((input: unknown) => unknown) | undefined // the map pairs names and inputs
      if (!play) throw 'not_found'
      return [200, play(input)]
    } catch (code) {
      if (typeof code !== 'string') throw code
      return [statuses[code] ?? 500, { error: code, requestId: 'req-1' }]
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  fake.close = () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve())))
  return fake
}

async function bytesOf(request: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}
