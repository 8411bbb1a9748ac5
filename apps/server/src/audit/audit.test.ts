import { auditEndpoints, type AskedInput, type AuditRow } from '@vouch/contract'
import { sql } from 'kysely'
import { monotonicFactory } from 'ulid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildAccount, buildCompany, buildPiece, buildRep } from '../../test/builders.ts'
import { buildColleague, type Colleague } from '../../test/office.ts'
import { call, morning, startTestServer, type TestServer } from '../../test/test-server.ts'
import type { AuditEvent } from './audit-event.ts'
import { auditRow } from './append-audit.ts'
import { eventWords } from './words/event-words.ts'

let server: TestServer
let auditor: Colleague
let repId: string
let idAt = monotonicFactory()
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  auditor = await buildColleague(server, 'auditor')
  repId = await buildRep(server, { name: '王磊' })
})
afterAll(() => server.stop())
beforeEach(async () => {
  idAt = monotonicFactory()
  await server.owner.deleteFrom('auditEntry').execute()
})

const day = 86_400_000
const add = async (told: AuditEvent, at = morning, actor: { kind: 'rep' | 'system'; id: string } | null = null) => {
  const row = auditRow(idAt(at.getTime()), actor ?? { kind: 'rep', id: repId }, at, told)
  await server.owner.insertInto('auditEntry').values(row).execute()
  return row.id
}
type Filter = AskedInput<typeof auditEndpoints.listAudit>
const list = async (filter: Filter = {}, who = auditor) =>
  (await call(server, who.cookie, auditEndpoints.listAudit, filter)).body as { rows: AuditRow[]; next: string | null }
/** Entries of the trail but for those that looking at it leaves. */
const seen = async (filter: Filter = {}) =>
  (await list(filter)).rows.filter(({ event }) => !event.startsWith('audit.')).map(({ entryId }) => entryId)

describe('the audit trail', () => {
  it('says in words who did what to whom, why, and where to look', async () => {
    const accountId = await buildAccount(server, { name: '张伟' })
    const piece = await buildPiece(server, { title: '研究摘要' })
    const detail = { language: 'zh-CN', nothing: null }
    await add({
      event: 'content.withdrawn',
      subjectId: piece,
      reason: '数据有误',
      before: { state: 'approved' },
      detail,
    })
    await add({ event: 'consent.opted_in', subjectId: 'consent-1', accountId }, morning, {
      kind: 'system',
      id: 'import',
    })
    await add({ event: 'consent_text.approved', subjectId: 'consent-text-3' })
    const { rows } = await list()
    expect(rows[0]).toMatchObject({ path: '/consents/texts/3', actor: '王磊' })
    expect(rows[0]?.subjectKind).toEqual({ zh: '同意书', en: 'Consent text' })
    expect(rows[1]).toMatchObject({
      ...{ actorKind: 'system', actor: 'import', doctor: '张伟', accountId, path: `/consents/doctors/${accountId}` },
      subjectKind: { zh: '医生的表示', en: 'Statement' },
    })
    expect(rows[2]).toMatchObject({
      ...{ at: morning.toISOString(), actor: '王磊', actorKind: 'rep', event: 'content.withdrawn', reason: '数据有误' },
      ...{ said: { zh: '撤回资料', en: 'Piece withdrawn' }, subject: '研究摘要', path: `/content/${piece}` },
      details: [
        { name: 'language', value: 'zh-CN' },
        { name: 'before', value: '{"state":"approved"}' },
      ],
    })
  })

  it('is filtered by event, person, thing, doctor and Shanghai days', async () => {
    const accountId = await buildAccount(server)
    const mergedId = await buildAccount(server, { mergedInto: accountId, active: 0 })
    const other = await buildRep(server, { name: '李娜' })
    const midnight = new Date('2026-05-12T16:00:00.000Z')
    const one = await add({ event: 'link.revoked', subjectId: 'send-1', accountId }, new Date(midnight.getTime() - 1))
    const two = await add({ event: 'send.refused', subjectId: 'send-2', accountId: mergedId }, midnight)
    const three = await add({ event: 'send.refused', subjectId: 'send-1' }, morning, { kind: 'rep', id: other })
    const last = await add({ event: 'rep.signed_in', subjectId: other }, new Date(midnight.getTime() + day))
    expect(await seen()).toEqual([last, three, two, one])
    expect(await seen({ event: 'send.refused' })).toEqual([three, two])
    expect(await seen({ query: '李' })).toEqual([three])
    expect(await seen({ query: '没有这个人' })).toEqual([])
    expect(await seen({ query: '%' })).toEqual([])
    expect(await seen({ subject: 'send-1' })).toEqual([three, one])
    expect(await seen({ doctor: accountId })).toEqual([two, one])
    expect(await seen({ from: '2026-05-13', until: '2026-05-13' })).toEqual([three, two])
    expect(await seen({ until: '2026-05-12' })).toEqual([one])
    expect(await seen({ from: '2026-05-14' })).toEqual([last])
    expect(await seen({ event: 'send.refused', query: '王', from: '2026-05-13' })).toEqual([two])
    expect((await call(server, auditor.cookie, auditEndpoints.listAudit, { from: '2026-5-1' })).body.error).toBe(
      'bad_request',
    )
  })

  it('goes on where it stopped, each entry once', async () => {
    const ids: string[] = []
    for (let nth = 0; nth < 120; nth += 1) ids.unshift(await add({ event: 'rep.signed_in', subjectId: repId }))
    const found: string[] = []
    let cursor: string | null = null
    for (let pages = 0; pages < 3; pages += 1) {
      const page = await list({ event: 'rep.signed_in', cursor })
      found.push(...page.rows.map(({ entryId }) => entryId))
      cursor = page.next
    }
    expect(found).toEqual(ids)
    expect(cursor).toBeNull()
  })

  it('keeps who looked, and not which name they typed', async () => {
    await list({ query: '王磊', event: 'send.refused' })
    const rows = await server.owner.selectFrom('auditEntry').selectAll().execute()
    expect(rows).toMatchObject([{ event: 'audit.viewed', actorId: auditor.id }])
    expect(JSON.stringify(rows[0]?.detail)).not.toContain('王磊')
    expect(rows[0]?.detail).toMatchObject({ event: 'send.refused', searched: true, shown: 0 })
  })

  it('is exported as it is shown, in the words of the screen, guarded, and on record', async () => {
    await add({ event: 'content.withdrawn', subjectId: 'c-1', reason: '=1+1' })
    await add({ event: 'send.refused', subjectId: 's-1' })
    const shown = (await list({ event: 'content.withdrawn' })).rows
    const taken = await call(server, auditor.cookie, auditEndpoints.exportAudit, {
      ...{ event: 'content.withdrawn', language: 'zh' as const },
    })
    const lines = (taken.body.csv as string).split('\r\n')
    expect(taken.body).toMatchObject({ rows: 1, cut: false })
    expect(lines[0]?.startsWith('\ufeff"编号","时间"')).toBe(true)
    expect(lines[1]).toContain(`"${shown[0]?.entryId}","2026-05-13 10:00:00 +08:00","代表","王磊","撤回资料"`)
    expect(lines[1]).toContain(`"'=1+1"`)
    expect(lines[2]).toContain('由 auditor 于 2026-05-13 10:00:00 +08:00 导出')
    const entry = await server.owner
      .selectFrom('auditEntry')
      .select(['actorId', 'detail'])
      .where('event', '=', 'audit.exported')
      .executeTakeFirstOrThrow()
    expect(entry).toMatchObject({ actorId: auditor.id, detail: { rows: 1, event: 'content.withdrawn' } })
  })

  it('has words for every event, in both languages, no two of them alike', async () => {
    const { events } = (await call(server, auditor.cookie, auditEndpoints.auditEvents, {})).body
    expect(events).toHaveLength(Object.keys(eventWords).length)
    for (const language of ['zh', 'en'] as const) {
      const said = Object.values(eventWords).map((one) => one[language])
      expect(said.filter((words, place) => words === '' || said.indexOf(words) !== place)).toEqual([])
    }
  })

  it('is shown to compliance, auditors and the security administrator', async () => {
    for (const role of ['compliance_officer', 'compliance', 'security_admin'])
      expect((await list({}, await buildColleague(server, role))).rows).toBeDefined()
    const strange = await buildColleague(server, 'system_admin')
    for (const [endpoint, input] of [
      [auditEndpoints.listAudit, {}],
      [auditEndpoints.auditEvents, {}],
      [auditEndpoints.exportAudit, { language: 'zh' }],
    ] as const)
      expect((await call(server, strange.cookie, endpoint, input as never)).body.error).toBe('wrong_role')
  })

  it('reads no list whole: each filter has a key of its own', async () => {
    const rows = Array.from({ length: 3_000 }, (_, nth) =>
      auditRow(idAt(morning.getTime() + nth), { kind: 'rep', id: nth % 500 ? `x-${nth % 500}` : repId }, morning, {
        ...{
          event: nth % 100 ? 'send.authorised' : 'link.revoked',
          subjectId: `s-${nth}`,
          accountId: `a-${nth % 300}`,
        },
      }),
    )
    for (let from = 0; from < rows.length; from += 500)
      await server.owner
        .insertInto('auditEntry')
        .values(rows.slice(from, from + 500))
        .execute()
    await sql`analyze table audit_entry`.execute(server.owner)
    const where = {
      ...{ event: sql`event = 'link.revoked'`, actor: sql`actor_id in (${repId})`, subject: sql`subject_id = 's-7'` },
      ...{ doctor: sql`account_id in ('a-7')`, days: sql`id >= ${rows[2_900]!.id}`, all: sql`1 = 1` },
    }
    for (const [name, condition] of Object.entries(where)) {
      const plan = await sql<{ key: string | null; rows: number; type: string }>`
        explain select id from audit_entry where ${condition} order by id desc limit 51`.execute(server.owner)
      expect(plan.rows[0]?.key, name).toBeTruthy()
      expect(Number(plan.rows[0]?.rows), name).toBeLessThan(500)
    }
  })
})
