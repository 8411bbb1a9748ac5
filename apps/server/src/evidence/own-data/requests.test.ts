import { requestEndpoints } from '@vouch/contract'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildRep } from '../../../test/builders.ts'
import { buildAddressee, buildLink, startLinkBench, type LinkBench } from '../../../test/link-bench.ts'
import { call } from '../../../test/test-server.ts'
import { recordFollows } from '../../contacts/record-follows.ts'
import { fileSafetyReport } from '../safety/file-safety-report.ts'
import { fileRequest } from './file-request.ts'

let server: LinkBench
let office: Record<'compliance_officer' | 'auditor' | 'author', string>
beforeAll(async () => {
  server = await startLinkBench()
  const sit = async (role: string) => server.signIn(await buildRep(server, { name: role, roles: [role] }), 'console')
  office = {
    compliance_officer: await sit('compliance_officer'),
    auditor: await sit('auditor'),
    author: await sit('author'),
  }
})
afterAll(() => server.stop())

async function buildRequest(kind: 'erasure' | 'complaint', wording = '') {
  const link = await buildLink(server)
  const { externalUserId, accountId, sendId } = link
  const remark = { remark: '备注金丝雀' }
  await server.owner.updateTable('contactFollow').set(remark).where('externalUserId', '=', externalUserId).execute()
  const view = { sendId, page: 1, viewId: crypto.randomUUID(), visibleMs: 3_000, viewedAt: server.clock.at }
  await server.db
    .insertInto('pageView')
    .values({ ...view, contentItemId: null })
    .execute()
  const wish = { accountId, unwanted: 'PD1', mostPerMonth: 1, quietFrom: null, quietUntil: null, revision: 1 }
  await server.db
    .insertInto('accountWish')
    .values({ ...wish, changedAt: server.clock.at })
    .execute()
  await fileRequest(server.deps, { requestId: crypto.randomUUID(), kind, accountId, externalUserId, wording })
  const { id } = await server.db
    .selectFrom('hcpRequest')
    .select('id')
    .where('externalUserId', '=', externalUserId)
    .executeTakeFirstOrThrow()
  return { link, hcpRequestId: id }
}

const decide = (cookie: string, asked: { hcpRequestId: string; requestId?: string; decision?: 'done' | 'refused' }) =>
  call(server, cookie, requestEndpoints.decideHcpRequest, {
    ...{ requestId: crypto.randomUUID(), decision: 'done', answer: '已按规定处理。', ...asked },
  })

const left = async (externalUserId: string, accountId: string, sendId: string) => ({
  contact: await server.db
    .selectFrom('externalContact')
    .select(['nickname', 'accountId'])
    .where('externalUserId', '=', externalUserId)
    .executeTakeFirstOrThrow(),
  remark: await server.db
    .selectFrom('contactFollow')
    .select('remark')
    .where('externalUserId', '=', externalUserId)
    .executeTakeFirstOrThrow(),
  wishes: await server.db.selectFrom('accountWish').selectAll().where('accountId', '=', accountId).execute(),
  views: await server.db.selectFrom('pageView').selectAll().where('sendId', '=', sendId).execute(),
  sends: await server.db.selectFrom('send').select('id').where('accountId', '=', accountId).execute(),
  consents: await server.db.selectFrom('consent').select('id').where('accountId', '=', accountId).execute(),
})

describe('the requests of doctors', () => {
  test('are seen by compliance and auditors, decided by compliance alone, and each look is on record', async () => {
    const { hcpRequestId } = await buildRequest('complaint', '发得太多')
    for (const role of ['compliance_officer', 'auditor'] as const) {
      const { body } = await call(server, office[role], requestEndpoints.listHcpRequests, {})
      expect(body.rows[0]).toMatchObject({ hcpRequestId, doctor: '张伟', wording: '发得太多', life: 'waiting' })
      expect(body.mayDecide).toBe(role === 'compliance_officer')
    }
    for (const cookie of [office.author, office.auditor])
      expect((await decide(cookie, { hcpRequestId })).status).toBe(403)
    expect((await call(server, office.author, requestEndpoints.listHcpRequests, {})).status).toBe(403)
    const looks = await server.db.selectFrom('auditEntry').select('id').where('event', '=', 'requests.viewed').execute()
    expect(looks.length).toBe(2)
  })

  test('are told to compliance by an app message without a word of what they say', async () => {
    const { hcpRequestId } = await buildRequest('complaint', '金丝雀原话')
    const notices = await server.db
      .selectFrom('outbox')
      .select(['kind', 'body'])
      .where('subjectId', '=', hcpRequestId)
      .execute()
    expect(notices).toHaveLength(1)
    expect(notices[0]?.kind).toBe('hcp_request')
    expect(notices[0]?.body).not.toContain('金丝雀')
  })

  test('come a page at a time, without repetition', async () => {
    for (let made = 0; made < 31; made += 1) {
      const externalUserId = `wm-page-${made}`
      await fileRequest(server.deps, {
        ...{
          requestId: crypto.randomUUID(),
          kind: 'complaint',
          accountId: null,
          externalUserId,
          wording: `第${made}件`,
        },
      })
    }
    const first = (await call(server, office.auditor, requestEndpoints.listHcpRequests, { show: 'all' })).body
    const cursor = first.next
    const second = (await call(server, office.auditor, requestEndpoints.listHcpRequests, { show: 'all', cursor })).body
    expect(first.rows).toHaveLength(30)
    const ids = [...first.rows, ...second.rows].map(({ hcpRequestId }: { hcpRequestId: string }) => hcpRequestId)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('deciding', () => {
  test('[R21] an erasure takes names, remarks, wishes and the reading record, and leaves sends and consents', async () => {
    const { link, hcpRequestId } = await buildRequest('erasure')
    const { externalUserId, accountId, sendId } = link
    const { body } = await decide(office.compliance_officer, { hcpRequestId })
    expect(body).toMatchObject({
      outcome: 'done',
      request: { life: 'done', erased: { contacts: 1, remarks: 1, wishes: 1, pagesRead: 1 } },
    })
    expect(await left(externalUserId, accountId, sendId)).toMatchObject({
      ...{ contact: { nickname: '', accountId }, remark: { remark: '' }, wishes: [], views: [] },
      ...{ sends: [{ id: sendId }], consents: [expect.anything()] },
    })
    const told = await server.db.selectFrom('auditEntry').selectAll().where('subjectId', '=', hcpRequestId).execute()
    expect(told.map(({ event }) => event)).toEqual(['erasure.asked', 'erasure.done'])
    expect(told[1]).toMatchObject({ reason: '已按规定处理。', accountId })
  })

  test('[R21] an erasure keeps what is under hold whole, and tells doctor and office how much it is', async () => {
    const { link, hcpRequestId } = await buildRequest('erasure')
    const { accountId, externalUserId, token, repId } = link
    const named = {
      product: '示例单抗',
      occurred: '昨晚',
      seriousness: 'serious',
      contact: '13800000000',
      unnamed: false,
    } as const
    const report = (happened: string, given: object = {}) =>
      fileSafetyReport(server.deps, externalUserId, {
        ...{ requestId: crypto.randomUUID(), token, language: 'zh-CN', happened, ...named, ...given },
      })
    await report('皮疹金丝雀')
    await report('没有署名', { unnamed: true })
    const at = server.clock.at
    const paper = { accountId, purposes: 'receive', language: 'zh-CN', signedAt: at, fileHash: 'a'.repeat(64) }
    const scan = {
      fileName: '同意书.pdf',
      mime: 'application/pdf',
      stage: 'confirmed' as const,
      requestId: crypto.randomUUID(),
    }
    await server.db
      .insertInto('consentPaper')
      .values({
        id: server.deps.newId(),
        ...paper,
        ...scan,
        enteredBy: repId,
        enteredAt: at,
        settledBy: null,
        settledAt: at,
      })
      .execute()
    const proofs = async () => [
      await server.db.selectFrom('safetyReport').selectAll().where('accountId', '=', accountId).execute(),
      await server.db.selectFrom('consent').selectAll().where('accountId', '=', accountId).execute(),
      await server.db.selectFrom('consentPaper').selectAll().where('accountId', '=', accountId).execute(),
    ]
    const before = await proofs()
    const { body } = await decide(office.compliance_officer, { hcpRequestId })
    const kept = { sends: 1, consents: 1, papers: 1, safetyReports: 1 }
    expect(body.request).toMatchObject({ erased: { contacts: 1 }, kept })
    expect(await proofs()).toEqual(before)
    expect(before.map((rows) => rows.length)).toEqual([1, 1, 1])

    const browser = await buildAddressee(server, link)
    const said = (await browser.go('/me/erasure')).text
    expect(said).toContain('依法保留：发送记录 1 条，同意和撤回 1 条，纸质同意 1 份，不良反应报告 1 份')
    const copy = JSON.parse((await browser.go('/me/copy.json')).text)
    expect(copy.safetyReports).toMatchObject([
      { happened: '皮疹金丝雀', seriousness: 'serious', contact: '13800000000' },
    ])
    expect(copy.papers).toMatchObject([{ purposes: ['receive'], stage: 'confirmed' }])
    expect(copy.requests).toMatchObject([{ life: 'done', kept }])
    const page = (await browser.go('/me/copy')).text
    for (const part of ['您报告的不良反应（依法保留）', '皮疹金丝雀', '纸质同意（依法保留）'])
      expect(page).toContain(part)
    expect(page).not.toContain('没有署名')
  })

  test('another doctor’s copy holds nothing of it, and reports are found by their keys', async () => {
    const other = await buildLink(server)
    const copy = JSON.parse((await (await buildAddressee(server, other)).go('/me/copy.json')).text)
    expect([copy.safetyReports, copy.papers]).toEqual([[], []])
    const { rows } = await sql<{ key: string | null }>`explain
      select receipt from safety_report where account_id = ${other.accountId}
      union select receipt from safety_report where external_user_id = ${other.externalUserId}`.execute(server.owner)
    expect(rows.map(({ key }) => key)).toEqual(['safety_report_account', 'safety_report_reader', null])
  })

  test('what WeCom tells of them later is not kept again', async () => {
    const { link, hcpRequestId } = await buildRequest('erasure')
    const { externalUserId, repId } = link
    await decide(office.compliance_officer, { hcpRequestId })
    const told = { by: { kind: 'system' as const, id: 'sync' }, learnt: 'sync' as const, askedAt: server.clock.at }
    const seen = { repId, externalUserId, nickname: '昵称金丝雀', remark: '备注金丝雀' }
    await recordFollows(server.deps, told, [seen])
    expect(await left(externalUserId, link.accountId, link.sendId)).toMatchObject({
      ...{ contact: { nickname: '' }, remark: { remark: '' } },
    })
  })

  test('a refused erasure erases nothing, and the doctor may ask again', async () => {
    const { link, hcpRequestId } = await buildRequest('erasure')
    await decide(office.compliance_officer, { hcpRequestId, decision: 'refused' })
    expect((await left(link.externalUserId, link.accountId, link.sendId)).views).toHaveLength(1)
    const { accountId, externalUserId } = link
    await fileRequest(server.deps, {
      ...{ requestId: crypto.randomUUID(), kind: 'erasure', accountId, externalUserId, wording: '' },
    })
    const rows = await server.db
      .selectFrom('hcpRequest')
      .select('life')
      .where('externalUserId', '=', externalUserId)
      .execute()
    expect(rows.map(({ life }) => life).sort()).toEqual(['refused', 'waiting'])
  })

  test('ten at once is decided once; the same request again gets the same answer', async () => {
    const { hcpRequestId } = await buildRequest('erasure')
    const requestId = crypto.randomUUID()
    const same = await Promise.all(
      Array.from({ length: 5 }, () => decide(office.compliance_officer, { hcpRequestId, requestId })),
    )
    const others = await Promise.all(
      Array.from({ length: 5 }, () => decide(office.compliance_officer, { hcpRequestId, decision: 'refused' })),
    )
    expect(same.map(({ body }) => body.outcome)).toEqual(Array(5).fill('done'))
    expect(others.map(({ body }) => body.outcome)).toEqual(Array(5).fill('already'))
    const told = await server.db
      .selectFrom('auditEntry')
      .select('event')
      .where('subjectId', '=', hcpRequestId)
      .execute()
    expect(told.map(({ event }) => event)).toEqual(['erasure.asked', 'erasure.done'])
  })

  test('a complaint can be answered, not refused; an unknown request is not found', async () => {
    const { hcpRequestId } = await buildRequest('complaint', '太多')
    expect((await decide(office.compliance_officer, { hcpRequestId, decision: 'refused' })).status).toBe(400)
    expect((await decide(office.compliance_officer, { hcpRequestId })).body.request).toMatchObject({
      ...{ life: 'done', answer: '已按规定处理。', decidedBy: 'compliance_officer', erased: null },
    })
    expect((await decide(office.compliance_officer, { hcpRequestId: '01NOBODY' })).status).toBe(404)
  })
})
