import { noticeEndpoints, type NoticeChoices } from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCompany, buildRep } from '../../test/builders.ts'
import { call, morning, startTestServer, type TestServer } from '../../test/test-server.ts'
import { addNotices } from './add-notices.ts'
import { deliverOutbox } from './deliver-outbox.ts'

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
  server.told.unreachable.clear()
})

const endpoints = {
  rep: [noticeEndpoints.loadRepChoices, noticeEndpoints.chooseRepNotice],
  console: [noticeEndpoints.loadOfficeChoices, noticeEndpoints.chooseOfficeNotice],
} as const
async function sit(face: 'rep' | 'console', roles: string[]) {
  const personId = await buildRep(server, { roles })
  const cookie = await server.signIn(personId, face)
  const [load, choose] = endpoints[face]
  return {
    personId,
    load: async () => (await call(server, cookie, load, {})).body as NoticeChoices,
    choose: (kind: string, pace: 'now' | 'daily' | 'off') => call(server, cookie, choose, { kind, pace }),
    failed: async () => (await call(server, cookie, noticeEndpoints.listFailedNotices, {})).body,
    again: (noticeId: string) => call(server, cookie, noticeEndpoints.sendNoticeAgain, { noticeId }),
  }
}
const paceOf = ({ kinds }: NoticeChoices, kind: string) => kinds.find((one) => one.kind === kind)?.pace
const trail = (personId: string) =>
  server.db
    .selectFrom('auditEntry')
    .select('detail')
    .where('subjectId', '=', personId)
    .where('event', '=', 'notice.choice_changed')
    .execute()

describe('how somebody is told', () => {
  it('a rep sees the kinds of reps, with why some cannot be switched off', async () => {
    const rep = await sit('rep', ['rep', 'compliance_officer'])
    const loaded = await rep.load()
    expect(loaded.kinds.map(({ kind }) => kind)).toEqual([
      ...['withdrawn', 'correction', 'leak', 'consent', 'unknown_send', 'match', 'account_change'],
    ])
    expect(loaded).toMatchObject({ quietFrom: 22 * 60, quietUntil: 8 * 60 })
    expect(loaded.kinds[0]).toMatchObject({ pace: 'now', atNight: true, fixed: { zh: '关系患者安全，不能关闭' } })
    expect(paceOf((await rep.choose('consent', 'daily')).body, 'consent')).toBe('daily')
    expect(paceOf(await rep.load(), 'consent')).toBe('daily')
    await rep.choose('consent', 'daily')
    expect(await trail(rep.personId)).toMatchObject([
      { detail: { kind: 'consent', before: { pace: 'now' }, after: { pace: 'daily' } } },
    ])
  })

  it('nobody switches off what is fixed, or what belongs to others', async () => {
    const rep = await sit('rep', ['rep'])
    const author = await sit('console', ['author'])
    for (const kind of ['withdrawn', 'leak', 'review', 'nothing', '__proto__'])
      expect((await rep.choose(kind, 'off')).status).toBe(400)
    for (const kind of ['safety', 'review', 'consent']) expect((await author.choose(kind, 'off')).status).toBe(400)
    expect((await author.load()).kinds.map(({ kind }) => kind)).toEqual(['returned', 'approved', 'expiring'])
    expect((await author.choose('returned', 'off')).status).toBe(200)
    expect(await trail(rep.personId)).toEqual([])
  })

  it('ten choices at once leave one row and a trail without gaps', async () => {
    const rep = await sit('rep', ['rep'])
    const paces = Array.from({ length: 10 }, (_, number) => (number % 2 === 0 ? 'off' : 'daily') as 'off' | 'daily')
    const answers = await Promise.all(paces.map((pace) => rep.choose('consent', pace)))
    expect(answers.map(({ status }) => status)).toEqual(paces.map(() => 200))
    const rows = await server.db.selectFrom('noticeChoice').selectAll().where('personId', '=', rep.personId).execute()
    expect(rows).toHaveLength(1)
    const steps = (await trail(rep.personId)).map(({ detail }) => detail as { before: unknown; after: unknown })
    for (const [place, step] of steps.slice(1).entries()) expect(step.before).toEqual(steps[place]!.after)
    expect(steps.at(-1)?.after).toEqual({ pace: rows[0]!.pace })
  })

  it('somebody without an office has no choices there', async () => {
    const rep = await sit('console', ['rep'])
    expect((await rep.choose('returned', 'off')).body.error).toBe('wrong_role')
  })
})

describe('what did not arrive', () => {
  async function fail(toPerson: string) {
    server.told.unreachable.add(`rep-${toPerson.toLowerCase()}`)
    const notice = { kind: 'consent' as const, toPerson, subjectId: server.deps.newId(), path: '/sidebar' }
    await server.db
      .transaction()
      .execute((trx) =>
        addNotices(trx, server.deps.newId, server.deps.now(), [{ ...notice, title: '张伟 已同意', text: '可以发了' }]),
      )
    await deliverOutbox(server.deps)
    return notice.subjectId
  }

  it('is listed with its reason, without its words, for system administrators alone', async () => {
    const [admin, officer] = [await sit('console', ['system_admin']), await sit('console', ['compliance_officer'])]
    const rep = await buildRep(server, { name: '李娜' })
    await fail(rep)
    const { rows } = await admin.failed()
    expect(rows).toMatchObject([
      { to: '李娜', problem: 'unknown_member', maySend: true, name: { zh: '医生的同意和撤回' } },
    ])
    expect(JSON.stringify(rows)).not.toContain('张伟')
    expect(await officer.failed()).toMatchObject({ error: 'wrong_role' })
    expect((await officer.again(rows[0].noticeId)).body.error).toBe('wrong_role')
    expect((await admin.again('nothing')).status).toBe(404)
  })

  it('is owed again once, however many ask, and then arrives', async () => {
    const admin = await sit('console', ['system_admin'])
    const rep = await buildRep(server)
    const subjectId = await fail(rep)
    server.told.unreachable.clear()
    const [{ noticeId }] = (await admin.failed()).rows
    const answers = await Promise.all(Array.from({ length: 10 }, () => admin.again(noticeId)))
    expect(answers.map(({ body }) => body.outcome).toSorted()).toEqual([...Array(9).fill('already'), 'owed'])
    await Promise.all(Array.from({ length: 10 }, () => deliverOutbox(server.deps)))
    expect(server.told.messages).toHaveLength(1)
    expect((await admin.failed()).rows).toEqual([])
    expect((await admin.again(noticeId)).body).toEqual({ outcome: 'already' })
    const events = await server.db
      .selectFrom('auditEntry')
      .select('event')
      .where('subjectId', '=', subjectId)
      .orderBy('id')
      .execute()
    expect(events.map(({ event }) => event)).toEqual(['notice.failed', 'notice.sent_again', 'notice.sent'])
  })

  it('is not sent to somebody who left', async () => {
    const admin = await sit('console', ['system_admin'])
    const rep = await buildRep(server)
    await fail(rep)
    await server.db.updateTable('person').set({ status: 'left' }).where('id', '=', rep).execute()
    const [row] = (await admin.failed()).rows
    expect(row.maySend).toBe(false)
    expect((await admin.again(row.noticeId)).body).toEqual({ outcome: 'left' })
  })
})
