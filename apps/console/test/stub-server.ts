import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import type { Show } from '../src/api.ts'
import type { ContentDetail, VersionDiff } from '../src/api.ts'
import { buildDetail, buildDiff, buildRows, choices, effect } from './content-samples.ts'
import { noticeAnswer } from './home-stub.ts'
import { importAnswers, startImports, type ImportMood } from './import-stub.ts'
import { readerAnswers, startReaders, type ReaderMood } from './reader-stub.ts'
import { reportAnswers, startReports, type ReportMood } from './report-stub.ts'
import { buildSends, buildWhole, me, sendChoice, sendFilters } from './samples.ts'
import { startVaultMood, vaultAnswer, type VaultMood } from './vault-stub.ts'

/** How the stub answers now; tests change it. `late` holds the list back. */
export type Mood = {
  signedIn: boolean
  list: 'ok' | 'broken' | 'none'
  me: 'ok' | 'stranger'
  lateMs: number
  /** What the page of one piece shows. */
  detail: ContentDetail
  /** What two versions differ in. */
  diff: VersionDiff
  /** Somebody saves this just before the next saving arrives. */
  overtakenBy: ContentDetail | null
  vault: VaultMood
  /** Roles of whoever works here. */
  roles: string[]
  /** What was asked, newest last. */
  asked: { path: string; body: Record<string, unknown> }[]
  /** Parts of the upload that arrived. */
  parts: number[]
  imports: ImportMood
  readers: ReaderMood
  reports: ReportMood
  /** What waits for whoever works here. */
  home: object
}

export const startMood = (): Mood => ({
  ...{ signedIn: true, list: 'ok', me: 'ok', lateMs: 0, detail: buildDetail(), diff: buildDiff(), overtakenBy: null },
  ...{
    asked: [],
    parts: [],
    imports: startImports(),
    readers: startReaders(),
    reports: startReports(),
    vault: startVaultMood(),
    roles: me.roles,
    home: { now: new Date(), parts: [], numbers: null, numbersFailed: false },
  },
})

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; base-uri 'none'"
const pageSize = 20

/** Serves the built page under the policy it gets from the server, and an API of sixty sends. */
export async function serveStub(folder: string) {
  const mood = startMood()
  const server = createServer((asked, answer) => void route(folder, mood, asked, answer).catch(() => answer.destroy()))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo // listening on a port, not on a pipe
  return { url: `http://127.0.0.1:${port}`, mood, close: () => server.close() }
}

async function route(folder: string, mood: Mood, asked: IncomingMessage, answer: ServerResponse): Promise<void> {
  const { pathname } = new URL(asked.url ?? '/', 'http://stub')
  if (pathname === '/wecom') return void answer.end('<!doctype html><title>WeCom</title>')
  if (pathname === '/api/console/sign-in') return void answer.end(`<!doctype html><title>WeCom</title>${asked.url}`)
  if (/^\/card\/|^\/api\/console\/content\/[^/]+\/pages\//.test(pathname)) return picture(pathname, answer)
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
  if (path === '/api/console/me') return say(200, { ...me, roles: mood.roles })
  await new Promise((wait) => setTimeout(wait, mood.lateMs))
  if (mood.list === 'broken' && !path.endsWith('/choices')) return say(500, { error: 'internal', requestId: 'req-500' })
  if (path.includes('/parts/')) {
    await bodyOf(asked)
    mood.parts.push(Number(path.split('/').at(-1)))
    return say(200, { number: mood.parts.at(-1), kept: true })
  }
  const body = JSON.parse((await bodyOf(asked)) || '{}') as Record<string, unknown> // what the page under test wrote
  mood.asked.push({ path: path.slice('/api/console/'.length), body })
  if (mood.overtakenBy && /\/(edits|page-texts)$/.test(path)) {
    mood.detail = mood.overtakenBy
    mood.overtakenBy = null
    return say(409, { error: 'stale_revision', requestId: 'req-409' })
  }
  const fromVault = vaultAnswer(mood.vault, path.slice('/api/console/'.length), body)
  if (fromVault) return say(fromVault.status, fromVault.body)
  if (path.endsWith('.csv')) return csv(answer)
  if (path === '/api/console/home') return say(200, mood.home)
  const told = noticeAnswer(path.slice('/api/console/'.length))
  if (told) return say(200, told)
  if (path === '/api/console/sends') return say(200, list(mood, body as Asked))
  if (path === '/api/console/sends/filters') return say(200, sendFilters)
  if (path === '/api/console/sends/choices') return say(200, { choices: [sendChoice] })
  if (path === '/api/console/sends/look') return say(200, buildWhole())
  say(200, contentAnswer(mood, path.slice('/api/console/'.length), body))
}

function csv(answer: ServerResponse): void {
  answer.writeHead(200, { 'Content-Type': 'text/csv; charset=utf-8' }).end('\ufeff"资料编号"\r\n')
}

/** The endpoints of content; a file has three parts, of which the second is here already. */
function contentAnswer(mood: Mood, path: string, body: Record<string, unknown>): object {
  const { contentItemId, revision } = mood.detail
  const upload = {
    ...{ uploadId: 'up1', fileName: 'x.pdf', bytes: 2_500_000, partBytes: 1_048_576, have: [2, ...mood.parts] },
    ...{ problem: null, fileHash: null, mime: null, rendition: null, endsAt: new Date() },
  }
  const stored = { ...upload, stage: 'stored', stored: true, fileName: '研究摘要.pdf' }
  const answers: Record<string, () => object> = {
    'content/list': () => contentList(mood, body),
    'content/choices': () => choices,
    views: () => ({ views: [{ viewId: 'v1', name: '审批中', asks: 'show=in_review&hide=owner' }] }),
    'views/removals': () => ({ done: true }),
    'content/detail': () => mood.detail,
    'content/diffs': () => ({ ...mood.diff, ...(body['withItemId'] ? { withItemId: body['withItemId'] } : {}) }),
    'content/page-texts': () => ({ outcome: 'done', contentItemId, revision: revision + 1 }),
    'content/edits': () => {
      const { contentItemId: _id, revision: _revision, expiresAt: _until, ...words } = body
      mood.detail = { ...mood.detail, ...words, revision: revision + 1 }
      return { outcome: 'done', contentItemId, revision: revision + 1 }
    },
    'content/drafts': () => ({ outcome: 'done', contentItemId, documentId: 'd', version: 1, revision: 1 }),
    'content/submissions': () => ({
      ...{ outcome: 'refused', refusals: [{ reason: 'card_not_fit', about: 'card_title_missing' }] },
    }),
    'content/signings': () => ({ outcome: 'begun', signingId: 'sg1', redirectTo: '/wecom', endsAt: new Date() }),
    'content/signings/result': () => ({
      ...{ signingId: 'sg1', contentItemId, step: 'legal', decision: 'approve', outcome: 'signed', refusals: [] },
    }),
    'content/tags/known': () => ({ held: [{ tag: '旧版', pieces: 1 }], known: ['肿瘤', '老年患者'] }),
    'content/effects': () => effect,
    'content/withdrawals': () => ({ outcome: 'done', at: new Date(), repsTold: 61, inFlight: effect.inFlight }),
    uploads: () => ({ ...upload, stage: 'open', stored: false }),
    'uploads/close': () => ({ ...upload, stage: 'checking', stored: false }),
    'uploads/look': () => stored,
    ...importAnswers(mood.imports, body),
    ...readerAnswers(mood.readers),
    ...reportAnswers(mood.reports, body),
  }
  return answers[path]?.() ?? {}
}

function contentList(mood: Mood, body: Record<string, unknown>) {
  const { show = 'all', kind = '', query = '' } = body as { show?: string; kind?: string; query?: string }
  const all = mood.list === 'none' ? [] : buildRows(30)
  const rows = all.filter(
    (row) =>
      row.title.includes(query) && (show === 'all' || row.lifeState === show) && (kind === '' || row.kind === kind),
  )
  const facets = [{ field: 'kind', value: 'document', count: 18, more: false }]
  const highlights = query ? [[0, query.length]] : []
  return { rows: rows.map((row) => ({ ...row, highlights })), next: null, facets }
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
  const next = rest ? String(from + pageSize) : null
  return { sends: fitting.slice(from, from + pageSize), next, completeUntil: null, own: null }
}

function picture(path: string, answer: ServerResponse): void {
  answer.setHeader('Content-Type', 'image/svg+xml')
  answer.end(pictureOf(path))
}

/** A picture of its own for each page, but the first page of both versions is the same. */
function pictureOf(path: string): string {
  const hue = /\/1\/\d+\.webp$/.test(path)
    ? 40
    : (path.length * 37 + (path.codePointAt(path.indexOf('v')) ?? 0) * 7) % 360
  const name = hue === 40 ? 'page 1' : path
  return `<svg xmlns="http://www.w3.org/2000/svg" width="720" height="1018"><rect width="720" height="1018" fill="hsl(${hue} 60% 85%)"/><text x="40" y="120" font-size="32">${name}</text></svg>`
}

async function bodyOf(asked: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of asked) text += String(chunk)
  return text
}
