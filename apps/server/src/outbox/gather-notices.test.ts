import { ulid } from 'ulid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCompany, buildRep } from '../../test/builders.ts'
import { morning, publicUrl, startTestServer, type TestServer } from '../../test/test-server.ts'
import { WeComRefusal } from '../wecom/wecom-refusal.ts'
import { addNotices, type Notice } from './add-notices.ts'
import { deliverOutbox } from './deliver-outbox.ts'
import { forgetNotices } from './forget-notices.ts'
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

const minute = 60_000
const doctor = (toPerson: string, name = '张伟', kind: Notice['kind'] = 'consent'): Notice => ({
  ...{ kind, toPerson, subjectId: ulid(), path: '/sidebar' },
  ...{ title: `${name} 已同意接收资料 agreed`, text: `${name} 医生已同意接收资料。` },
})
const owe = (...notices: Notice[]) =>
  server.db.transaction().execute((trx) => addNotices(trx, server.deps.newId, server.deps.now(), notices))
const deliver = () => deliverOutbox(server.deps)
const forward = (ms: number) => {
  server.clock.at = new Date(server.clock.at.getTime() + ms)
}
const titles = () => server.told.messages.map(({ title }) => title)
const choose = (personId: string, kind: string, pace: 'now' | 'daily' | 'off') =>
  server.db.insertInto('noticeChoice').values({ personId, kind, pace, changedAt: server.deps.now() }).execute()
const unsent = () => server.db.selectFrom('outbox').selectAll().where('sentAt', 'is', null).orderBy('id').execute()
const sentEntries = (subjectId: string) =>
  server.db
    .selectFrom('auditEntry')
    .select('detail')
    .where('subjectId', '=', subjectId)
    .where('event', '=', 'notice.sent')
    .execute()

describe('several of a kind to one person', () => {
  it('are one message that says how many, names the first and leads to all', async () => {
    const [rep, other] = [await buildRep(server), await buildRep(server)]
    const notices = Array.from({ length: 7 }, (_, number) => doctor(rep, `医生${number}`))
    await owe(...notices, doctor(other))
    await deliver()
    expect(server.told.messages).toHaveLength(2)
    const batch = server.told.messages.find(({ title }) => title.includes('7 条'))!
    expect(batch).toMatchObject({ userIds: [`rep-${rep.toLowerCase()}`], url: `${publicUrl}/sidebar` })
    expect(batch.text).toMatch(/医生0 .*医生4 .*另有 2 条.*截至 as of 05-13 10:00/s)
    expect(batch.text.length).toBeLessThanOrEqual(512)
    expect(batch.title.length).toBeLessThanOrEqual(128)
    expect(await unsent()).toEqual([])
    for (const { subjectId } of notices) expect(await sentEntries(subjectId)).toHaveLength(1)
  })

  it('follow the first after a while, together', async () => {
    const rep = await buildRep(server)
    await owe(doctor(rep, '甲'))
    await deliver()
    forward(minute)
    await owe(doctor(rep, '乙'))
    await deliver()
    forward(minute)
    await owe(doctor(rep, '丙'), doctor(rep, '赵', 'match'))
    await deliver()
    expect(titles()).toEqual(['甲 已同意接收资料 agreed', '赵 已同意接收资料 agreed'])
    forward(8 * minute)
    await deliver()
    expect(titles().at(-1)).toContain('2 条')
    expect(server.told.messages.at(-1)!.text).toMatch(/乙.*丙/s)
    expect(await oldestNoticeSeconds(server.db, server.deps.now())).toBe(0)
  })

  it('are told once when ten deliver at once', async () => {
    const rep = await buildRep(server)
    await Promise.all(
      Array.from({ length: 10 }, async () => {
        await owe(doctor(rep), doctor(rep))
        await deliver()
      }),
    )
    forward(10 * minute)
    await Promise.all(Array.from({ length: 10 }, deliver))
    forward(10 * minute)
    await Promise.all(Array.from({ length: 10 }, deliver))
    expect(await unsent()).toEqual([])
    const members = await server.db.selectFrom('outbox').select(['id', 'batchId', 'members']).execute()
    const batches = members.filter((row) => row.members > 1)
    const alone = members.filter((row) => row.members === 1 && row.batchId === null)
    expect(batches.reduce((sum, row) => sum + row.members, 0) + alone.length).toBe(20)
    expect(server.told.messages).toHaveLength(batches.length + alone.length)
  })

  it('of which urgent ones go alone and at once, also at night', async () => {
    const rep = await buildRep(server)
    server.clock.at = new Date('2026-05-13T15:00:00.000Z') // 23:00 in Shanghai
    await owe(doctor(rep, '甲', 'withdrawn'), doctor(rep, '乙', 'withdrawn'), doctor(rep, '丙', 'safety'))
    await owe(doctor(rep, '丁', 'leak'), doctor(rep), doctor(rep))
    await deliver()
    expect(titles()).toHaveLength(3)
    server.clock.at = new Date('2026-05-14T00:01:00.000Z') // quiet hours are over since a minute; all of WeCom sends now
    await deliver()
    expect(titles()).toHaveLength(3)
    forward(minute)
    await deliver()
    expect(titles()).toHaveLength(5)
    expect(titles().slice(3).join()).toMatch(/丁.*2 条/s)
  })
})

describe('a message about several', () => {
  it('that a server had in hand when it died goes again in the same words', async () => {
    const rep = await buildRep(server)
    await owe(doctor(rep, '甲'), doctor(rep, '乙'))
    const { tell } = server.deps.wecom
    let took: unknown
    server.deps.wecom.tell = (message) => {
      took = message
      return new Promise(() => {}) // WeCom has it, and nobody lives to hear so
    }
    void deliver()
    await expect.poll(() => took).toBeDefined()
    server.deps.wecom.tell = tell
    forward(minute)
    await owe(doctor(rep, '丙'))
    await deliver()
    expect(server.told.messages).toEqual([took])
    forward(11 * minute)
    await deliver()
    expect(titles().at(-1)).toContain('丙')
    expect(await unsent()).toEqual([])
  })

  it('is not made of what WeCom may already have shown', async () => {
    const rep = await buildRep(server)
    await owe(doctor(rep, '甲'))
    const { tell } = server.deps.wecom
    server.deps.wecom.tell = () => Promise.reject(new Error('no answer in time'))
    await deliver()
    server.deps.wecom.tell = tell
    await owe(doctor(rep, '乙'), doctor(rep, '丙'))
    forward(5_000)
    await deliver()
    expect(titles()).toEqual(['甲 已同意接收资料 agreed'])
    forward(11 * minute)
    await deliver()
    expect(titles().at(-1)).toContain('2 条')
  })

  it('waits while WeCom has had too many, and is told once', async () => {
    const rep = await buildRep(server)
    await owe(doctor(rep, '甲'), doctor(rep, '乙'))
    const { tell } = server.deps.wecom
    server.deps.wecom.tell = () => Promise.reject(new WeComRefusal(45009))
    for (let tries = 0; tries < 3; tries += 1) {
      await deliver()
      forward(minute)
    }
    expect(await unsent()).toHaveLength(3)
    server.deps.wecom.tell = tell
    forward(minute)
    await Promise.all(Array.from({ length: 10 }, deliver))
    expect(titles()).toHaveLength(1)
    expect(await unsent()).toEqual([])
  })

  it('that never arrives leaves each notice on record for itself', async () => {
    const rep = await buildRep(server)
    server.told.unreachable.add(`rep-${rep.toLowerCase()}`)
    const notices = [doctor(rep), doctor(rep)]
    await owe(...notices)
    await deliver()
    const left = await unsent()
    expect(left.map(({ subjectId }) => subjectId).toSorted()).toEqual(notices.map((one) => one.subjectId).toSorted())
    expect(left).toMatchObject([
      { problem: 'unknown_member', batchId: null, members: 1 },
      { problem: 'unknown_member', batchId: null, members: 1 },
    ])
  })

  it('is forgotten with what it told', async () => {
    const rep = await buildRep(server)
    await owe(doctor(rep), doctor(rep))
    await deliver()
    forward(31 * 24 * 60 * minute)
    await forgetNotices(server.deps)
    expect(await server.db.selectFrom('outbox').selectAll().execute()).toEqual([])
  })
})

describe('what a person chose', () => {
  it('switches a kind off, but not one that concerns the safety of patients', async () => {
    const rep = await buildRep(server)
    await choose(rep, 'consent', 'off')
    await choose(rep, 'withdrawn', 'off')
    await owe(doctor(rep), doctor(rep, '乙', 'withdrawn'), doctor(rep, '丙', 'match'))
    await deliver()
    expect(titles().toSorted()).toEqual(['丙 已同意接收资料 agreed', '乙 已同意接收资料 agreed'])
    expect(await unsent()).toEqual([])
  })

  it('gathers kinds in one summary in the morning', async () => {
    const rep = await buildRep(server)
    await choose(rep, 'consent', 'daily')
    await choose(rep, 'match', 'daily')
    await owe(doctor(rep), doctor(rep, '乙'), doctor(rep, '丙', 'match'), doctor(rep, '丁', 'account_change'))
    await deliver()
    expect(titles()).toEqual(['丁 已同意接收资料 agreed'])
    server.clock.at = new Date('2026-05-14T00:31:00.000Z')
    await deliver()
    expect(titles()).toHaveLength(1)
    forward(minute)
    await deliver()
    expect(titles().slice(1)).toEqual(['每日汇总 3 条 Daily summary: 3'])
    expect(server.told.messages[1]!.text).toMatch(/医生的同意和撤回 2 .*联系人匹配的结果 1 /s)
    expect(await unsent()).toEqual([])
  })
})
