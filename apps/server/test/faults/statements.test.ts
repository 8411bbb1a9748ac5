import { randomUUID } from 'node:crypto'
import { repEndpoints } from '@vouch/contract'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/db/database.ts'
import { buildCompany, buildOrdinary } from '../builders.ts'
import { expectInvariants } from '../invariants.ts'
import { call, startTestServer, type TestServer } from '../test-server.ts'
import { openDatabaseWire, type DatabaseWire, type Fate } from './database-wire.ts'

let server: TestServer
let wire: DatabaseWire
let direct: TestServer['db']
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  wire = await openDatabaseWire(server.applicationUrl)
  direct = server.deps.db
})
afterAll(async () => {
  await wire.close()
  await server.stop()
})

/** One connection, so that the statements of a request are counted as they come. */
beforeEach(() => {
  server.deps.db = openDatabase(wire.url, 1)
})
afterEach(async () => {
  wire.judge = () => 'pass'
  await server.deps.db.destroy()
  server.deps.db = direct
  await expectInvariants(server.owner)
})

const asking = ({ externalUserId, contentItemId }: Awaited<ReturnType<typeof buildOrdinary>>) => ({
  ...{ requestId: randomUUID(), externalUserId, contentItemId },
  ...{ kind: 'news' as const, entry: 'single_chat_tools' as const },
})
const sendsOf = (repId: string) =>
  server.owner.selectFrom('send').select(['id', 'outcome']).where('repId', '=', repId).execute()

/** A rep whose session is already believed, so that the statements that follow belong to the send alone. */
async function buildReady() {
  const ordinary = await buildOrdinary(server)
  expect((await call(server, ordinary.cookie, repEndpoints.start, {})).status).toBe(200)
  const asked = asking(ordinary)
  const ask = () => call(server, ordinary.cookie, repEndpoints.authoriseSend, asked)
  return { ...ordinary, ask }
}

/** How many packets with statements one send takes. */
async function countStatements(): Promise<number> {
  const { ask } = await buildReady()
  wire.count = 0
  expect((await ask()).body.outcome).toBe('authorised')
  return wire.count
}

describe.each(['cut_before', 'cut_after'] as const)('[F6] the connection is %s a statement is done', (fate) => {
  it('at each statement: the send exists whole or not at all, and the same request again makes it one', async () => {
    const statements = await countStatements()
    expect(statements).toBe(2)
    for (let nth = 1; nth <= statements; nth += 1) {
      const { ask, repId } = await buildReady()
      wire.count = 0
      wire.judge = (packet) => (packet.nth === nth ? fate : 'pass')
      const cut = await ask()
      expect([cut.status, cut.body.error], `statement ${nth}`).toEqual([503, 'busy'])
      expect(Number(cut.headers.get('retry-after'))).toBeGreaterThan(0)
      const whole = fate === 'cut_after' && nth === statements
      expect(await sendsOf(repId), `statement ${nth}`).toHaveLength(whole ? 1 : 0)
      await expectInvariants(server.owner)

      wire.judge = () => 'pass'
      const again = await ask()
      expect(again.body, `statement ${nth}`).toMatchObject({ outcome: 'authorised', message: { msgtype: 'news' } })
      expect(await sendsOf(repId)).toEqual([{ id: again.body.sendId, outcome: 'authorised' }])
    }
  })
})

describe.each([
  ['a deadlock', { errno: 1213, state: '40001' }],
  ['a lock waited for too long', { errno: 1205, state: 'HY000' }],
  ['a row that changed since it was read', { errno: 1020, state: 'HY000' }],
] as const)('[F5] %s', (_, fault) => {
  /** Refuses statement `nth` of each attempt, in as many attempts as said. */
  const refuse = (nth: number, attempts: number) => {
    const state = { attempt: 0, within: 0 }
    wire.judge = ({ sql: text }): Fate => {
      if (/^rollback/i.test(text)) return 'pass'
      if (/external_contact.*for update/is.test(text)) Object.assign(state, { attempt: state.attempt + 1, within: 0 })
      state.within += 1
      return state.within === nth && state.attempt <= attempts ? fault : 'pass'
    }
    return state
  }

  it('in up to three attempts is none of the rep’s business, whichever statement it hits', async () => {
    const statements = await countStatements()
    for (let nth = 1; nth <= statements; nth += 1) {
      const { ask, repId } = await buildReady()
      const state = refuse(nth, 1 + (nth % 3))
      expect((await ask()).body.outcome, `statement ${nth}`).toBe('authorised')
      expect(state.attempt).toBe(2 + (nth % 3))
      expect(await sendsOf(repId)).toHaveLength(1)
    }
  })

  it('in every attempt ends after the fifth: busy, nothing written, and the next tap goes through', async () => {
    const statements = await countStatements()
    const { ask, repId } = await buildReady()
    const state = refuse(statements - 1, Infinity)
    const answer = await ask()
    expect([answer.status, answer.body.error]).toEqual([503, 'busy'])
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(state.attempt).toBe(5)
    expect(await sendsOf(repId)).toEqual([])
    wire.judge = () => 'pass'
    expect((await ask()).body.outcome).toBe('authorised')
  })
})

it('[F5] a real lock held too long: busy within three seconds, nothing written, and through once it is gone', async () => {
  const { ask, repId, accountId } = await buildReady()
  let answeredAfter = Infinity
  await server.owner.transaction().execute(async (trx) => {
    await sql`select id from account where id = ${accountId} for update`.execute(trx)
    const begun = performance.now()
    expect(await ask()).toMatchObject({ status: 503, body: { error: 'busy' } })
    answeredAfter = performance.now() - begun
  })
  expect(answeredAfter).toBeLessThan(3_500)
  expect(await sendsOf(repId)).toEqual([])
  expect((await ask()).body.outcome).toBe('authorised')
})

it('[F6] one of several writes in a packet fails: none of them stays', async () => {
  const { ask, repId } = await buildReady()
  const { id } = await server.owner.selectFrom('auditEntry').select('id').executeTakeFirstOrThrow()
  const { newId } = server.deps
  const ids = [newId(), id]
  server.deps.newId = () => ids.shift() ?? newId()
  expect((await ask()).status).toBe(500)
  server.deps.newId = newId
  expect(await sendsOf(repId)).toEqual([])
  expect((await ask()).body.outcome).toBe('authorised')
})

it('a statement nobody waits for any more is ended by the database too', async () => {
  // of a list that the program holds itself: it opens nobody else’s tables
  const endless = sql`select count(*) as rows_seen from information_schema.collations a,
    information_schema.collations b, information_schema.collations c, information_schema.collations d`
  await expect(endless.execute(direct)).rejects.toMatchObject({ code: 'busy' })
  const running = sql<{ id: number }>`select id from information_schema.processlist
    where info like '%rows_seen%' and id <> connection_id()`
  await expect.poll(async () => (await running.execute(direct)).rows, { timeout: 5_000 }).toEqual([])
})
