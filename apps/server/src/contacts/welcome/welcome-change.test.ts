import { randomUUID } from 'node:crypto'
import { welcomeEndpoints, type AskedInput, type Output } from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildCompany, buildPiece } from '../../../test/builders.ts'
import { buildColleague, eventsOf, type Colleague } from '../../../test/office.ts'
import { call, startTestServer, type TestServer } from '../../../test/test-server.ts'
import { findCompanyWords } from './welcome-queries.ts'
import { firstWords } from './welcome-words.ts'

let server: TestServer
let admin: Colleague
let officer: Colleague
let second: Colleague
let auditor: Colleague
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  await server.owner.insertInto('company').values({ id: 1, name: '示例药业', nameEn: 'Example' }).execute()
  await buildPiece(server)
  admin = await buildColleague(server, 'system_admin')
  officer = await buildColleague(server, 'compliance_officer')
  second = await buildColleague(server, 'compliance')
  auditor = await buildColleague(server, 'auditor')
})
afterAll(() => server.stop())
beforeEach(async () => {
  await server.owner.deleteFrom('welcomeChange').execute()
  await server.owner.deleteFrom('welcomeText').execute()
})

type Proposal = Partial<AskedInput<typeof welcomeEndpoints.proposeWelcomeText>>
const propose = (who: Colleague, given: Proposal = {}) =>
  call(server, who.cookie, welcomeEndpoints.proposeWelcomeText, {
    ...{ requestId: randomUUID(), version: 0, wordingZh: '您好，我是{rep}。', wordingEn: 'Hello, I am {rep}.' },
    ...{ reason: '更短一些', ...given },
  })
const proposed = async (who = officer): Promise<string> => (await propose(who)).body.changeId
const decide = (who: Colleague, changeId: string, decision: 'approved' | 'declined' | 'taken_back', reason = '') =>
  call(server, who.cookie, welcomeEndpoints.decideWelcomeText, { changeId, decision, reason })
const page = async (who: Colleague) =>
  (await call(server, who.cookie, welcomeEndpoints.loadWelcomeText, {})).body as Output<
    typeof welcomeEndpoints.loadWelcomeText
  >
const told = async (subjectId: string) => {
  const rows = await server.owner
    .selectFrom('outbox')
    .select(['kind', 'toPerson'])
    .where('subjectId', '=', subjectId)
    .execute()
  return rows.map(({ kind, toPerson }) => `${kind} ${toPerson}`).toSorted()
}
const saidNow = async () => (await findCompanyWords(server.db)).wordingZh

describe('other words for the welcome', () => {
  test('are said once a second person approved them, and the old ones until then', async () => {
    const changeId = await proposed()
    expect(await saidNow()).toBe(firstWords['zh-CN'])
    expect(await page(officer)).toMatchObject({ may: [], change: { changeId, mine: true, reason: '更短一些' } })
    expect(await page(auditor)).toMatchObject({ may: [], change: { changeId, mine: false } })
    expect(await page(admin)).toMatchObject({ may: [], change: { mine: false } })
    expect(await page(second)).toMatchObject({ may: ['decide'], change: { wordingEn: 'Hello, I am {rep}.' } })
    expect(await told(changeId)).toEqual([`welcome_change ${second.id}`])
    expect((await decide(second, changeId, 'approved')).body).toEqual({ outcome: 'done', version: 1 })
    expect(await saidNow()).toBe('您好，我是{rep}。')
    expect(await page(second)).toMatchObject({
      ...{ version: 1, changedBy: 'compliance_officer', approvedBy: 'compliance', change: null, may: ['change'] },
    })
    expect(await eventsOf(server, changeId)).toEqual(['welcome_text.change_proposed', 'welcome_text.changed'])
    expect(await told(changeId)).toEqual([`welcome_change ${second.id}`, `welcome_decided ${officer.id}`])
    const changed = await server.db
      .selectFrom('auditEntry')
      .select(['actorId', 'detail'])
      .where('subjectId', '=', changeId)
      .where('event', '=', 'welcome_text.changed')
      .executeTakeFirstOrThrow()
    expect(changed.actorId).toBe(second.id)
    expect(JSON.stringify(changed.detail)).toContain('您好，我是{rep}。')
  })

  test('are never approved by whoever asked, nor by who answers for no compliance', async () => {
    const changeId = await proposed()
    expect((await decide(officer, changeId, 'approved')).body).toMatchObject({ reasons: ['own_change'] })
    expect((await decide(officer, changeId, 'declined', '还是算了')).body).toMatchObject({ reasons: ['own_change'] })
    expect((await decide(second, changeId, 'taken_back')).body).toMatchObject({ reasons: ['own_change'] })
    expect((await decide(admin, changeId, 'approved')).status).toBe(403)
    expect((await decide(auditor, changeId, 'approved')).status).toBe(403)
    expect((await propose(auditor)).status).toBe(403)
    expect(await saidNow()).toBe(firstWords['zh-CN'])
    expect((await decide(officer, changeId, 'taken_back')).body).toMatchObject({ outcome: 'done', version: null })
    expect(await eventsOf(server, changeId)).toEqual([
      'welcome_text.change_proposed',
      ...Array<string>(3).fill('welcome_text.change_refused'),
      'welcome_text.change_taken_back',
    ])
    expect((await decide(admin, await proposed(admin), 'taken_back')).body).toMatchObject({ outcome: 'done' })
  })

  test('are declined with a reason, and then nothing changes', async () => {
    const changeId = await proposed(admin)
    expect(await decide(second, changeId, 'declined')).toMatchObject({ status: 400, body: { field: 'reason' } })
    expect((await decide(second, changeId, 'declined', '语气太硬')).body).toMatchObject({ outcome: 'done' })
    expect(await saidNow()).toBe(firstWords['zh-CN'])
    expect(await told(changeId)).toContain(`welcome_decided ${admin.id}`)
    expect(await eventsOf(server, changeId)).toEqual(['welcome_text.change_proposed', 'welcome_text.change_declined'])
    expect((await decide(second, changeId, 'approved')).body).toMatchObject({ reasons: ['already_decided'] })
    expect((await decide(second, randomUUID(), 'approved')).status).toBe(404)
  })

  test('are not approved once whoever asked may ask for none any more, and can be declined', async () => {
    const gone = await buildColleague(server, 'system_admin')
    const changeId = await proposed(gone)
    await server.owner.deleteFrom('personRole').where('personId', '=', gone.id).execute()
    expect((await decide(second, changeId, 'approved')).body).toEqual({
      ...{ outcome: 'refused', reasons: ['asker_lost_right'], about: '' },
    })
    expect(await saidNow()).toBe(firstWords['zh-CN'])
    expect((await decide(second, changeId, 'declined', '提的人换岗了')).body).toMatchObject({ outcome: 'done' })
  })

  test('follow the newest version, one at a time, and name no product', async () => {
    const requestId = randomUUID()
    const first = await propose(officer, { requestId })
    expect((await propose(officer, { requestId })).body).toEqual(first.body)
    expect((await propose(second)).body).toMatchObject({ reasons: ['another_open'] })
    await decide(second, first.body.changeId, 'approved')
    expect((await propose(second)).body).toMatchObject({ reasons: ['newer_version', 'nothing_changed'] })
    const wordingZh = '您好，欢迎了解 Examplimab'
    expect((await propose(second, { version: 1, wordingZh })).body).toEqual({
      ...{ outcome: 'refused', reasons: ['names_product'], about: 'Examplimab' },
    })
  })

  test('are one of ten asked at once, and decided once by ten at once', async () => {
    const asked = await Promise.all(Array.from({ length: 10 }, () => propose(officer)))
    expect(asked.map(({ body }) => body.outcome).toSorted()).toEqual(['proposed', ...Array<string>(9).fill('refused')])
    const { changeId } = asked.find(({ body }) => body.outcome === 'proposed')!.body
    const decided = await Promise.all(Array.from({ length: 10 }, () => decide(second, changeId, 'approved')))
    expect(decided.map(({ body }) => body.outcome).toSorted()).toEqual(['done', ...Array<string>(9).fill('refused')])
    expect(await server.db.selectFrom('welcomeText').select('version').execute()).toEqual([{ version: 1 }])
  })
})
