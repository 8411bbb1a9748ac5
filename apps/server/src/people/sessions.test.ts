import { consoleEndpoints, sessionEndpoints as sessions } from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCompany, buildRep } from '../../test/builders.ts'
import { buildColleague, eventsOf, type Colleague } from '../../test/office.ts'
import { call, morning, startTestServer, type TestServer } from '../../test/test-server.ts'

let server: TestServer
let security: Colleague
let author: Colleague
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())
beforeEach(async () => {
  server.clock.at = morning
  await server.owner.deleteFrom('session').execute()
  security = await buildColleague(server, 'security_admin')
  author = await buildColleague(server, 'author')
})

type Row = { sessionId: string; person: string; here: boolean; face: string; device: string }
const list = async (who: Colleague, whose: 'mine' | 'all' = 'mine', more: { query?: string; cursor?: string } = {}) =>
  call(server, who.cookie, sessions.listSessions, { whose, ...more })
const rows = async (...asked: Parameters<typeof list>) => (await list(...asked)).body.rows as Row[]
const alive = async (cookie: string) => (await call(server, cookie, consoleEndpoints.whoAmI, {})).status === 200

describe('where somebody is signed in', () => {
  it('is told to them, and to a security administrator of everybody', async () => {
    await server.signIn(author.id, 'console')
    await server.signIn(await buildRep(server, { name: '王磊' }))
    expect((await rows(author)).map(({ here }) => here).toSorted()).toEqual([false, true])
    expect((await list(author, 'all')).body.error).toBe('wrong_role')
    expect((await list(author)).body.maySeeAll).toBe(false)
    expect(await rows(security, 'all')).toHaveLength(4)
    expect((await rows(security, 'all', { query: '王' })).map(({ face }) => face)).toEqual(['rep'])
    expect(await rows(security, 'all', { query: '%' })).toEqual([])
  })

  it('leaves out what has ended, and is read page by page', async () => {
    const gone = await server.signIn(author.id, 'console')
    await call(server, gone, consoleEndpoints.consoleSignOut, {})
    server.clock.at = new Date(morning.getTime() + 29 * 60_000)
    for (let nth = 0; nth < 60; nth += 1) await server.signIn(author.id, 'console')
    const first = await list(security, 'all')
    const second = await list(security, 'all', { cursor: first.body.next })
    const all = [...first.body.rows, ...second.body.rows] as Row[]
    expect([first.body.rows.length, second.body.next, new Set(all.map((row) => row.sessionId)).size]).toEqual([
      50,
      null,
      62,
    ])
    expect((await list(security, 'all', { cursor: '1.x' })).body).toMatchObject({ field: 'cursor' })
  })
})

describe('ending a session', () => {
  const reason = '手机丢了'

  it('ends it everywhere within two seconds, once, with a reason in the trail', async () => {
    const other = await server.signIn(author.id, 'console')
    expect(await alive(other)).toBe(true)
    const { sessionId } = (await rows(author)).find(({ here }) => !here)!
    const asks = Array.from({ length: 10 }, () =>
      call(server, author.cookie, sessions.endSession, { sessionId, reason }),
    )
    const ended = (await Promise.all(asks)).map(({ body }) => body.ended as number)
    expect(ended.toSorted()).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
    server.clock.at = new Date(morning.getTime() + 1_001)
    expect([await alive(other), await alive(author.cookie)]).toEqual([false, true])
    expect(await eventsOf(server, author.id)).toEqual(['session.ended'])
  })

  it('of somebody else takes a security administrator', async () => {
    const { sessionId } = (await rows(security))[0]!
    expect((await call(server, author.cookie, sessions.endSession, { sessionId, reason })).body.error).toBe('not_found')
    const all = { personId: security.id, reason }
    expect((await call(server, author.cookie, sessions.endSessionsOf, all)).body.error).toBe('wrong_role')
    await server.signIn(author.id, 'console')
    const asked = { personId: author.id, reason }
    expect((await call(server, security.cookie, sessions.endSessionsOf, asked)).body).toEqual({ ended: 2 })
    server.clock.at = new Date(morning.getTime() + 1_001)
    expect(await alive(author.cookie)).toBe(false)
  })

  it('of all one’s own leaves the one that asks', async () => {
    await server.signIn(author.id, 'console')
    const asked = { personId: author.id, reason }
    expect((await call(server, author.cookie, sessions.endSessionsOf, asked)).body).toEqual({ ended: 1 })
    expect((await rows(author)).map(({ here }) => here)).toEqual([true])
  })
})
