import { Agent, request } from 'node:http'

export type Round = { perSecond: number; p50: number; p99: number; faults: number }

/** Calls `once` from `connections` loops for `ms`; latencies in ms. A false answer is a fault. */
export async function load(connections: number, ms: number, once: (loop: number) => Promise<boolean>): Promise<Round> {
  const latencies: number[] = []
  let faults = 0
  const begun = performance.now()
  const loops = Array.from({ length: connections }, async (_, loop) => {
    while (performance.now() - begun < ms) {
      const from = performance.now()
      if (!(await once(loop))) faults += 1
      latencies.push(performance.now() - from)
    }
  })
  await Promise.all(loops)
  const took = (performance.now() - begun) / 1_000
  latencies.sort((a, b) => a - b)
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
  return { perSecond: latencies.length / took, p50: at(0.5), p99: at(0.99), faults }
}

/** How long something takes, in ms. */
export async function took(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

export const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** The median round of each figure, over rounds that took turns. */
export function middle(rounds: Round[]): Round {
  const of = (pick: (round: Round) => number) => median(rounds.map(pick))
  return {
    perSecond: of((r) => r.perSecond),
    p50: of((r) => r.p50),
    p99: of((r) => r.p99),
    faults: rounds.reduce((sum, r) => sum + r.faults, 0),
  }
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 })

export type HttpAnswer = { status: number; text: string }

/** One request over a kept connection. */
export function ask(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options
    const sent = request(
      url,
      { agent, method, headers: body ? { ...headers, 'content-length': String(Buffer.byteLength(body)) } : headers },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', (piece: string) => (text += piece))
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}
