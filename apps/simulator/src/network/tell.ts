import type { IncomingMessage } from 'node:http'
import type { Simulator } from '../simulator.ts'
import type { Asked } from './request.ts'

const mostBytes = 65_536

/** Notes an exchange for the log: pages and calls, with JSON where there is some; never cookies, pictures or scripts. */
export function tellExchange(
  simulator: Simulator,
  asked: Asked,
  request: IncomingMessage,
  answer: IncomingMessage,
  startedAt: number,
): void {
  const type = String(answer.headers['content-type'] ?? '')
  const call = request.headers['sec-fetch-dest'] === 'empty'
  if (!asked.navigation && !call) return
  const kind = asked.phone === 'hcp' && asked.navigation ? 'link' : 'http'
  const status = answer.statusCode ?? 0
  const path = (request.url ?? '').split('?')[0]
  const title = `${request.method} ${path} -> ${status}`
  const tell = (body: unknown): void =>
    simulator.feed.tell(kind, title, status < 400, {
      phone: asked.phone,
      device: asked.device,
      ms: Date.now() - startedAt,
      answer: body,
    })
  if (!/json/.test(type) || answer.headers['content-encoding']) return tell(type)
  const chunks: Buffer[] = []
  answer.on('data', (chunk: Buffer) => chunks.push(chunk))
  answer.on('end', () => {
    const body = readJson(Buffer.concat(chunks))
    if (!isAskedAgain(simulator, `${asked.phone} ${title}`, JSON.stringify(body))) tell(body)
  })
}

/** What each page was last answered to a question, how often in a row, and when. */
const lastAnswers = new WeakMap<Simulator, Map<string, { body: string; times: number; at: number }>>()
const pageLooksMs = 30_000

/** A page that keeps looking and keeps hearing the same: told twice, then not until it hears something else. */
function isAskedAgain(simulator: Simulator, question: string, body: string): boolean {
  const answers = lastAnswers.get(simulator) ?? new Map<string, { body: string; times: number; at: number }>()
  lastAnswers.set(simulator, answers)
  const last = answers.get(question)
  const same = last?.body === body && Date.now() - last.at < pageLooksMs
  const times = same ? last.times + 1 : 1
  answers.set(question, { body, times, at: Date.now() })
  return times > 2
}

function readJson(bytes: Buffer): unknown {
  if (bytes.length > mostBytes) return `${bytes.length} bytes`
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return null
  }
}
