import { randomUUID } from 'node:crypto'
import { repEndpoints } from '@vouch/contract'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { buildCompany, buildOrdinary, buildPiece } from '../builders.ts'
import { expectInvariants } from '../invariants.ts'
import { call, startTestServer, type Answer, type TestServer } from '../test-server.ts'
import { startOwnDatabase, type OwnDatabase } from './own-database.ts'

let database: OwnDatabase
let server: TestServer
beforeAll(async () => {
  database = await startOwnDatabase()
  server = await startTestServer({ databaseUrl: database.url })
  await buildCompany(server, { sendsPerMonth: 1_000 })
})
afterAll(async () => {
  await server.stop()
  await database.remove()
})
afterEach(() => expectInvariants(server.owner))

type Ordinary = Awaited<ReturnType<typeof buildOrdinary>>
const asking = ({ externalUserId, contentItemId }: Ordinary) => ({
  ...{ requestId: randomUUID(), externalUserId, contentItemId },
  ...{ kind: 'news' as const, entry: 'single_chat_tools' as const, again: true },
})
type Asked = ReturnType<typeof asking>
const ask = (rep: Ordinary, asked: Asked) => call(server, rep.cookie, repEndpoints.authoriseSend, asked)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Asks as the sidebar does: the same request again until it is decided. */
async function askUntilDecided(rep: Ordinary, asked: Asked, answers: Answer[]): Promise<Answer> {
  for (;;) {
    const answer = await ask(rep, asked)
    answers.push(answer)
    if (answer.status !== 503) return answer
    await pause(50)
  }
}

const ready = async () => {
  const answer = await fetch(`${server.url}/readyz`)
  return (await answer.json()) as { database: boolean }
}

describe('[F4] the database hangs', () => {
  it('everybody is told so within three seconds, twice as many as there are connections, and it goes on by itself', async () => {
    const reps = await Promise.all(Array.from({ length: 8 }, () => buildOrdinary(server)))
    for (const rep of reps) expect((await ask(rep, asking(rep))).status).toBe(200)
    const taps = reps.flatMap((rep) => Array.from({ length: 6 }, () => ({ rep, asked: asking(rep) })))

    database.hang()
    const rounds: { answer: Answer; ms: number }[] = []
    const timed = async (work: () => Promise<Answer>) => {
      const begun = performance.now()
      const answer = await work()
      rounds.push({ answer, ms: performance.now() - begun })
    }
    let live: number, readiness: { database: boolean }
    try {
      // The second round finds every connection occupied by the first.
      for (const round of [taps, taps]) await Promise.all(round.map(({ rep, asked }) => timed(() => ask(rep, asked))))
      await timed(() => call(server, reps[0]!.cookie, repEndpoints.history, { externalUserId: null }))
      live = (await fetch(`${server.url}/healthz`)).status
      readiness = await ready()
    } finally {
      database.goOn()
    }
    expect(new Set(rounds.map(({ answer }) => answer.status))).toEqual(new Set([503]))
    expect(Math.max(...rounds.map(({ ms }) => ms))).toBeLessThan(3_500)
    for (const { answer } of rounds) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect([live, readiness.database]).toEqual([200, false])

    const after = await Promise.all(taps.map(({ rep, asked }) => askUntilDecided(rep, asked, [])))
    expect(after.every((answer) => answer.body.outcome === 'authorised')).toBe(true)
    const stored = await server.owner
      .selectFrom('send')
      .select('requestId')
      .where(
        'requestId',
        'in',
        taps.map(({ asked }) => asked.requestId),
      )
      .execute()
    expect(stored).toHaveLength(taps.length)
    await expect.poll(ready).toMatchObject({ database: true })
  })

  it('a list asked for during it is answered as busy, not with half a page', async () => {
    const rep = await buildOrdinary(server)
    await buildPiece(server)
    const list = () =>
      call(server, rep.cookie, repEndpoints.openChat, {
        externalUserId: rep.externalUserId,
        entry: 'single_chat_tools',
      })
    const before = await list()
    database.hang()
    const during = await list().finally(() => database.goOn())
    expect([during.status, during.body.error]).toEqual([503, 'busy'])
    await expect.poll(async () => (await list()).body.pieces?.length).toBe(before.body.pieces.length)
  })
})
