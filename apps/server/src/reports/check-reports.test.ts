import { checkEndpoints, type Finding } from '@vouch/contract'
import { shanghaiDay } from '@vouch/rules'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildCompany } from '../../test/builders.ts'
import { buildColleague, type Colleague } from '../../test/office.ts'
import { addAttempt, addFact, buildReportWorld, type ReportWorld } from '../../test/report-world.ts'
import { call, morning, startTestServer, type TestServer } from '../../test/test-server.ts'
import { checkReports } from './check-reports.ts'
import { countDoctors } from './count-doctors.ts'
import { countReports } from './count-reports.ts'
import { readProgress } from './due-days.ts'

let server: TestServer
let world: ReportWorld
let admin: Colleague
const hour = 3_600_000
/** Of the day after the sends: four in the morning in Shanghai. */
const night = new Date('2026-05-13T20:00:00.000Z')

beforeEach(async () => {
  server = await startTestServer()
  await buildCompany(server)
  world = await buildReportWorld(server, { doctors: 2 })
  admin = await buildColleague(server, 'system_admin')
  const [repId, accountId, piece] = [world.reps[0]!, world.doctors[0]!, world.pieces[0]!]
  await addAttempt(server, { repId, accountId, piece, at: morning, facts: ['K'] })
})
afterEach(() => server.stop())

async function found(): Promise<Finding> {
  const cookie = await server.signIn(admin.id, 'console')
  return (await call(server, cookie, checkEndpoints.runCheck, { checkId: 'data.reports' })).body
}
const said = async () => JSON.parse((await readProgress(server.db, 'check'))?.said ?? 'null')
const passed = async () =>
  (
    await server.db
      .selectFrom('reportCount')
      .select('n')
      .where('measure', '=', 'passed')
      .where('dimension', '=', 'whole')
      .executeTakeFirstOrThrow()
  ).n

describe('the recount at night', () => {
  it('[REP-18] says until when was counted, and that it was never or long ago', async () => {
    expect(await found()).toMatchObject({ outcome: 'not_asked' })
    await countDoctors(server.deps)
    await countReports(server.deps)
    expect(await found()).toMatchObject({ outcome: 'ok' })
    server.clock.at = new Date(morning.getTime() + hour)
    expect(await found()).toMatchObject({ outcome: 'warning', fact: { zh: '报表只统计到 2026-05-13 10:00 +08:00' } })
  })

  it('[REP-18] comes once a night and finds nothing where nothing is wrong', async () => {
    server.clock.at = new Date(night.getTime() - 2 * hour)
    await checkReports(server.deps)
    expect(await said()).toBeNull()
    server.clock.at = night
    await checkReports(server.deps)
    expect(await said()).toMatchObject({ wrong: [] })
    expect(await found()).toMatchObject({ outcome: 'ok' })
    const first = (await readProgress(server.db, 'check'))?.until
    server.clock.at = new Date(night.getTime() + hour)
    await checkReports(server.deps)
    expect((await readProgress(server.db, 'check'))?.until).toEqual(first)
  })

  it('[REP-18] tells a figure that is not what the facts say, and puts it right', async () => {
    await countDoctors(server.deps)
    await countReports(server.deps)
    server.clock.at = new Date(morning.getTime() + hour) // from here on nothing becomes known
    await countReports(server.deps)
    await server.db.updateTable('reportCount').set({ n: 7 }).where('measure', '=', 'passed').execute()
    server.clock.at = night
    await checkReports(server.deps)
    expect(await said()).toMatchObject({ wrong: ['2026-05-13'] })
    expect(await passed()).toBe(1)
    expect(await found()).toMatchObject({ outcome: 'warning', details: [{ zh: '2026-05-13' }] })
    expect(server.logged.some((line) => line.includes('figures differ from a recount'))).toBe(true)
    server.clock.at = new Date(night.getTime() + 24 * hour)
    await checkReports(server.deps)
    expect(await said()).toMatchObject({ wrong: [] })
  })

  it('[REP-18] tells versions that do not come to the sum of their days, and puts them right', async () => {
    await countReports(server.deps)
    await server.db.updateTable('reportVersion').set({ client: 7, proven: 2 }).execute()
    server.clock.at = night
    await checkReports(server.deps)
    expect(await said()).toMatchObject({ wrong: [], versions: 1 })
    const kept = await server.db.selectFrom('reportVersion').select(['client', 'proven', 'links']).execute()
    expect(kept).toEqual([{ client: 1, proven: 0, links: 1 }])
    expect(await found()).toMatchObject({ outcome: 'warning', fact: { zh: expect.stringContaining('1 个版本') } })
    server.clock.at = new Date(night.getTime() + 24 * hour)
    await checkReports(server.deps)
    expect(await said()).toMatchObject({ versions: 0 })
  })

  it('[REP-18] takes what only just became known for no difference', async () => {
    await countReports(server.deps)
    const { id } = await server.db.selectFrom('send').select('id').executeTakeFirstOrThrow()
    server.clock.at = night
    await addFact(server, id, 'O', night)
    await checkReports(server.deps)
    expect(await said()).toMatchObject({ wrong: [] })
    expect(shanghaiDay(morning)).toBe(shanghaiDay(night) - 1)
  })
})
