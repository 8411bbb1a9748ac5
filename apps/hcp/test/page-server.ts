import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build, type Rolldown } from 'vite'
import type { HcpPage } from '../src/hcp-page.ts'
import { renderPage, styleSource } from '../src/render.ts'

const folder = fileURLToPath(new URL('..', import.meta.url))

/** The browser script as the build makes it, not written anywhere. */
export async function buildScript(): Promise<string> {
  const built = (await build({
    root: folder,
    configFile: `${folder}/vite.config.ts`,
    logLevel: 'silent',
    build: { write: false },
  })) as Rolldown.RolldownOutput // one input, no watching
  return built.output[0].code
}

/** A drawn page of a paper, in place of a picture: same size, some ink. */
function paper(number: number): string {
  const lines = Array.from({ length: 26 }, (_, row) => {
    const width = [820, 860, 780, 840, 600][row % 5]
    return `<rect x="110" y="${420 + row * 38}" width="${width}" height="12" rx="3" fill="#c9ced6"/>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1080" height="1527"><rect width="1080" height="1527" fill="#fff"/>
<rect x="110" y="110" width="70" height="8" fill="#07803f"/><text x="110" y="190" font-size="46" font-weight="600" fill="#1a1a1a"
font-family="Noto Sans CJK SC">${number}. 疗效与安全性（示例）</text><path d="M110 380V250l180 40 180-25 180 60 180-20 130 30v45z" fill="#e8f7ee"/>${lines.join('')}</svg>`
}

const subtitles = 'WEBVTT\n\n00:00:00.000 --> 00:00:05.000\n各位好\n'

export type Posted = { path: string; body: string; type: string }

/**
 * Serves one page the way the server does: same policy, pictures after `delayMs`, and every POST remembered. The page
 * can be changed between visits.
 */
export async function servePage(script: string, first: HcpPage, delayMs = 120) {
  const shown = { page: first, refused: { posts: 0, pictures: false } }
  const posted: Posted[] = []
  const policy = `default-src 'none'; script-src 'self'; style-src ${styleSource}; img-src 'self' data:; connect-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'`
  const server = createServer(async (request, response) => {
    const url = request.url ?? ''
    if (request.method === 'POST') {
      let body = ''
      for await (const chunk of request) body += String(chunk)
      posted.push({ path: url, body, type: request.headers['content-type'] ?? '' })
      return response.writeHead(shown.refused.posts || 204).end()
    }
    if (url.endsWith('.js')) return response.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
    if (url.endsWith('.vtt')) return response.writeHead(200, { 'content-type': 'text/vtt' }).end(subtitles)
    const image = /\/pages\/(\d+)\//.exec(url)
    if (image) {
      await new Promise((resolve) => setTimeout(resolve, delayMs))
      if (shown.refused.pictures) return response.writeHead(503).end()
      return response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(paper(Number(image[1])))
    }
    if (!url.startsWith('/l/')) return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy })
    response.end(await renderPage(shown.page))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const stop = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url, shown, posted, stop }
}
