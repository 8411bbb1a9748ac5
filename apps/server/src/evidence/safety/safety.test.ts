import { randomUUID } from 'node:crypto'
import { safetyEndpoints } from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createBrowser, startLinkBench, type LinkBench } from '../../../test/link-bench.ts'
import { buildColleague, type Colleague } from '../../../test/office.ts'
import { call, morning } from '../../../test/test-server.ts'
import { callForSafety, countOverdueSafety } from './call-for-safety.ts'

let server: LinkBench
let officer: Colleague
let drugSafety: Colleague
let auditor: Colleague
let administrator: Colleague
beforeAll(async () => {
  server = await startLinkBench()
  officer = await buildColleague(server, 'compliance_officer')
  drugSafety = await buildColleague(server, 'compliance')
  auditor = await buildColleague(server, 'auditor')
  administrator = await buildColleague(server, 'system_admin')
})
afterAll(() => server.stop())
beforeEach(async () => {
  server.clock.at = morning
  for (const table of ['safetyStep', 'safetyTask', 'safetyReport', 'outbox'] as const)
    await server.owner.deleteFrom(table).execute()
  await server.owner.updateTable('company').set({ safetyOwnerId: null }).execute()
})

const hour = 3_600_000
const forward = (hours: number) => {
  server.clock.at = new Date(server.clock.at.getTime() + hours * hour)
}

/** A report from a doctor's page, and its id. */
async function report(given: Record<string, string> = {}): Promise<string> {
  const fields = { requestId: randomUUID(), happened: '皮疹', seriousness: 'serious', ...given }
  const before = new Set((await ids()).map(({ id }) => id))
  await createBrowser(server).form('/l/safety', new URLSearchParams(fields).toString())
  return (await ids()).map(({ id }) => id).find((id) => !before.has(id)) ?? ''
}
const ids = () => server.db.selectFrom('safetyReport').select('id').execute()
/** Hours pass between steps: each is done in a session of its own. */
const sit = (who: Colleague) => server.signIn(who.id, 'console')
const load = async (who: Colleague, reportId: string) =>
  call(server, await sit(who), safetyEndpoints.loadSafetyReport, { reportId })
const acknowledge = async (who: Colleague, reportId: string) =>
  call(server, await sit(who), safetyEndpoints.acknowledgeSafety, { reportId })
const handOver = (who: Colleague, reportId: string, toPerson: string, requestId: string = randomUUID()) =>
  call(server, who.cookie, safetyEndpoints.handOverSafety, { requestId, reportId, toPerson, reason: '她负责这个产品' })
const steps = (reportId: string) =>
  server.db
    .selectFrom('safetyStep')
    .select(['step', 'personId'])
    .where('reportId', '=', reportId)
    .orderBy('id')
    .execute()
const told = async (kind: string) =>
  (await server.db.selectFrom('outbox').select('toPerson').where('kind', '=', kind).execute())
    .map(({ toPerson }) => toPerson)
    .sort()
const events = async (subjectId: string) =>
  (
    await server.db.selectFrom('auditEntry').select('event').where('subjectId', '=', subjectId).orderBy('id').execute()
  ).map(({ event }) => event)

describe('[R29] the clock', () => {
  it('runs from the arrival; the first look is a step, and every look is on record', async () => {
    const reportId = await report()
    forward(1)
    const first = await load(auditor, reportId)
    expect(first.body).toMatchObject({
      ...{ happened: '皮疹', awareAt: morning.toISOString(), viewedAt: server.clock.at.toISOString() },
      acknowledgeBy: new Date(morning.getTime() + 24 * hour).toISOString(),
      reportBy: new Date(morning.getTime() + 15 * 24 * hour).toISOString(),
      may: [],
    })
    await load(officer, reportId)
    expect(await steps(reportId)).toEqual([{ step: 'viewed', personId: auditor.id }])
    expect(await events(reportId)).toEqual(['safety.reported', 'safety.viewed', 'safety.viewed'])
  })

  it('calls the owner after half a day, everybody in charge after a whole one, and each once', async () => {
    const reportId = await report()
    forward(11.9)
    await callForSafety(server.deps)
    expect(await told('safety_due')).toEqual([])
    forward(0.1)
    await Promise.all(Array.from({ length: 10 }, () => callForSafety(server.deps)))
    expect(await told('safety_due')).toEqual([officer.id])
    expect(await countOverdueSafety(server.deps)).toBe(0)
    forward(12)
    expect(await countOverdueSafety(server.deps)).toBe(1)
    await Promise.all(Array.from({ length: 10 }, () => callForSafety(server.deps)))
    expect(await told('safety_due')).toEqual([officer.id, officer.id, administrator.id].sort())
    forward(24)
    await callForSafety(server.deps)
    expect((await steps(reportId)).map(({ step }) => step)).toEqual(['reminded', 'escalated', 'escalated'])
    expect(await events(reportId)).toEqual([
      'safety.reported',
      'safety.reminded',
      'safety.escalated',
      'safety.escalated',
    ])
  })

  it('after the service was down for two days makes the one call that is due', async () => {
    const reportId = await report()
    forward(50)
    await callForSafety(server.deps)
    await callForSafety(server.deps)
    expect((await steps(reportId)).map(({ step }) => step)).toEqual(['escalated'])
  })

  it('stops with the acknowledgement, which happens once, whoever is first of ten', async () => {
    const reportId = await report()
    const people = Array.from({ length: 10 }, (_, nth) => (nth % 2 ? officer : drugSafety))
    const answers = await Promise.all(people.map((who) => acknowledge(who, reportId)))
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
    expect(await steps(reportId)).toHaveLength(1)
    expect(await events(reportId)).toEqual(['safety.reported', 'safety.acknowledged'])
    forward(60)
    await callForSafety(server.deps)
    expect(await told('safety_due')).toEqual([])
    expect(await countOverdueSafety(server.deps)).toBe(0)
  })
})

describe('a report changes hands', () => {
  it('with a reason, to somebody who may answer for it, who is told once', async () => {
    const reportId = await report()
    const requestId = randomUUID()
    await Promise.all(Array.from({ length: 10 }, () => handOver(officer, reportId, drugSafety.id, requestId)))
    expect(await told('safety_given')).toEqual([drugSafety.id])
    const { body } = await load(drugSafety, reportId)
    expect(body.steps).toMatchObject([
      { step: 'handed_over', to: 'compliance', reason: '她负责这个产品' },
      { step: 'viewed' },
    ])
    forward(12)
    await callForSafety(server.deps)
    expect(await told('safety_due')).toEqual([drugSafety.id])
  })

  it('never to somebody without that office, and not without a reason', async () => {
    const reportId = await report()
    expect(await handOver(officer, reportId, auditor.id)).toMatchObject({ status: 400, body: { field: 'toPerson' } })
    const bare = { requestId: randomUUID(), reportId, toPerson: drugSafety.id, reason: ' ' }
    expect((await call(server, officer.cookie, safetyEndpoints.handOverSafety, bare)).status).toBe(400)
    expect(await steps(reportId)).toEqual([])
  })
})

describe('who may do what', () => {
  it('looking: those in charge and the auditor; working: those in charge', async () => {
    const reportId = await report()
    const author = await buildColleague(server, 'author')
    for (const who of [author, administrator]) {
      expect((await load(who, reportId)).body.error).toBe('wrong_role')
      expect((await acknowledge(who, reportId)).body.error).toBe('wrong_role')
    }
    expect((await acknowledge(auditor, reportId)).body.error).toBe('wrong_role')
    expect((await handOver(auditor, reportId, officer.id)).body.error).toBe('wrong_role')
    expect((await load(officer, 'nothing')).status).toBe(404)
    expect(await steps(reportId)).toEqual([])
  })

  it('the company’s choice of owner is told alone, and is changed by a compliance officer with a reason', async () => {
    const change = { ownerId: drugSafety.id, seriousDays: 7, otherDays: 20, reason: '药物安全负责人' }
    const save = (who: Colleague, given = {}) =>
      call(server, who.cookie, safetyEndpoints.saveSafetyRule, { ...change, ...given })
    expect((await save(drugSafety)).body.error).toBe('wrong_role')
    expect((await save(officer, { ownerId: auditor.id })).body.field).toBe('ownerId')
    expect((await save(officer)).body).toEqual({ outcome: 'done' })
    expect(await events('company')).toContain('safety.rule_changed')
    const reportId = await report({ seriousness: 'not_serious' })
    expect(await told('safety')).toEqual([drugSafety.id])
    expect((await load(officer, reportId)).body.reportBy).toBe(
      new Date(morning.getTime() + 20 * 24 * hour).toISOString(),
    )
    const { body } = await call(server, officer.cookie, safetyEndpoints.safetyRule, {})
    expect(body).toMatchObject({ ownerId: drugSafety.id, seriousDays: 7, otherDays: 20, mayChange: true })
  })
})

describe('the list', () => {
  it('shows what is open oldest first with its clock, page after page', async () => {
    const made: string[] = []
    for (let nth = 0; nth < 55; nth += 1) {
      await createBrowser(server).form(
        `/l/${'p'.repeat(20)}${nth}/safety`,
        new URLSearchParams({ requestId: randomUUID(), happened: '皮疹', product: `药 ${nth}` }).toString(),
      )
      forward(0.01)
      made.push(`药 ${nth}`)
    }
    const list = async (show: 'open' | 'all', cursor: string | null = null) =>
      call(server, await sit(officer), safetyEndpoints.listSafetyReports, { show, cursor })
    const first = await list('open')
    const rest = await list('open', first.body.next)
    const names = [...first.body.rows, ...rest.body.rows].map((row: { product: string }) => row.product)
    expect(names).toEqual(made)
    expect(rest.body.next).toBeNull()
    await acknowledge(officer, first.body.rows[0].reportId)
    expect((await list('open')).body.rows[0].product).toBe('药 1')
    expect((await list('all')).body.rows[0].product).toBe('药 54')
    expect(JSON.stringify(first.body)).not.toContain('皮疹')
  })
})
