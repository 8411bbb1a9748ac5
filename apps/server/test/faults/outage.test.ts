import { randomUUID } from 'node:crypto'
import { repEndpoints } from '@vouch/contract'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { buildCompany, buildOrdinary } from '../builders.ts'
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

describe('[F3] the database is killed in the middle of the morning', () => {
  it('every send that was acknowledged is there afterwards, whole and once, and the server goes on by itself', async () => {
    const reps = await Promise.all(Array.from({ length: 12 }, () => buildOrdinary(server)))
    const answers: Answer[] = []
    const acknowledged = new Map<string, string>()
    let killed: Promise<void> | undefined
    const work = async (rep: Ordinary) => {
      for (let nth = 0; nth < 8; nth += 1) {
        const asked = asking(rep)
        const answer = await askUntilDecided(rep, asked, answers)
        expect(answer.body.outcome).toBe('authorised')
        acknowledged.set(asked.requestId, answer.body.sendId)
        if (acknowledged.size >= 20) killed ??= (database.kill(), database.restart())
      }
    }
    await Promise.all(reps.map(work))
    await killed

    expect(answers.filter((answer) => answer.status === 503).length).toBeGreaterThan(0)
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200, 503]))
    for (const { headers } of answers.filter((answer) => answer.status === 503))
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    const stored = await server.owner.selectFrom('send').select(['id', 'requestId']).execute()
    expect(new Map(stored.map((send) => [send.requestId, send.id]))).toEqual(acknowledged)
    await expect.poll(ready).toMatchObject({ database: true })
  })
})
