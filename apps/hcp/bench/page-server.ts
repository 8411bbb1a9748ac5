import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { brotliCompressSync, constants } from 'node:zlib'
import { renderPage, styleSource, type Look } from '../src/render.ts'
import { buildPage, buildReading } from '../test/sample-pages.ts'

/** A process of its own: the reading page as the server draws it, its pictures, and the floor; every POST is taken. */
const [folder = '', scriptPath = '', floorPath = ''] = process.argv.slice(2)

/** As hard as the server compresses (apps/server/src/http/app.ts). */
const pack = (body: string | Buffer): Buffer =>
  brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })

const html = 'text/html; charset=utf-8'
const script = pack(readFileSync(scriptPath))
const floor = pack(readFileSync(floorPath))
const pictures = new Map([480, 720, 1080].map((width) => [width, readFileSync(`${folder}/${width}.webp`)]))
const placeholder = `data:image/webp;base64,${readFileSync(`${folder}/24.webp`).toString('base64')}`
const policy = `default-src 'none'; script-src 'self'; style-src ${styleSource}; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'`

async function reading(look: Look): Promise<Buffer> {
  const pages = buildReading().pages.map((page) => ({ ...page, placeholder, text: page.text.repeat(12) }))
  return pack(await renderPage(buildPage(buildReading({ pages }), { look, script: '/reader.js' })))
}

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost')
  const answer = (type: string, body: Buffer, encoding?: string) =>
    response
      .writeHead(200, {
        'content-type': type,
        ...(encoding && { 'content-encoding': encoding }),
        'cache-control': 'no-store',
      })
      .end(body)
  if (request.method === 'POST') return response.writeHead(204).end()
  if (pathname === '/floor/') return answer(html, floor, 'br')
  if (pathname === '/reader.js') return answer('text/javascript', script, 'br')
  const picture = pictures.get(Number(/(\d+)\.webp$/.exec(pathname)?.[1]))
  if (picture) return answer('image/webp', picture)
  if (pathname !== '/l/token' && pathname !== '/l/saver') return response.writeHead(404).end()
  const saver = pathname === '/l/saver'
  response.setHeader('content-security-policy', policy)
  // Drawn anew each time, as the server does: its work counts.
  return answer(html, await reading({ size: 'normal', saver, chosen: saver }), 'br')
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(`listening ${typeof address === 'object' && address ? address.port : 0}`)
})
