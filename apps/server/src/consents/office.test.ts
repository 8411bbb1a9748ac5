import { randomUUID } from 'node:crypto'
import { consentEndpoints, repEndpoints, type ConsentPaper, type ConsentRow } from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildAccount, buildCompany, buildOrdinary, buildPiece, giveConsent } from '../../test/builders.ts'
import { buildColleague, type Colleague } from '../../test/office.ts'
import { call, morning, post, startTestServer, type TestServer } from '../../test/test-server.ts'
import { stateConsents } from './state-consents.ts'

let server: TestServer
let clerk: Colleague
let judge: Colleague
let auditor: Colleague
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())
beforeEach(async () => {
  server.clock.at = morning
  clerk = await buildColleague(server, 'compliance')
  judge = await buildColleague(server, 'compliance_officer')
  auditor = await buildColleague(server, 'auditor')
})

const day = 86_400_000
const trail = (subjectId: string, event: string) =>
  server.owner
    .selectFrom('auditEntry')
    .selectAll()
    .where('subjectId', '=', subjectId)
    .where('event', '=', event)
    .execute()
const list = async (asked: object, who = auditor) =>
  (await call(server, who.cookie, consentEndpoints.listConsents, asked)).body as {
    rows: ConsentRow[]
    next: string | null
  }

describe('the list of consents', () => {
  it('shows who stands where, by the rule the gate goes by, and looking is on record', async () => {
    await server.owner.deleteFrom('consent').execute()
    const [agreed, declined, left] = await Promise.all(
      ['甲一', '乙二', '丙三'].map((name) => buildAccount(server, { name, nameSearch: name })),
    )
    await giveConsent(server, agreed!)
    await giveConsent(server, declined!, 'declined')
    await giveConsent(server, left!)
    await giveConsent(server, left!, 'opted_out', new Date(morning.getTime() - 2 * day))
    const { rows, next } = await list({})
    expect(next).toBeNull()
    expect(rows.map((row) => [row.doctor, row.standing])).toEqual([
      ['丙三', 'withdrawn'],
      ['乙二', 'declined'],
      ['甲一', 'opted_in'],
    ])
    expect((await list({ show: 'all' })).rows.map((row) => row.standing)).toEqual([
      'withdrawn',
      null,
      'declined',
      'opted_in',
    ])
    for (const [standing, doctors] of [
      ['opted_in', ['甲一']],
      ['declined', ['乙二']],
      ['withdrawn', ['丙三']],
      ['outdated', []],
      ['expired', []],
    ] as const)
      expect((await list({ standing })).rows.map((row) => row.doctor)).toEqual(doctors)
    expect((await list({ query: '丙' })).rows).toHaveLength(1)
    expect((await list({ query: '仁和医院' })).rows).toHaveLength(3)
    expect((await list({ query: '无此人' })).rows).toEqual([])
    for (const none of [{ purpose: 'archive' }, { channel: 'paper' }, { version: 7 }])
      expect((await list(none)).rows).toEqual([])
    expect((await list({ purpose: 'receive', channel: 'link', version: 1 })).rows).toHaveLength(3)
    expect(await trail(auditor.id, 'consents.viewed')).toHaveLength(14)
  })

  it('says expired and outdated as the rule does, by the Shanghai midnight', async () => {
    await server.owner.deleteFrom('consent').execute()
    const accountId = await buildAccount(server)
    await giveConsent(server, accountId, 'opted_in', new Date(morning.getTime() - 10 * day))
    for (const [consentDays, standing] of [
      [10, 'expired'],
      [11, 'opted_in'],
    ] as const) {
      await server.owner.updateTable('policy').set({ consentDays }).execute()
      const { rows } = await list({})
      expect(rows[0]!.standing).toBe(standing)
      expect((await list({ standing })).rows).toHaveLength(1)
      expect((await list({ standing: standing === 'expired' ? 'opted_in' : 'expired' })).rows).toEqual([])
    }
    await server.owner.updateTable('policy').set({ consentDays: null }).execute()
    const text = {
      language: 'zh-CN',
      title: '新',
      body: '新',
      hash: '2'.repeat(64),
      material: 1,
      activeFrom: new Date(0),
    }
    await server.owner
      .insertInto('consentText')
      .values({ ...text, version: 9, purpose: 'receive' })
      .execute()
    expect((await list({ standing: 'outdated' })).rows[0]).toMatchObject({ standing: 'outdated', textVersion: 1 })
    await server.owner.deleteFrom('consentText').where('version', '=', 9).execute()
  })

  it('goes on page by page without losing or repeating one, and exports exactly what it shows', async () => {
    await server.owner.deleteFrom('consent').execute()
    for (let nth = 0; nth < 65; nth += 1)
      await giveConsent(server, await buildAccount(server, { name: nth ? '张伟' : '=1+1' }))
    const seen: string[] = []
    for (let cursor: string | null = null, pages = 0; pages < 9; pages += 1) {
      const page: Awaited<ReturnType<typeof list>> = await list({ cursor })
      seen.push(...page.rows.map((row) => row.consentId))
      cursor = page.next
      if (cursor === null) break
    }
    expect(seen).toHaveLength(65)
    expect(new Set(seen).size).toBe(65)
    const taken = await call(server, auditor.cookie, consentEndpoints.exportConsents, { language: 'zh' })
    expect(taken.body).toMatchObject({ rows: 65, cut: false })
    const csv = taken.body.csv as string
    expect(csv.startsWith('\ufeff"编号"')).toBe(true)
    const lines = csv.trim().split('\r\n')
    expect(lines.slice(1, -1).map((line) => line.split('","')[0]!.slice(1))).toEqual(seen)
    expect(csv).toContain(`"'=1+1"`)
    expect(csv).toContain('2026-05-03 10:00:00 +08:00')
    expect(lines.at(-1)).toContain('由 auditor 于 2026-05-13 10:00:00 +08:00 导出')
    expect(await trail(auditor.id, 'consents.exported')).toHaveLength(1)
  })

  it('is for compliance and auditors alone, and auditors change nothing', async () => {
    const accountId = await buildAccount(server)
    const author = await buildColleague(server, 'author')
    const reading = [
      [consentEndpoints.listConsents, {}],
      [consentEndpoints.exportConsents, { language: 'en' }],
      [consentEndpoints.lookAtConsents, { accountId }],
      [consentEndpoints.listPapers, {}],
    ] as const
    for (const [endpoint, asked] of reading) {
      expect((await call(server, author.cookie, endpoint, asked as never)).body.error).toBe('wrong_role')
      expect((await call(server, auditor.cookie, endpoint, asked as never)).status).toBe(200)
    }
    const requestId = randomUUID()
    const paper = { uploadId: 'x', purposes: ['receive'], language: 'zh-CN', signedOn: '2026-05-01', note: '' }
    for (const [endpoint, asked] of [
      [
        consentEndpoints.withdrawConsent,
        { requestId, accountId, purposes: ['receive'], asked: 'phone', reason: '来电' },
      ],
      [consentEndpoints.findDoctors, { query: '张' }],
      [consentEndpoints.enterPaper, { requestId, accountId, ...paper }],
      [consentEndpoints.settlePaper, { paperId: 'x', decision: 'confirm' }],
    ] as const)
      expect((await call(server, auditor.cookie, endpoint, asked as never)).body.error).toBe('wrong_role')
  })
})

describe('a withdrawal on request', () => {
  it('is in force at its commit, says how it was asked for, and lists what was under way', async () => {
    const ordinary = await buildOrdinary(server)
    const { accountId, externalUserId, contentItemId } = ordinary
    const send = () =>
      call(server, ordinary.cookie, repEndpoints.authoriseSend, {
        ...{
          requestId: randomUUID(),
          externalUserId,
          contentItemId,
          kind: 'news',
          entry: 'single_chat_tools',
          again: true,
        },
      })
    const { sendId } = (await send()).body
    server.clock.at = new Date(morning.getTime() + 30_000)
    const asked = {
      requestId: randomUUID(),
      accountId,
      purposes: ['receive' as const],
      asked: 'phone' as const,
      reason: '来电要求',
    }
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => call(server, clerk.cookie, consentEndpoints.withdrawConsent, asked)),
    )
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(answers[0]!.body).toMatchObject({
      withdrawn: [{ purpose: 'receive' }],
      inFlight: [{ sendId, rep: '王磊', told: null, until: new Date(morning.getTime() + 90_000).toISOString() }],
    })
    expect((await send()).body.refusals[0].reason).toBe('opted_out')

    const look = await call(server, auditor.cookie, consentEndpoints.lookAtConsents, { accountId })
    const [receive] = look.body.purposes
    expect(look.body.mayWithdraw).toEqual([])
    expect(receive).toMatchObject({ purpose: 'receive', standing: 'withdrawn' })
    expect(receive.history.map((row: { statement: string }) => row.statement)).toEqual(['opted_out', 'opted_in'])
    expect(receive.history[0]).toMatchObject({ channel: 'company', identity: 'on_request', inFlight: [{ sendId }] })
    expect(receive.history[0].evidence).toEqual([
      { name: 'asked', value: 'phone' },
      { name: 'reason', value: '来电要求' },
      { name: 'enteredBy', value: 'compliance' },
    ])
    expect(receive.history[1].inFlight).toEqual([])
    expect(await trail(accountId, 'consents.viewed')).toHaveLength(1)
    const [entry] = await trail(receive.history[0].consentId, 'consent.opted_out')
    expect(entry).toMatchObject({ actorKind: 'admin', actorId: clerk.id, reason: '来电要求' })
  })

  it('[F13] [F29] works with WeCom, the vault and the jobs all away, and so does what follows from it', async () => {
    const { accountId, cookie, externalUserId, contentItemId } = await buildOrdinary(server)
    const before = { ...server.deps }
    const away = () => Promise.reject(new Error('away'))
    // No job runs in this server at all: whatever a job would do afterwards, nothing here waits for it.
    Object.assign(server.deps, { wecom: new Proxy({}, { get: () => away }), vault: new Proxy({}, { get: () => away }) })
    const asked = { requestId: randomUUID(), accountId, purposes: ['receive' as const], asked: 'in_person' as const }
    const { body } = await call(server, clerk.cookie, consentEndpoints.withdrawConsent, {
      ...asked,
      reason: '当面要求',
    })
    expect(body.withdrawn).toHaveLength(1)
    const send = await call(server, cookie, repEndpoints.authoriseSend, {
      ...{
        requestId: randomUUID(),
        externalUserId,
        contentItemId,
        kind: 'news',
        entry: 'single_chat_tools',
        again: true,
      },
    })
    expect(send.body.refusals[0].reason).toBe('opted_out')
    const look = await call(server, auditor.cookie, consentEndpoints.lookAtConsents, { accountId })
    expect(look.body.purposes[0].standing).toBe('withdrawn')
    Object.assign(server.deps, before)
  })

  it('a ticket that had ended, and one that was refused, were not under way', async () => {
    const ordinary = await buildOrdinary(server)
    await call(server, ordinary.cookie, repEndpoints.authoriseSend, {
      ...{ requestId: randomUUID(), externalUserId: ordinary.externalUserId, contentItemId: ordinary.contentItemId },
      ...{ kind: 'news', entry: 'single_chat_tools', again: true },
    })
    server.clock.at = new Date(morning.getTime() + 90_000)
    const asked = { requestId: randomUUID(), accountId: ordinary.accountId, asked: 'letter' as const, reason: '来信' }
    const { body } = await call(server, clerk.cookie, consentEndpoints.withdrawConsent, {
      ...asked,
      purposes: ['receive'],
    })
    expect(body.inFlight).toEqual([])
  })

  it('needs a reason, and a doctor who is ours', async () => {
    const asked = {
      requestId: randomUUID(),
      accountId: 'nobody',
      purposes: ['receive' as const],
      asked: 'other' as const,
    }
    const say = (reason: string) => call(server, clerk.cookie, consentEndpoints.withdrawConsent, { ...asked, reason })
    expect((await say(' ')).body).toMatchObject({ error: 'bad_request', field: 'reason' })
    expect((await say('来电')).body.error).toBe('account_not_found')
    expect(
      (await call(server, clerk.cookie, consentEndpoints.lookAtConsents, { accountId: 'nobody' })).body.error,
    ).toBe('account_not_found')
  })
})

describe('where the company asks nothing itself', () => {
  it('no invitation goes out, the sidebar offers none, and a paper still counts', async () => {
    const { cookie, externalUserId, contentItemId } = await buildOrdinary(server)
    const invitation = await buildPiece(server, { class: 'consent', product: '', title: '邀请' })
    const send = (piece: string) =>
      call(server, cookie, repEndpoints.authoriseSend, {
        ...{ requestId: randomUUID(), externalUserId, contentItemId: piece, kind: 'news' },
        ...{ entry: 'single_chat_tools', again: true },
      })
    const offered = async () => {
      const asked = { externalUserId, entry: 'single_chat_tools' as const }
      return (await call(server, cookie, repEndpoints.openChat, asked)).body.contact.invitation as string | null
    }
    expect(await offered()).toBe(invitation)
    await server.owner.updateTable('policy').set({ disclaimerMode: 0 }).execute()
    expect((await send(invitation)).body.refusals).toEqual([{ reason: 'invitation_off' }])
    expect(await offered()).toBeNull()
    expect((await send(contentItemId)).body.outcome).toBe('authorised')
    await server.owner.updateTable('policy').set({ disclaimerMode: 1 }).execute()
    expect((await send(invitation)).body.outcome).toBe('authorised')
  })
})

describe('a consent on paper', () => {
  async function upload(who = clerk): Promise<string> {
    const id = randomUUID().slice(0, 26).replaceAll('-', 'x')
    const fileHash = randomUUID().replaceAll('-', '').padEnd(64, '0')
    await server.deps.files.put(`content/${fileHash}`, Buffer.from('%PDF-1.7 scan'))
    await server.owner
      .insertInto('storedFile')
      .values({ fileHash, bytes: 13, mime: 'application/pdf', kind: 'pdf', storedAt: morning, storedBy: who.id })
      .execute()
    await server.owner
      .insertInto('upload')
      .values({
        ...{
          id,
          personId: who.id,
          purpose: 'paper',
          fileName: '同意书.pdf',
          bytes: 13,
          partBytes: 1_048_576,
          sha256: null,
        },
        ...{ state: 'stored', problem: null, fileHash, createdAt: morning, endsAt: new Date(morning.getTime() + day) },
      })
      .execute()
    return id
  }
  const enter = async (accountId: string, given: object = {}, who = clerk) =>
    call(server, who.cookie, consentEndpoints.enterPaper, {
      ...{ requestId: randomUUID(), uploadId: await upload(who), accountId, purposes: ['receive'], language: 'zh-CN' },
      ...{ signedOn: '2026-05-01', note: '门诊', ...given },
    })
  const settle = (paperId: string, who: Colleague, decision: 'confirm' | 'reject' = 'confirm', reason = '') =>
    call(server, who.cookie, consentEndpoints.settlePaper, { paperId, decision, reason })
  const rowsOf = (accountId: string) =>
    server.owner.selectFrom('consent').selectAll().where('accountId', '=', accountId).execute()

  it('counts once a second person confirmed it, and ten confirmations at once are one', async () => {
    const accountId = await buildAccount(server, { name: '何军' })
    const { paperId } = (await enter(accountId)).body
    expect(await rowsOf(accountId)).toEqual([])
    const waiting = (await call(server, judge.cookie, consentEndpoints.listPapers, {})).body.rows as ConsentPaper[]
    expect(waiting.find((one) => one.paperId === paperId)).toMatchObject({
      ...{ doctor: '何军', enteredBy: 'compliance', stage: 'waiting', maySettle: true, purposes: ['receive'] },
    })
    expect((await settle(paperId, clerk)).body.refusals).toEqual([{ reason: 'own_entry' }])
    const answers = await Promise.all(Array.from({ length: 10 }, () => settle(paperId, judge)))
    for (const { body } of answers) expect(body).toEqual({ outcome: 'confirmed', purposes: ['receive'] })
    const [row, ...others] = await rowsOf(accountId)
    expect(others).toEqual([])
    expect(row).toMatchObject({
      ...{ statement: 'opted_in', channel: 'paper', identity: 'paper_scan', textVersion: 1 },
      statedAt: new Date('2026-04-30T16:00:00Z'),
    })
    expect(JSON.parse(row!.evidence)).toMatchObject({ paperId, enteredBy: clerk.id, confirmedBy: judge.id })
    for (const event of ['consent_paper.entered', 'consent_paper.refused', 'consent_paper.confirmed'])
      expect(await trail(paperId, event)).toHaveLength(1)
    expect((await settle(paperId, judge, 'reject', '晚了')).body.refusals).toEqual([{ reason: 'settled' }])
    const settled = (await call(server, clerk.cookie, consentEndpoints.listPapers, { show: 'settled' })).body.rows
    expect(settled[0]).toMatchObject({ paperId, stage: 'confirmed', settledBy: 'compliance_officer', maySettle: false })
  })

  it('is rejected with a reason, and then is no consent', async () => {
    const accountId = await buildAccount(server)
    const { paperId } = (await enter(accountId)).body
    expect((await settle(paperId, judge, 'reject', ' ')).body.refusals).toEqual([{ reason: 'reason_missing' }])
    expect((await settle(paperId, judge, 'reject', '签名不是本人')).body).toEqual({ outcome: 'rejected' })
    expect(await rowsOf(accountId)).toEqual([])
    expect(await trail(paperId, 'consent_paper.rejected')).toMatchObject([{ reason: '签名不是本人' }])
  })

  it('of a purpose that had no text then is none, and the paper waits on', async () => {
    const accountId = await buildAccount(server)
    const { paperId } = (await enter(accountId, { purposes: ['archive'] })).body
    expect((await settle(paperId, judge)).body.refusals).toEqual([
      { purpose: 'archive', refusal: { reason: 'text_not_active', count: 0, limit: 0 } },
    ])
    const { stage } = await server.owner
      .selectFrom('consentPaper')
      .select('stage')
      .where('id', '=', paperId)
      .executeTakeFirstOrThrow()
    expect(stage).toBe('waiting')
  })

  it('signed before a withdrawal does not undo it', async () => {
    const accountId = await buildAccount(server)
    await stateConsents(
      server.deps,
      { kind: 'hcp', id: 'wm1' },
      {
        ...{
          accountId,
          requestId: randomUUID(),
          language: 'zh-CN',
          channel: 'own_page',
          identity: 'remembered',
          evidence: {},
        },
        statements: [{ purpose: 'receive', statement: 'opted_out', textVersion: 1 }],
      },
    )
    await settle((await enter(accountId)).body.paperId, judge)
    const { body } = await call(server, auditor.cookie, consentEndpoints.lookAtConsents, { accountId })
    expect(body.purposes[0]).toMatchObject({
      standing: 'withdrawn',
      history: [{ statement: 'opted_out' }, { channel: 'paper' }],
    })
  })

  it('is entered once under one request, of a doctor who is ours, with a scan of one’s own, not from tomorrow', async () => {
    const accountId = await buildAccount(server)
    const uploadId = await upload()
    const requestId = randomUUID()
    const answers = await Promise.all(Array.from({ length: 10 }, () => enter(accountId, { requestId, uploadId })))
    expect(new Set(answers.map(({ body }) => body.paperId)).size).toBe(1)
    const other = await buildAccount(server)
    expect((await enter(other, { requestId, uploadId })).body.error).toBe('request_id_reused')
    expect((await enter('nobody')).body.error).toBe('account_not_found')
    expect((await enter(accountId, { uploadId: await upload(judge) })).body.error).toBe('upload_not_found')
    expect((await enter(accountId, { signedOn: '2026-05-14' })).body).toMatchObject({
      error: 'bad_request',
      field: 'signedOn',
    })
    expect((await settle('nobody', judge)).body.error).toBe('content_not_found')
  })

  it('shows its scan to compliance and auditors, who are on record, and can run nothing', async () => {
    const { paperId } = (await enter(await buildAccount(server))).body
    const scan = (who: Colleague) =>
      post(server, who.cookie, `/api/console/consents/papers/${paperId}/scan`, '', { method: 'GET' })
    const shown = await scan(auditor)
    expect(shown.body.text).toBe('%PDF-1.7 scan')
    expect(shown.headers.get('content-type')).toBe('application/pdf')
    expect(shown.headers.get('content-security-policy')).toContain('sandbox')
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff')
    expect(await trail(paperId, 'consent_paper.viewed')).toHaveLength(1)
    const author = await buildColleague(server, 'author')
    expect((await scan(author)).body.error).toBe('wrong_role')
    expect((await scan({ ...author, cookie: '' })).status).toBe(401)
    const missing = await post(server, auditor.cookie, '/api/console/consents/papers/none/scan', '', { method: 'GET' })
    expect(missing.body.error).toBe('content_not_found')
  })

  it('finds the doctor by name, pinyin or hospital', async () => {
    await buildAccount(server, { name: '欧阳雪', nameSearch: '欧阳雪 ouyangxue oyx' })
    for (const query of ['欧阳', 'OYX', 'ouyang']) {
      const { body } = await call(server, clerk.cookie, consentEndpoints.findDoctors, { query })
      expect(body.doctors).toMatchObject([{ doctor: '欧阳雪', hospital: '仁和医院（示例）' }])
    }
  })
})
