import { verdict, type FactKind } from '@vouch/rules'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildCompany } from '../../test/builders.ts'
import {
  addAttempt,
  addFact,
  addView,
  buildReportWorld,
  chanceOf,
  firstDay,
  minute,
  passTime,
  reportDay,
  say,
  somethingHappens,
  type ReportWorld,
} from '../../test/report-world.ts'
import { morning, startTestServer, type TestServer } from '../../test/test-server.ts'
import { countDay } from './count-day.ts'
import { countDoctors } from './count-doctors.ts'
import { countReports } from './count-reports.ts'
import { askChangedDays, askDays, findDue, readProgress } from './due-days.ts'
import { keepDay } from './keep-day.ts'
import { differencesOf, readKept, recount } from './recount.ts'
import { checkVersions } from './version-totals.ts'

let server: TestServer
let world: ReportWorld
beforeEach(async () => {
  server = await startTestServer()
  await buildCompany(server)
  world = await buildReportWorld(server)
})
afterEach(() => server.stop())

/** As the jobs do it in their turns: what changed about doctors, then the days. */
async function countAll(): Promise<void> {
  await countDoctors(server.deps)
  await countReports(server.deps)
}
const all = () => ({ from: firstDay, until: reportDay(server.clock.at) })
const wrong = async () => [
  ...differencesOf(await readKept(server.db, all()), await recount(server.db, all())),
  ...(await checkVersions(server.db)),
]

/** One measure over everything, straight from the tables and without anything the jobs use. */
async function naive(measure: 'passed' | 'refused' | 'opened' | 'proven' | 'unknown'): Promise<number> {
  const sends = await server.db.selectFrom('send').select(['id', 'outcome', 'class', 'kind']).execute()
  const facts = await server.db.selectFrom('fact').select(['sendId', 'kind']).execute()
  const kinds = (id: string): FactKind[] => facts.filter((fact) => fact.sendId === id).map(({ kind }) => kind)
  const ofContent = sends.filter((send) => send.class !== 'consent')
  if (measure === 'refused') return ofContent.filter(({ outcome }) => outcome === 'refused').length
  const passed = ofContent.filter(({ outcome }) => outcome === 'authorised')
  if (measure === 'passed') return passed.length
  if (measure === 'opened') return passed.filter(({ id }) => kinds(id).includes('O')).length
  const meant = {
    proven: ['SENT_PROVEN', 'SENT_RECALLED'],
    unknown: ['UNKNOWN', 'UNKNOWN_ATTESTED_SENT', 'UNKNOWN_ATTESTED_NOT'],
  }
  return passed.filter(({ id }) => meant[measure].includes(verdict(kinds(id)))).length
}

async function kept(measure: string, dimension: 'whole' | 'rep' | 'hospital' = 'whole'): Promise<number> {
  const row = await server.db
    .selectFrom('reportCount')
    .select((eb) => eb.fn.sum<number>('n').as('n'))
    .where('measure', '=', measure)
    .where('dimension', '=', dimension)
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

describe('figures are kept by jobs and equal a recount', () => {
  it.each([1, 2, 3])('[REP-02] whatever happens, however late: world %i', async (seed) => {
    const chance = chanceOf(seed)
    for (let round = 0; round < 10; round += 1) {
      for (let things = 0; things < 10; things += 1) await somethingHappens(server, world, chance)
      passTime(server, chance)
      if (chance.below(3) > 0) await countAll()
    }
    await countAll()
    expect(await wrong()).toEqual([])
    expect((await readKept(server.db, all())).size).toBeGreaterThan(200)
    for (const measure of ['passed', 'refused', 'opened'] as const) {
      expect(await kept(measure)).toBe(await naive(measure))
      expect(await kept(measure, 'rep')).toBe(await naive(measure))
      expect(await kept(measure, 'hospital')).toBe(await naive(measure))
    }
    expect(await kept('is:proven')).toBe(await naive('proven'))
    expect(await kept('is:unknown')).toBe(await naive('unknown'))
    const versions = await server.db
      .selectFrom('reportVersion')
      .select(({ fn }) => [fn.sum('proven').as('proven'), fn.sum('unknown').as('unknown')])
      .select(({ fn }) => fn.sum('linksOpened').as('opened'))
      .executeTakeFirstOrThrow()
    for (const measure of ['proven', 'unknown', 'opened'] as const)
      expect(Number(versions[measure]), measure).toBe(await naive(measure))
  })

  it('[REP-02] the job stopped after any day goes on with those that are left', async () => {
    const chance = chanceOf(7)
    for (let things = 0; things < 60; things += 1) {
      await somethingHappens(server, world, chance)
      passTime(server, chance)
    }
    await askChangedDays(server.deps)
    const [first] = await findDue(server.db, 1)
    await keepDay(server.db, first!, await countDay(server.db, first!.day)) // and then it is killed
    expect((await findDue(server.db, 100)).length).toBeGreaterThan(3)
    expect(await readProgress(server.db, 'counted')).toBeUndefined()
    await countAll()
    expect(await findDue(server.db, 1)).toEqual([])
    expect((await readProgress(server.db, 'counted'))?.until).toEqual(server.clock.at)
    expect(await wrong()).toEqual([])
  })

  it('[REP-02] ten at once count everything once', async () => {
    const chance = chanceOf(11)
    for (let things = 0; things < 80; things += 1) {
      await somethingHappens(server, world, chance)
      passTime(server, chance)
    }
    await Promise.all(Array.from({ length: 5 }, () => [countDoctors(server.deps), countReports(server.deps)]).flat())
    await countReports(server.deps)
    expect(await wrong()).toEqual([])
    expect(await kept('passed')).toBe(await naive('passed'))
  })

  it('[REP-02] what became known while a day was counted is not lost', async () => {
    const [repId, accountId, piece] = [world.reps[0]!, world.doctors[0]!, world.pieces[0]!]
    const sendId = await addAttempt(server, { repId, accountId, piece, at: morning, facts: ['K'] })
    const day = reportDay(morning)
    await askDays(server.deps, [day])
    const [due] = await findDue(server.db, 1)
    const stale = await countDay(server.db, day)
    await addFact(server, sendId, 'O', morning)
    await askDays(server.deps, [day]) // another instance has noticed
    expect(await keepDay(server.db, due!, stale)).toBe(false)
    await countAll()
    expect([await kept('is:opened'), await kept('is:client')]).toEqual([1, 0])
    expect(await keepDay(server.db, due!, stale)).toBe(false) // somebody else has counted it
    expect(await wrong()).toEqual([])
  })
})

describe('late facts change the day they belong to', () => {
  const later = (minutes: number): Date => {
    server.clock.at = new Date(server.clock.at.getTime() + minutes * minute)
    return server.clock.at
  }
  const one = async (facts: FactKind[]) =>
    addAttempt(server, {
      repId: world.reps[0]!,
      accountId: world.doctors[0]!,
      piece: world.pieces[0]!,
      at: server.clock.at,
      facts,
    })
  const figures = async (day: number) => {
    const rows = await server.db
      .selectFrom('reportCount')
      .select(['measure', 'n'])
      .where('dimension', '=', 'whole')
      .where('day', '=', day)
      .execute()
    return Object.fromEntries(rows.map(({ measure, n }) => [measure, n]))
  }

  it('[REP-03] a deadline turns into unknown, an opening weeks later into opened', async () => {
    const sendId = await one([])
    await countAll()
    expect(await figures(reportDay(morning))).toEqual({ passed: 1, 'is:open': 1, link: 1 })
    await addFact(server, sendId, 'T', later(12))
    await countAll()
    expect(await figures(reportDay(morning))).toEqual({ passed: 1, 'is:unknown': 1, link: 1 })
    await addFact(server, sendId, 'O', later(40 * 1_440))
    await countAll()
    expect(await figures(reportDay(morning))).toEqual({ passed: 1, 'is:opened': 1, link: 1, opened: 1, 'open_m:14': 1 })
    expect(await figures(reportDay(server.clock.at))).toEqual({})
  })

  it('[REP-04] reading is counted while the doctor agrees to its record, and no longer', async () => {
    const sendId = await one(['K'])
    await addFact(server, sendId, 'O', later(3))
    for (const page of [1, 2, 3, 4]) await addView(server, sendId, page, { at: server.clock.at, ms: 20_000 })
    await countAll()
    expect((await figures(reportDay(morning)))['read']).toBeUndefined()
    await say(server, world.doctors[0]!, { purpose: 'reading_record', statement: 'opted_in', at: later(10) })
    await countAll()
    expect(await figures(reportDay(morning))).toMatchObject({ read: 1, read_all: 1, read_share: 100, 'read_s:5': 1 })
    await say(server, world.doctors[0]!, { purpose: 'reading_record', statement: 'opted_out', at: later(1_440 * 3) })
    await countAll()
    expect((await figures(reportDay(morning)))['read']).toBeUndefined()
    expect(await server.db.selectFrom('reportReader').select('accountId').execute()).toEqual([])
  })

  it('[REP-05] two records of one doctor are one person, until the merge is undone', async () => {
    const [mine, theirs] = [world.doctors[0]!, world.doctors[1]!]
    for (const accountId of [mine, theirs])
      await addAttempt(server, { repId: world.reps[0]!, accountId, piece: world.pieces[0]!, at: morning, facts: ['K'] })
    const people = async () => {
      await countAll()
      const rows = await server.db
        .selectFrom('reportContact')
        .select(['accountId', 'counted'])
        .orderBy('accountId')
        .execute()
      return rows.map(({ accountId, counted }) => [accountId === mine ? 'mine' : 'theirs', counted])
    }
    expect(await people()).toEqual([
      ['mine', 1],
      ['theirs', 1],
    ])
    await server.db.updateTable('account').set({ mergedInto: theirs }).where('id', '=', mine).execute()
    later(10)
    expect(await people()).toEqual([['theirs', 2]])
    await server.db.updateTable('account').set({ mergedInto: null }).where('id', '=', mine).execute()
    later(10)
    expect(await people()).toEqual([
      ['mine', 1],
      ['theirs', 1],
    ])
    expect(await wrong()).toEqual([])
  })

  it('[REP-06] an answer days later belongs to the day of the last invitation before it', async () => {
    const ask = () =>
      addAttempt(server, {
        repId: world.reps[0]!,
        accountId: world.doctors[0]!,
        piece: world.invitation,
        at: server.clock.at,
        facts: ['K'],
      })
    await ask()
    later(1_440)
    await ask()
    await countAll()
    await say(server, world.doctors[0]!, { purpose: 'receive', statement: 'opted_in', at: later(2 * 1_440) })
    await countAll()
    expect(await figures(reportDay(morning))).toEqual({ ask: 1 })
    expect(await figures(reportDay(morning) + 1)).toEqual({ ask: 1, ask_yes: 1, 'ask_m:9': 1 })
  })
})
