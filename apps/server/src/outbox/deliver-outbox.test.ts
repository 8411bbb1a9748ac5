import { ulid } from 'ulid'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { buildCompany, buildRep } from '../../test/builders.ts'
import { morning, publicUrl, startTestServer, type TestServer } from '../../test/test-server.ts'
import { addNotices, type Notice } from './add-notices.ts'
import { deliverOutbox } from './deliver-outbox.ts'
import { oldestNoticeSeconds } from './queries.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())
beforeEach(async () => {
  await server.owner.deleteFrom('outbox').execute()
  server.clock.at = morning
  server.told.messages.length = 0
  server.told.down = false
})

const notice = (toPerson: string, subjectId = ulid()): Notice => ({
  ...{ kind: 'withdrawn', toPerson, subjectId, title: '已撤回', text: '《摘要》已撤回', path: '/sidebar' },
})
const owe = (notices: Notice[]) =>
  server.db.transaction().execute((trx) => addNotices(trx, server.deps.newId, server.deps.now(), notices))
const rows = () => server.db.selectFrom('outbox').selectAll().orderBy('id').execute()
const forward = (ms: number) => {
  server.clock.at = new Date(server.clock.at.getTime() + ms)
}
const told = () => server.told.messages.flatMap((message) => message.userIds)
const userIdOf = (id: string) => `rep-${id.toLowerCase()}`
const trail = (subjectId: string) =>
  server.db.selectFrom('auditEntry').select(['event', 'detail']).where('subjectId', '=', subjectId).execute()

it('everybody is told in one message, once, however many instances deliver', async () => {
  const reps = await Promise.all(Array.from({ length: 5 }, () => buildRep(server)))
  const subjectId = ulid()
  await owe(reps.map((rep) => notice(rep, subjectId)))
  await owe(reps.map((rep) => notice(rep, subjectId)))
  await Promise.all(Array.from({ length: 10 }, () => deliverOutbox(server.deps)))
  expect(server.told.messages).toHaveLength(1)
  expect(server.told.messages[0]).toMatchObject({ title: '已撤回', url: `${publicUrl}/sidebar` })
  expect(told().sort()).toEqual(reps.map(userIdOf).sort())
  expect((await rows()).every((row) => row.sentAt?.getTime() === morning.getTime())).toBe(true)
  expect(await trail(subjectId)).toMatchObject([{ event: 'notice.sent' }])
})

it('while WeCom is away notices wait, ever longer, and are then told once', async () => {
  const rep = await buildRep(server)
  await owe([notice(rep)])
  server.told.down = true
  await deliverOutbox(server.deps)
  await deliverOutbox(server.deps)
  expect(await rows()).toMatchObject([{ attempts: 1, problem: 'unavailable', sentAt: null }])
  forward(5_000)
  await deliverOutbox(server.deps)
  expect((await rows())[0]!.runAt).toEqual(new Date(server.clock.at.getTime() + 10_000))
  expect(await oldestNoticeSeconds(server.db, server.deps.now())).toBe(5)
  server.told.down = false
  forward(10_000)
  await deliverOutbox(server.deps)
  await deliverOutbox(server.deps)
  expect(told()).toEqual([userIdOf(rep)])
  expect(await rows()).toMatchObject([{ problem: null, sentAt: server.clock.at }])
})

it('after a day of failures a notice is given up, on record', async () => {
  const one = notice(await buildRep(server))
  await owe([one])
  server.told.down = true
  for (let tries = 0; tries < 30; tries += 1) {
    await deliverOutbox(server.deps)
    forward(3_600_000)
  }
  expect(await rows()).toMatchObject([{ problem: 'gave_up', sentAt: null }])
  expect(await trail(one.subjectId)).toMatchObject([{ event: 'notice.failed' }])
})

it('who left, and whom WeCom does not know, are on record and nobody else waits for them', async () => {
  const [here, unknown] = [await buildRep(server), await buildRep(server)]
  const gone = await buildRep(server, { status: 'left' })
  server.told.unreachable.add(userIdOf(unknown))
  const subjectId = ulid()
  await owe([here, unknown, gone].map((rep) => notice(rep, subjectId)))
  await deliverOutbox(server.deps)
  const found = new Map((await rows()).map((row) => [row.toPerson, row]))
  expect(found.get(here)).toMatchObject({ problem: null, sentAt: morning })
  expect(found.get(unknown)).toMatchObject({ problem: 'unknown_member', sentAt: null })
  expect(found.get(gone)).toMatchObject({ problem: 'left', sentAt: null })
  await deliverOutbox(server.deps)
  expect(server.told.messages).toHaveLength(1)
  const events = (await trail(subjectId)).map((entry) => entry.event)
  expect(events.sort()).toEqual(['notice.failed', 'notice.failed', 'notice.sent'])
})

it('nobody is sent more in a minute than WeCom shows; the rest follows', async () => {
  const rep = await buildRep(server)
  await owe(Array.from({ length: 40 }, () => notice(rep)))
  await deliverOutbox(server.deps)
  expect(told()).toHaveLength(25)
  forward(59_000)
  await deliverOutbox(server.deps)
  expect(told()).toHaveLength(25)
  forward(1_000)
  await deliverOutbox(server.deps)
  expect(told()).toHaveLength(40)
})

it('a server that died with notices in hand leaves them to the next', async () => {
  const rep = await buildRep(server)
  await owe([notice(rep)])
  const claim = { owner: 'dead', ownedUntil: new Date(morning.getTime() + 60_000) }
  await server.db.updateTable('outbox').set(claim).execute()
  await deliverOutbox(server.deps)
  expect(told()).toEqual([])
  forward(60_000)
  await deliverOutbox(server.deps)
  expect(told()).toEqual([userIdOf(rep)])
})
