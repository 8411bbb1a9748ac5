import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import type { Show } from '../src/api.ts'
import { buildSends, me } from './samples.ts'

/** How the stub answers now; tests change it. `late` holds the list back. */
export type Mood = { signedIn: boolean; list: 'ok' | 'broken' | 'none'; me: 'ok' | 'stranger'; lateMs: number }

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'"
const pageSize = 20

/** Serves the built page under the policy it gets from the server, and an API of sixty sends. */
export async function serveStub(folder: string) {
  const mood: Mood = { signedIn: true, list: 'ok', me: 'ok', lateMs: 0 }
  const server = createServer((asked, answer) => void route(folder, mood, asked, answer).catch(() => answer.destroy()))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo // listening on a port, not on a pipe
  return { url: `http://127.0.0.1:${port}`, mood, close: () => server.close() }
}

async function route(folder: string, mood: Mood, asked: IncomingMessage, answer: ServerResponse): Promise<void> {
  const { pathname } = new URL(asked.url ?? '/', 'http://stub')
  if (pathname === '/api/console/sign-in') return void answer.end(`<!doctype html><title>WeCom</title>${asked.url}`)
  if (pathname.startsWith('/api/')) return api(pathname, mood, asked, answer)
  const path = pathname.startsWith('/console/assets/') ? pathname.slice('/console/'.length) : 'index.html'
  answer.setHeader('Content-Security-Policy', policy)
  answer.setHeader('Content-Type', types[extname(path)] ?? 'application/octet-stream')
  answer.end(await readFile(join(folder, path)))
}

async function api(path: string, mood: Mood, asked: IncomingMessage, answer: ServerResponse): Promise<void> {
  const say = (status: number, body: object): void => {
    answer.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
  }
  if (path === '/api/console/sign-out') mood.signedIn = false
  if (path === '/api/console/sign-out') return say(200, { done: true })
  if (!mood.signedIn) return say(401, { error: 'not_signed_in', requestId: 'req-401' })
  if (mood.me === 'stranger') return say(403, { error: 'not_staff', requestId: 'req-403' })
  if (path === '/api/console/me') return say(200, me)
  await new Promise((wait) => setTimeout(wait, mood.lateMs))
  if (mood.list === 'broken') return say(500, { error: 'internal', requestId: 'req-500' })
  say(200, list(mood, JSON.parse(await bodyOf(asked)) as Asked)) // what the page under test wrote
}

type Asked = { show: Show; query: string; cursor: string | null }

function list(mood: Mood, { show, query, cursor }: Asked) {
  const all = mood.list === 'none' ? [] : buildSends(60)
  const fitting = all.filter(
    (send) =>
      (send.contact.includes(query) || send.title.includes(query)) &&
      (show === 'all' ||
        (show === 'refused' && send.outcome === 'refused') ||
        (show === 'sent' && send.verdict.startsWith('SENT_')) ||
        (show === 'unknown' && (send.verdict.startsWith('UNKNOWN') || send.verdict === 'OPEN'))),
  )
  const from = Number(cursor ?? 0)
  const rest = fitting.length > from + pageSize
  return { sends: fitting.slice(from, from + pageSize), next: rest ? String(from + pageSize) : null }
}

async function bodyOf(asked: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of asked) text += String(chunk)
  return text
}
