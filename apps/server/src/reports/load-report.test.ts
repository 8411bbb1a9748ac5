import { reportEndpoints, searchEndpoints, type ContentRow, type ReportRow } from '@vouch/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildCompany, buildRep, giveConsent } from '../../test/builders.ts'
import { addAttempt, addFact, addView, buildReportWorld, say, type ReportWorld } from '../../test/report-world.ts'
import { call, morning, startTestServer, type TestServer } from '../../test/test-server.ts'
import { countDoctors } from './count-doctors.ts'
import { countReports } from './count-reports.ts'
import { homeNumbers } from './home-numbers.ts'

let server: TestServer
let world: ReportWorld
let office: string
let manager: string
const minute = 60_000

/** Eight doctors were sent the first piece; six opened it, five of whom are recorded; the rest is about others. */
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  world = await buildReportWorld(server)
  await server.db.updateTable('account').set({ name: '=HYPERLINK(1)' }).where('id', '=', world.doctors[1]!).execute()
  office = await server.signIn(await buildRep(server, { roles: ['compliance'], name: '刘洋' }), 'console')
  manager = await server.signIn(await buildRep(server, { roles: ['manager'] }), 'console')
  const [repId, otherRep] = [world.reps[0]!, world.reps[1]!]
  for (const [place, accountId] of world.doctors.slice(0, 8).entries()) {
    await giveConsent(server, accountId, 'opted_in', new Date(morning.getTime() - 60 * minute))
    const sendId = await addAttempt(server, { repId, accountId, piece: world.pieces[0]!, at: morning, facts: ['K'] })
    if (place >= 6) continue
    await addFact(server, sendId, 'O', new Date(morning.getTime() + 4 * minute))
    if (place >= 5) continue
    await say(server, accountId, { purpose: 'reading_record', statement: 'opted_in', at: morning })
    for (let page = 1; page <= (place === 0 ? 2 : 4); page += 1)
      await addView(server, sendId, page, { at: morning, ms: 10_000 })
  }
  for (let times = 0; times < 3; times += 1)
    await addAttempt(server, {
      repId: otherRep,
      accountId: world.doctors[1]!,
      piece: world.pieces[2]!,
      at: morning,
      facts: ['K'],
    })
  await addAttempt(server, {
    repId,
    accountId: world.doctors[2]!,
    piece: world.pieces[1]!,
    at: morning,
    refused: ['cap_reached', 'quiet_hours'],
  })
  await addAttempt(server, { repId, accountId: world.doctors[9]!, piece: world.invitation, at: morning, facts: ['K'] })
})
afterAll(() => server.stop())

const asked = {
  kind: 'sends',
  by: 'week',
  from: '2026-05-01',
  until: '2026-05-31',
  product: '',
  territory: '',
} as const
type Asked = Omit<Parameters<typeof call<typeof reportEndpoints.loadReport>>[3], never>
async function report(given: Partial<Asked> = {}, cookie = office) {
  const answer = await call(server, cookie, reportEndpoints.loadReport, { ...asked, ...given })
  expect(answer.status).toBe(200)
  const { columns, rows, total } = answer.body
  const named = (values: number[]) =>
    Object.fromEntries(columns.map((key: string, place: number) => [key, values[place]]))
  return {
    ...answer.body,
    rows: rows.map((row: { values: number[] }) => ({ ...row, ...named(row.values) })),
    total: total && named(total),
  }
}

describe('reports', () => {
  it('[REP-09] says so while nothing was counted', async () => {
    expect(await report()).toMatchObject({ rows: [], total: null, countedUntil: null })
    await countDoctors(server.deps)
    await countReports(server.deps)
    expect((await report()).countedUntil).toBe(morning.toISOString())
  })

  it('[REP-01] sends stand in one class each, and a week begins on Monday', async () => {
    const { rows, total, columns } = await report()
    expect(columns).not.toContain('sent')
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({
      name: { zh: '2026-05-11 起一周' },
      passed: 11,
      'is:opened': 6,
      'is:client': 5,
      refused: 1,
    })
    const classes = columns.filter((key: string) => key.startsWith('is:'))
    expect(classes.reduce((sum: number, key: string) => sum + total[key], 0)).toBe(total.passed)
  })

  it.each([
    { by: 'product', first: { member: 'PD1', name: { zh: '示例单抗', en: 'Examplimab' }, passed: 8 } },
    { by: 'document', first: { name: { zh: '三期研究摘要' }, passed: 8 } },
    { by: 'version', first: { name: { zh: '三期研究摘要 v1' }, passed: 8 } },
    { by: 'rep', first: { name: { zh: '王磊' }, passed: 8 } },
    { by: 'hospital', first: { member: 'hospital-1', passed: 9 } },
    { by: 'specialty', first: { member: 'cardiology', passed: 7 } },
    { by: 'territory', first: { member: 'east', passed: 8 } },
  ] as const)('[REP-10] broken down by $by', async ({ by, first }) => {
    const { rows, total } = await report({ by })
    expect(rows[0]).toMatchObject(first)
    expect(rows.reduce((sum: number, row: { passed: number }) => sum + row.passed, 0)).toBe(total.passed)
  })

  it('[REP-10] narrowed to a product and a territory', async () => {
    expect((await report({ product: 'PD2' })).total).toMatchObject({ passed: 3, refused: 0 })
    expect((await report({ product: 'PD1', territory: 'west' })).total).toMatchObject({ passed: 3 })
    expect((await report({ from: '2026-05-14' })).rows).toEqual([])
  })

  it('[REP-11] an attempt with two reasons is one attempt in two columns', async () => {
    const { columns, total } = await report({ kind: 'refusals', by: 'product' })
    expect(columns).toEqual(['refused', 'no:cap_reached', 'no:quiet_hours'])
    expect(total).toEqual({ refused: 1, 'no:cap_reached': 1, 'no:quiet_hours': 1 })
  })

  it('[REP-08] reading is told of five doctors, not of fewer', async () => {
    const { total, rows } = await report({ kind: 'reading', by: 'version' })
    expect(total).toMatchObject({
      link: 11,
      opened: 6,
      opened_rate: 54.5,
      open_median: 3,
      read: 5,
      read_all: 4,
      read_share: 90,
    })
    expect(rows[0]).toMatchObject({ read: 5, withheld: false })
    const byPlace = await report({ kind: 'reading', by: 'territory' })
    expect(byPlace.withheld).toBe(2)
    for (const row of byPlace.rows)
      expect(row).toMatchObject({ read: null, read_all: null, read_median: null, read_p90: null })
    expect(byPlace.rows[0]).toMatchObject({ opened: 4 })
    expect((await report({ kind: 'reading', by: 'week', territory: 'west' })).total).toMatchObject({
      opened: 2,
      read: null,
    })
  })

  it('[REP-12] each active doctor stands in one column of the consent funnel, and of the coverage', async () => {
    const { total } = await report({ kind: 'standing', by: 'territory' })
    expect(total).toMatchObject({ doctors: 14, opted_in: 8, invited: 1, never: 5, declined: 0, withdrawn: 0 })
    const coverage = await report({ kind: 'coverage', by: 'territory' })
    expect(coverage.total).toMatchObject({
      doctors: 14,
      opted_in: 8,
      reached_opened: 6,
      reached_client: 2,
      reached_none: 6,
    })
  })

  it('[REP-12] invitations and their answers', async () => {
    expect((await report({ kind: 'asks', by: 'rep' })).total).toMatchObject({
      ask: 1,
      ask_yes: 0,
      ask_open: 1,
      agreed_rate: 0,
    })
  })

  it('[REP-13] how many doctors had how many in a month, and who had most', async () => {
    const { columns, rows } = await report({ kind: 'pressure', from: '2026-05-20' })
    expect(columns).toEqual(['2026-05'])
    expect(rows).toMatchObject([
      { member: '1', '2026-05': 7 },
      { member: '4', '2026-05': 1 },
    ])
    const most = await report({ kind: 'contacted' })
    expect(most.rows[0]).toMatchObject({ member: world.doctors[1], counted: 4 })
    expect(most.rows).toHaveLength(8)
    const { rows: told } = {
      rows: await server.db.selectFrom('auditEntry').select('event').where('event', '=', 'report.viewed').execute(),
    }
    expect(told.length).toBeGreaterThan(0)
  })

  it('[REP-14] a manager sees the own territories, whatever is asked', async () => {
    expect((await report({ by: 'territory' }, manager)).rows).toMatchObject([{ member: 'east', passed: 8 }])
    expect((await report({ by: 'week', territory: 'west' }, manager)).rows).toEqual([])
    expect((await report({ kind: 'contacted' }, manager)).rows).toHaveLength(5)
    expect((await report({ kind: 'coverage', by: 'hospital' }, manager)).total).toMatchObject({ doctors: 9 })
    const choices = await call(server, manager, reportEndpoints.reportChoices, {})
    expect(choices.body.territories.every(({ code }: { code: string }) => code === 'east')).toBe(true)
    const personId = await buildRep(server, { roles: ['manager'] })
    await server.db.deleteFrom('managedTerritory').where('personId', '=', personId).execute()
    const nobody = await server.signIn(personId, 'console')
    for (const kind of ['sends', 'standing', 'coverage', 'contacted', 'reading', 'pressure'] as const)
      expect((await report({ kind, by: 'territory' }, nobody)).rows).toEqual([])
    expect(await homeNumbers(server.deps, { personId, roles: ['manager'] })).toMatchObject({ passed: 0, opened: 0 })
  })

  it('[REP-19] the list of content shows the same figures, within the territories of whoever looks', async () => {
    const figuresFor = async (cookie: string) => {
      const { rows } = (await call(server, cookie, searchEndpoints.listContent, {})).body as { rows: ContentRow[] }
      return [...world.pieces, world.invitation].map(
        ({ contentItemId }) => rows.find((row) => row.contentItemId === contentItemId)?.figures,
      )
    }
    const [reported] = (await report({ kind: 'reading', by: 'version' })).rows
    expect(reported).toMatchObject({ member: world.pieces[0]!.contentItemId, opened_rate: 75 })
    const few = { proven: 0, opened: null, client: 3, unknown: 0, openedRate: null, withheld: true }
    const all = { proven: 0, opened: 6, client: 2, unknown: 0, openedRate: 75, withheld: false }
    const author = await server.signIn(await buildRep(server, { roles: ['author'] }), 'console')
    for (const cookie of [office, author]) expect(await figuresFor(cookie)).toEqual([all, null, few, null])
    const [here, nowhere] = [
      await buildRep(server, { roles: ['manager', 'medical'] }),
      await buildRep(server, { roles: ['manager', 'medical'] }),
    ]
    const east = await server.signIn(here, 'console')
    expect(await figuresFor(east)).toEqual([{ ...all, opened: 4, client: 1, openedRate: 80 }, null, few, null])
    const { csv } = (await call(server, east, searchEndpoints.exportContent, { language: 'zh' })).body
    expect(csv).toContain('"已发：存档证实","已发：医生已打开","已发：仅客户端","已发：结果未知","打开率 (%)"')
    expect(csv).toContain('"0","4","1","0","80"')
    expect(csv).toContain('"0","少于 5 位医生，不显示","3","0","少于 5 位医生，不显示"')
    await server.db.deleteFrom('managedTerritory').where('personId', '=', nowhere).execute()
    expect(await figuresFor(await server.signIn(nowhere, 'console'))).toEqual([null, null, null, null])
  })

  it.each(['author', 'security_admin', 'rep'])('[AUTH-04] a role that sees none: %s', async (role) => {
    const cookie = await server.signIn(await buildRep(server, { roles: [role] }), 'console')
    for (const endpoint of [reportEndpoints.loadReport, reportEndpoints.exportReport])
      expect(
        (await call(server, cookie, endpoint, { ...asked, language: 'zh' } as never)).status,
      ).toBeGreaterThanOrEqual(400)
    expect((await call(server, cookie, reportEndpoints.reportChoices, {})).body.error).toBeDefined()
  })

  it.each([
    { from: '2026-05-31', until: '2026-05-01' },
    { from: '2024-01-01', until: '2026-05-01' },
    { from: '2026-02-30', until: '2026-05-01' },
  ])('[REP-15] a period that is none: $from to $until', async (period) => {
    expect(await call(server, office, reportEndpoints.loadReport, { ...asked, ...period })).toMatchObject({
      status: 400,
    })
  })

  it('[REP-16] the table to take away is the one shown, with its filter and what its numbers mean', async () => {
    const answer = await call(server, office, reportEndpoints.exportReport, { ...asked, by: 'product', language: 'zh' })
    expect(answer.body).toMatchObject({ rows: 2, cut: false })
    const lines = answer.body.csv.split('\r\n')
    expect(lines[0]).toMatch(/^\ufeff"报表","发送结果",/)
    expect(lines).toContain('"时间","2026-05-01 至 2026-05-31（上海时间，含首尾两天）"')
    expect(answer.body.csv).toContain('"存档证实","会话存档里有这条消息')
    expect(lines).toContain('"示例单抗","8","0","6","2","0","0","0","0","0","0","1"')
    expect(answer.body.csv).toContain('由 刘洋 于')
    const english = await call(server, office, reportEndpoints.exportReport, {
      ...asked,
      kind: 'refusals',
      by: 'product',
      language: 'en',
    })
    expect(english.body.csv).toContain('"Product","Blocked",')
  })

  it('[REP-16] and stands in the order of the screen, the total last', async () => {
    const namesIn = async (order: string) => {
      const asking = { ...asked, by: 'product', language: 'zh', order } as const
      const { csv } = (await call(server, office, reportEndpoints.exportReport, asking)).body as { csv: string }
      const lines = csv.split('\r\n').map((line) => line.split('","')[0]!.slice(1))
      return lines.slice(lines.indexOf('产品', 5) + 1, -2)
    }
    const [one, other] = (await report({ by: 'product' })).rows.map((row: ReportRow) => row.name.zh)
    expect(await namesIn('')).toEqual([one, other, '合计'])
    expect(await namesIn('-passed')).toEqual([one, other, '合计'])
    expect(await namesIn('passed')).toEqual([other, one, '合计'])
    expect(await namesIn('no:such')).toEqual([one, other, '合计'])
    const strange = { ...asked, by: 'product', language: 'zh', order: "passed'--" } as const
    expect((await call(server, office, reportEndpoints.exportReport, strange)).status).toBe(400)
  })

  it('[REP-16] one about people wants a fresh proof, is on record and runs nothing', async () => {
    const contacted = { ...asked, kind: 'contacted', language: 'en' } as const
    const { csv } = (await call(server, office, reportEndpoints.exportReport, contacted)).body
    expect(csv).toContain(`"'=HYPERLINK(1) · 仁和医院（示例）","4"`)
    const stale = new Date(morning.getTime() - 11 * minute)
    await server.db.updateTable('session').set({ signedInAt: stale }).execute()
    for (const one of [contacted, { ...asked, by: 'rep', language: 'en' } as const])
      expect((await call(server, office, reportEndpoints.exportReport, one)).body.error).toBe('proof_needed')
    const free = await call(server, office, reportEndpoints.exportReport, { ...asked, language: 'en' })
    expect(free.status).toBe(200)
    const entries = await server.db
      .selectFrom('auditEntry')
      .select('detail')
      .where('event', '=', 'report.exported')
      .execute()
    expect(entries.length).toBeGreaterThanOrEqual(4)
  })

  it('[REP-17] the thirty days of the home page are the same figures', async () => {
    const { personId } = await server.db
      .selectFrom('session')
      .innerJoin('personRole', 'personRole.personId', 'session.personId')
      .select('session.personId')
      .where('role', '=', 'compliance')
      .executeTakeFirstOrThrow()
    expect(await homeNumbers(server.deps, { personId, roles: ['compliance'] })).toMatchObject({
      ...{
        fromDay: '2026-04-14',
        untilDay: '2026-05-13',
        passed: 11,
        refused: 1,
        links: 11,
        opened: 6,
        asked: 1,
        agreed: 0,
      },
      classes: { opened: 6, client: 5, proven: 0, unknown: 0 },
      reasons: [
        { reason: 'cap_reached', attempts: 1 },
        { reason: 'quiet_hours', attempts: 1 },
      ],
    })
  })
})
