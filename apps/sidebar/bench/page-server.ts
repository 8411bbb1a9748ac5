import { readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { extname, join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { repEndpoints, type Endpoint } from '@vouch/contract'
import { answers } from './stub-answers.ts'

/** A process of its own: every page measured and the endpoints of the contract, answered at once. */
type File = { type: string; body: Buffer; cache: string }

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
}
const zip = (body: Buffer | string): Buffer => gzipSync(body, { level: 6 })

/** Every file of a built page, compressed beforehand; a page is asked for anew, the rest may be kept for ever. */
function readPage(path: string, folder: string): [string, File][] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
  return files
    .filter((file) => statSync(file).isFile())
    .map((file) => {
      const name = relative(folder, file).replaceAll('\\', '/')
      const html = name === 'index.html'
      const cache = html ? 'no-store' : 'public, max-age=31536000, immutable'
      return [
        `${path}${html ? '' : name}`,
        { type: types[extname(file)] ?? 'text/plain', body: zip(readFileSync(file)), cache },
      ]
    })
}

async function answer(
  endpoint: Endpoint,
  play: Play,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer) // a request without an encoding gives bytes
  const text = Buffer.concat(chunks).toString()
  const body = JSON.stringify(play(endpoint.input.parse(text ? JSON.parse(text) : {})))
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-encoding': 'gzip',
    'cache-control': 'no-store',
  })
  response.end(zip(body))
}

type Play = (input: unknown) => unknown
const [floor = '', bareVue = '', sidebar = ''] = process.argv.slice(2)
const plays = new Map<string, [Endpoint, Play]>()
for (const [name, endpoint] of Object.entries(repEndpoints)) {
  const play = answers[name as keyof typeof repEndpoints] as Play | undefined // the map pairs names and inputs
  if (play) plays.set(endpoint.path, [endpoint, play])
}
const files = new Map<string, File>([
  ['/floor/', { type: 'text/html; charset=utf-8', body: zip(readFileSync(floor)), cache: 'no-store' }],
  ...readPage('/bare-vue/', bareVue),
  ...readPage('/sidebar/', sidebar),
])

/** The sidebar runs under the policy the server gives it. */
const hashes = JSON.parse(readFileSync(join(sidebar, 'csp.json'), 'utf8')) as string[] // written by build/lean-page.ts
const scripts = ["'self'", ...hashes.map((hash) => `'${hash}'`)].join(' ')
const policy = `default-src 'none'; script-src ${scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'`

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost')
  const played = plays.get(pathname)
  if (played) return void answer(...played, request, response)
  const file = files.get(pathname)
  if (!file) return void response.writeHead(404).end()
  const headers = { 'content-type': file.type, 'content-encoding': 'gzip', 'cache-control': file.cache }
  if (pathname.startsWith('/sidebar/')) response.setHeader('content-security-policy', policy)
  response.writeHead(200, { ...headers, 'content-length': file.body.length }).end(file.body)
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(`listening ${typeof address === 'object' && address ? address.port : 0}`)
})
