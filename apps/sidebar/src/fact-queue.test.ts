// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createFactQueue, type FactQueue, type WaitingFact } from './fact-queue.ts'

class Refused extends Error {}
const faultOf = (fault: unknown) => (fault instanceof Refused ? (fault.message as 'send_not_found') : 'no_answer')
const queues: FactQueue[] = []

function buildQueue(record: (fact: WaitingFact) => Promise<{ verdict: 'OPEN' }>, repId = 'rep-li'): FactQueue {
  const queue = createFactQueue(repId, record, faultOf)
  queues.push(queue)
  return queue
}

function buildFact(changes: Partial<WaitingFact> = {}): WaitingFact {
  const clientAt = new Date().toISOString()
  return {
    repId: 'rep-li',
    sendId: 's1',
    ticket: 't',
    factId: crypto.randomUUID(),
    kind: 'H',
    digest: 'd',
    clientAt,
    ...changes,
  }
}

beforeEach(() => {
  localStorage.clear()
  vi.useFakeTimers()
})
afterEach(() => {
  for (const queue of queues.splice(0)) queue.stop()
  vi.useRealTimers()
})

test('a fact is on the phone before the network hears of it', () => {
  const queue = buildQueue(() => {
    expect(localStorage.getItem('vouch.facts')).toContain('"H"')
    return Promise.resolve({ verdict: 'OPEN' })
  })
  queue.add(buildFact())
})

test('what was seen before a reload is told after it, with the same id', async () => {
  const fact = buildFact({ kind: 'K' })
  buildQueue(() => Promise.reject(new Error('offline'))).add(fact)
  await vi.advanceTimersByTimeAsync(10)
  const told: string[] = []
  const next = buildQueue((again) => Promise.resolve(void told.push(again.factId)).then(() => ({ verdict: 'OPEN' })))
  await next.flush()
  expect(told).toEqual([fact.factId])
  expect(localStorage.getItem('vouch.facts')).toBeNull()
})

test('a fact is told again until the server has it', async () => {
  let tries = 0
  const queue = buildQueue(() =>
    ++tries < 3 ? Promise.reject(new Error('offline')) : Promise.resolve({ verdict: 'OPEN' }),
  )
  queue.add(buildFact())
  await vi.advanceTimersByTimeAsync(10_000)
  expect(tries).toBe(3)
  expect(queue.waiting()).toEqual([])
})

test('the network coming back tells waiting facts at once', async () => {
  let reachable = false
  const queue = buildQueue(() =>
    reachable ? Promise.resolve({ verdict: 'OPEN' }) : Promise.reject(new Error('offline')),
  )
  queue.add(buildFact())
  await vi.advanceTimersByTimeAsync(300)
  reachable = true
  window.dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(1)
  expect(queue.waiting()).toEqual([])
})

test.each(['send_not_found', 'digest_mismatch', 'ticket_expired'])(
  'a fact refused for good (%s) is not told again',
  async (code) => {
    const record = vi.fn(() => Promise.reject(new Refused(code)))
    buildQueue(record).add(buildFact())
    await vi.advanceTimersByTimeAsync(120_000)
    expect(record).toHaveBeenCalledTimes(1)
    expect(localStorage.getItem('vouch.facts')).toBeNull()
  },
)

test('one bad fact does not hold up the others', async () => {
  const told: string[] = []
  const queue = buildQueue((fact) =>
    fact.kind === 'H'
      ? Promise.reject(new Error('offline'))
      : Promise.resolve(void told.push(fact.kind)).then(() => ({ verdict: 'OPEN' })),
  )
  queue.add(buildFact({ kind: 'H' }))
  queue.add(buildFact({ kind: 'K' }))
  await vi.advanceTimersByTimeAsync(10)
  expect(told).toEqual(['K'])
})

test('a held fact waits for the contact that was seen, and survives without it', async () => {
  const told: (string | null | undefined)[] = []
  const record = (fact: WaitingFact) =>
    Promise.resolve(void told.push(fact.seenExternalUserId)).then(() => ({ verdict: 'OPEN' as const }))
  const queue = buildQueue(record)
  const fact = buildFact({ kind: 'K' })
  queue.add(fact, true)
  await queue.flush()
  expect(told).toEqual([])
  expect(localStorage.getItem('vouch.facts')).toContain(fact.factId)
  queue.release(fact.factId, 'wm-zhang')
  await vi.advanceTimersByTimeAsync(1)
  expect(told).toEqual(['wm-zhang'])
})

test('on a shared PC nobody reports the facts of a colleague', async () => {
  const record = vi.fn(() => Promise.resolve({ verdict: 'OPEN' as const }))
  localStorage.setItem('vouch.facts', JSON.stringify([buildFact({ repId: 'rep-wang' })]))
  await buildQueue(record).flush()
  expect(record).not.toHaveBeenCalled()
})
