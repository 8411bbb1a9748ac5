import { contactEndpoints as endpoints, repEndpoints } from '@vouch/contract'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildAccount, buildCompany, buildContact, buildOrdinary, buildRep } from '../../../test/builders.ts'
import { call, startTestServer, type Answer, type TestServer } from '../../../test/test-server.ts'
import { createCallbackJournal } from '../receive-callback-event.ts'
import { settleCallbackEvents } from '../settle-callback-events.ts'
import { syncContacts } from './sync-contacts.ts'

let server: TestServer
let admin: string
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())
beforeEach(async () => {
  server.clock.at = new Date(server.clock.at.getTime() + 2 * 3_600_000)
  server.told.contacts.clear()
  for (const table of ['contactSyncRun', 'contactSyncRep', 'contactRepair', 'contactFollow'] as const)
    await server.owner.deleteFrom(table).execute()
  admin = await as('system_admin')
})

const as = async (...roles: string[]) => server.signIn(await buildRep(server, { roles, name: '何主管' }), 'console')
const start = (cookie: string, change: { requestId?: string; endMany?: boolean } = {}) =>
  call(server, cookie, endpoints.startSync, { requestId: randomUUID(), reason: '换了部门，重读一次', ...change })
const runs = async (cookie: string, cursor: string | null = null) => {
  const answer = await call(server, cookie, endpoints.listSyncRuns, { cursor })
  return { ...answer, read: endpoints.listSyncRuns.output.safeParse(answer.body) }
}
const nameOf = async (personId: string) =>
  (await server.db.selectFrom('person').select('wecomUserId').where('id', '=', personId).executeTakeFirstOrThrow())
    .wecomUserId

describe('a reading that is asked for', () => {
  it('begins once, with who asked and why in the list and in the trail, and is done by the job', async () => {
    const { body } = await start(admin)
    expect(body).toMatchObject({ outcome: 'started' })
    const listed = await runs(admin)
    expect(listed.read.success).toBe(true)
    expect(listed.body).toMatchObject({
      rows: [{ runId: body.runId, stage: 'reading', askedBy: '何主管', reason: '换了部门，重读一次' }],
      ...{ next: null, may: ['start'] },
    })
    const trail = await server.db
      .selectFrom('auditEntry')
      .select(['event', 'reason'])
      .where('subjectId', '=', body.runId)
      .execute()
    expect(trail).toEqual([{ event: 'contact.sync_asked', reason: '换了部门，重读一次' }])
    await syncContacts(server.deps)
    expect((await runs(admin)).body.rows[0]).toMatchObject({ stage: 'done', problem: null })
  })

  it('is one for ten who ask at once, and the same for one who asks again', async () => {
    const requestId = randomUUID()
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () => start(admin, { requestId })),
      ...Array.from({ length: 5 }, () => start(admin)),
    ])
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200))
    expect(new Set(answers.map(({ body }) => body.runId)).size).toBe(1)
    expect(answers.filter(({ body }) => body.outcome === 'running').length).toBeGreaterThanOrEqual(4)
    expect((await runs(admin)).body.rows).toHaveLength(1)
  })

  it.each(['compliance_officer', 'compliance', 'auditor', 'author', 'manager'])(
    'is not for a %s to begin',
    async (role) => {
      expect(await start(await as(role))).toMatchObject({ status: 403, body: { error: 'wrong_role' } })
    },
  )
})

describe('what came of it', () => {
  it.each([
    ['system_admin', 200],
    ['compliance_officer', 200],
    ['compliance', 200],
    ['auditor', 200],
    ['author', 403],
    ['manager', 403],
    ['rep', 403],
  ])('for a %s is %i', async (role, status) => {
    const cookie = await as(role)
    expect((await runs(cookie)).status).toBe(status)
    expect((await call(server, cookie, endpoints.listRepairs, {})).status).toBe(status)
    if (status === 200 && role !== 'system_admin') expect((await runs(cookie)).body.may).toEqual([])
  })

  it('is listed repair by repair with rep, contact and doctor, and who looked is in the trail', async () => {
    await syncContacts(server.deps)
    server.clock.at = new Date(server.clock.at.getTime() + 3_600_000)
    const repId = await buildRep(server, { name: '李娜' })
    const gone = await buildContact(server, repId, await buildAccount(server, { name: '赵敏' }), {
      provedAt: new Date(0),
    })
    const userId = await nameOf(repId)
    server.told.contacts.set('wmNew', { nickname: '新医生', followers: [{ userId, remark: '' }] })
    await syncContacts(server.deps)
    admin = await as('system_admin') // an hour is longer than a session lives unused
    const [run] = (await runs(admin)).body.rows
    expect(run).toMatchObject({ kind: 'scheduled', begun: 1, ended: 1 })
    const { body } = await call(server, admin, endpoints.listRepairs, { runId: run.runId })
    expect(endpoints.listRepairs.output.safeParse(body).success).toBe(true)
    const shown = { rep: '李娜', isNow: 'following', was: 'none', what: 'begun' }
    expect(body.rows).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...shown, externalUserId: 'wmNew', nickname: '新医生', account: null }),
        expect.objectContaining({ what: 'ended', externalUserId: gone, account: '赵敏', isNow: 'not_listed' }),
      ]),
    )
    const looked = await server.db
      .selectFrom('auditEntry')
      .select('subjectId')
      .where('event', '=', 'contact.repairs_viewed')
      .where('subjectId', '=', run.runId)
      .execute()
    expect(looked).toHaveLength(1)
  })

  it('is paged by keys, none twice and none left out', async () => {
    const repId = await buildRep(server)
    const externalUserId = await buildContact(server, repId, null)
    const rows = Array.from({ length: 120 }, (_, nth) => ({
      ...{ id: `R${String(nth).padStart(4, '0')}`, runId: 'run', at: new Date(1_700_000_000_000 + (nth % 3)) },
      ...{ what: 'begun' as const, repId, externalUserId, was: 'none', isNow: 'following' },
    }))
    await server.owner.insertInto('contactRepair').values(rows).execute()
    const seen: string[] = []
    for (let cursor: string | null = null, pages = 0; pages < 3; pages += 1) {
      const { body }: Answer = await call(server, admin, endpoints.listRepairs, { runId: 'run', cursor })
      seen.push(...body.rows.map((row: { repairId: string }) => row.repairId))
      cursor = body.next
    }
    expect(seen).toHaveLength(120)
    expect(new Set(seen).size).toBe(120)
  })
})

it('after a hand-over the taker reads what the giver sent, and the giver may not send any more', async () => {
  const giver = await buildOrdinary(server)
  const taker = await buildRep(server, { name: '李娜' })
  const send = (cookie: string) =>
    call(server, cookie, repEndpoints.authoriseSend, {
      ...{ requestId: randomUUID(), externalUserId: giver.externalUserId, contentItemId: giver.contentItemId },
      ...{ kind: 'news', entry: 'single_chat_tools', again: true },
    })
  server.clock.at = new Date(Math.ceil(server.clock.at.getTime() / 86_400_000) * 86_400_000 + 2 * 3_600_000) // in the morning
  await server.db.updateTable('person').set({ employmentProvedAt: server.clock.at }).execute()
  await server.db.updateTable('contactFollow').set({ provedAt: server.clock.at }).execute()
  const cookie = await server.signIn(giver.repId)
  expect((await send(cookie)).body).toMatchObject({ outcome: 'authorised' })

  const takerUserId = await nameOf(taker)
  const followers = [{ userId: takerUserId, remark: '心内陈', addWay: 202 }]
  server.told.contacts.set(giver.externalUserId, { nickname: '张伟', followers })
  const receive = createCallbackJournal(server.deps)
  const told = {
    ...{ event: 'change_external_contact' as const, externalUserId: giver.externalUserId, state: '', welcomeCode: '' },
    ...{ failReason: '', occurredAt: server.clock.at },
  }
  const ends = { changeType: 'del_external_contact' as const, source: 'DELETE_BY_TRANSFER' }
  await receive('giver', { ...told, ...ends, userId: await nameOf(giver.repId) })
  await receive('taker', { ...told, changeType: 'add_external_contact', source: '', userId: takerUserId })
  await settleCallbackEvents(server.deps)

  const history = await call(server, await server.signIn(taker), repEndpoints.history, {
    externalUserId: giver.externalUserId,
  })
  expect(history.body.sends).toMatchObject([{ contentItemId: giver.contentItemId, mine: false }])
  const refused = (await send(cookie)).body
  expect(refused.outcome).toBe('refused')
  expect(refused.refusals.map(({ reason }: { reason: string }) => reason)).toContain('contact_not_yours')
})
