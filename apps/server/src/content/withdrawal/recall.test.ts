import { readerEndpoints, withdrawalEndpoints } from '@vouch/contract'
import { ulid } from 'ulid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCompany, buildPiece, buildRep } from '../../../test/builders.ts'
import { addNoticeSend, addRead, addSent } from '../../../test/sent.ts'
import { call, morning, startTestServer, type TestServer } from '../../../test/test-server.ts'
import { deliverOutbox } from '../../outbox/deliver-outbox.ts'
import { sha256 } from '../../secrets.ts'

let server: TestServer
let officer: { personId: string; cookie: string }
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())
beforeEach(async () => {
  server.clock.at = morning
  server.told.down = false
  server.told.unreachable.clear()
  officer = await office('compliance_officer', '许岚')
})

const { loadRecall, previewNotice, noticeProgress } = readerEndpoints
const { tellReaders, withdrawContent, listReaders } = withdrawalEndpoints
const minutes = (count: number) => new Date(morning.getTime() + count * 60_000)

async function office(role: string, name = '某人') {
  const personId = await buildRep(server, { roles: [role], name })
  return { personId, cookie: await server.signIn(personId, 'console') }
}
const ask = (endpoint: Parameters<typeof call>[2], input: object, { cookie } = officer) =>
  call(server, cookie, endpoint, input as never) // each test gives what its endpoint asks for
const tell = (contentItemId: string, noticeItemId: string) =>
  ask(tellReaders, { requestId: crypto.randomUUID(), contentItemId, noticeItemId })
const progress = async (contentItemId: string, cursor: string | null = null) =>
  (await ask(noticeProgress, { contentItemId, cursor })).body
const eventsOf = async (subjectId: string) =>
  (
    await server.db.selectFrom('auditEntry').select(['event', 'detail']).where('subjectId', '=', subjectId).execute()
  ).map(({ event, detail }) => ({ event, detail: typeof detail === 'string' ? JSON.parse(detail) : detail }))

describe('a withdrawn version', () => {
  it('tells what was on its way at that moment, and what became of it', async () => {
    const documentId = ulid()
    const contentItemId = await buildPiece(server, { documentId, version: 1 })
    const successorId = await buildPiece(server, { documentId, version: 2, title: '新版' })
    const repId = await buildRep(server, { name: '李娜' })
    const out = await addSent(server, repId, contentItemId, { outcome: null })
    await addSent(server, repId, contentItemId, { opened: minutes(1) })
    const asked = { requestId: crypto.randomUUID(), contentItemId, reason: '剂量有误', successorId }
    expect((await ask(withdrawContent, asked)).body).toMatchObject({ outcome: 'done' })

    const { body } = await ask(loadRecall, { contentItemId })
    expect(body).toMatchObject({
      ...{
        contentItemId,
        version: 1,
        lifeState: 'withdrawn',
        reason: '剂量有误',
        successorId,
        readers: 1,
        reachable: 1,
      },
      ...{ endedAt: morning.toISOString(), inFlight: [{ sendId: out.sendId, rep: '李娜', became: 'OPEN' }] },
    })
    expect(body.notices[0]).toMatchObject({ contentItemId: successorId, title: '新版', version: 2 })
    const fact = { sendId: out.sendId, author: 'x', clientAt: null, seenExternalUserId: null, at: minutes(1) }
    await server.db
      .insertInto('fact')
      .values({ ...fact, kind: 'K', factId: 'K' })
      .execute()
    server.clock.at = minutes(30)
    expect((await ask(loadRecall, { contentItemId })).body.inFlight).toMatchObject([{ became: 'SENT_CLIENT' }])
    expect((await eventsOf(contentItemId)).at(-1)).toEqual({
      ...{ event: 'content.readers_viewed', detail: { of: 1, inFlight: 1 } },
    })
  })

  it('has one reader of a doctor on two records that were merged, with what was read under either', async () => {
    const [contentItemId, noticeItemId] = [await buildPiece(server, { state: 'withdrawn' }), await buildPiece(server)]
    const repId = await buildRep(server)
    const [whole, merged] = [
      await addSent(server, repId, contentItemId, { opened: minutes(2) }),
      await addSent(server, repId, contentItemId, { opened: minutes(1) }),
    ]
    await addRead(server, whole.sendId, 1)
    await addRead(server, merged.sendId, 3)
    const asked = { contentItemId, noticeItemId, accountId: merged.accountId, repId, askedBy: officer.personId }
    await server.db
      .insertInto('recallReader')
      .values({ ...asked, askedAt: morning })
      .execute()
    await server.owner
      .updateTable('account')
      .set({ mergedInto: whole.accountId, active: 0 })
      .where('id', '=', merged.accountId)
      .execute()
    expect((await ask(listReaders, { contentItemId, cursor: null })).body).toMatchObject({
      readers: [
        { accountId: whole.accountId, at: minutes(1).toISOString(), pages: [1, 3], notice: expect.any(Object) },
      ],
    })
    expect((await ask(loadRecall, { contentItemId })).body).toMatchObject({ readers: 1 })
    expect(await progress(contentItemId)).toMatchObject({ doctors: 1 })
    expect((await ask(previewNotice, { contentItemId, noticeItemId })).body).toMatchObject({ doctors: 0, already: 1 })
  })

  it('is there for the compliance officer alone', async () => {
    const contentItemId = await buildPiece(server, { state: 'withdrawn' })
    const noticeItemId = await buildPiece(server)
    for (const role of ['compliance', 'author', 'auditor']) {
      const who = await office(role)
      for (const [endpoint, input] of [
        [loadRecall, { contentItemId }],
        [previewNotice, { contentItemId, noticeItemId }],
        [noticeProgress, { contentItemId }],
      ] as const) {
        expect(await ask(endpoint, input, who)).toMatchObject({ status: 403, body: { error: 'wrong_role' } })
      }
      expect((await take(contentItemId, who)).body).toContain('wrong_role')
    }
    expect((await ask(loadRecall, { contentItemId: ulid() })).body.error).toBe('content_not_found')
    expect((await ask(noticeProgress, { contentItemId: ulid() })).body.error).toBe('content_not_found')
    expect((await take(ulid())).body).toContain('content_not_found')
    expect((await take(contentItemId, { personId: '', cookie: '' })).body).toContain('not_signed_in')
    const bad = await ask(previewNotice, { contentItemId, noticeItemId: contentItemId })
    expect(bad).toMatchObject({ status: 400, body: { field: 'noticeItemId' } })
  })
})

describe('a notice', () => {
  it('is shown before as it will be asked: the same numbers and the same words', async () => {
    const contentItemId = await buildPiece(server, { title: '旧版', state: 'withdrawn' })
    const noticeItemId = await buildPiece(server, { title: '更正说明' })
    const repId = await buildRep(server, { name: '李娜' })
    const gone = await buildRep(server, { status: 'left' })
    for (let nth = 0; nth < 2; nth += 1) await addSent(server, repId, contentItemId, { opened: minutes(nth) })
    await addSent(server, gone, contentItemId, { opened: minutes(3) })
    const { body: preview } = await ask(previewNotice, { contentItemId, noticeItemId })
    expect(preview).toMatchObject({ doctors: 2, reps: 1, already: 0, unreachable: 1, rep: '李娜' })
    expect(preview.text).toContain('赵* 主任医师（仁和）')
    expect(preview.text).not.toContain('赵敏')
    const { body: done } = await tell(contentItemId, noticeItemId)
    expect(done).toEqual({ outcome: 'done', doctors: preview.doctors, reps: preview.reps, unreachable: 1 })
    const owed = await server.db.selectFrom('outbox').select('body').where('toPerson', '=', repId).execute()
    expect(owed.map(({ body }) => JSON.parse(body))).toEqual([
      { title: preview.title, text: preview.text, path: '/sidebar' },
    ])
    const after = (await ask(previewNotice, { contentItemId, noticeItemId })).body
    expect(after).toMatchObject({ doctors: 0, reps: 0, already: 2, rep: '', title: '', text: '' })
  })

  it('shows each rep: message on its way, told, or failed; and what they sent', async () => {
    const contentItemId = await buildPiece(server, { state: 'withdrawn' })
    const noticeItemId = await buildPiece(server, { title: '更正说明' })
    const [told, unknown] = [await buildRep(server, { name: '李娜' }), await buildRep(server, { name: '王磊' })]
    const first = await addSent(server, told, contentItemId, { opened: minutes(1) })
    await addSent(server, told, contentItemId, { opened: minutes(2) })
    await addSent(server, unknown, contentItemId, { kind: 'file' })
    await tell(contentItemId, noticeItemId)
    const before = await progress(contentItemId)
    expect(before).toMatchObject({ doctors: 3, sent: 0, waiting: 2, next: null })

    server.told.unreachable.add(`rep-${unknown.toLowerCase()}`)
    await deliverOutbox(server.deps)
    await addNoticeSend(server, told, { accountId: first.accountId, contentItemId: noticeItemId, at: minutes(5) })
    const { asked, ...sums } = await progress(contentItemId)
    expect(sums).toEqual({ doctors: 3, sent: 1, waiting: 0, next: null })
    const one = { notice: '更正说明', askedAt: morning.toISOString() }
    expect(asked).toHaveLength(2)
    expect(asked).toEqual(
      expect.arrayContaining([
        { ...one, rep: '李娜', doctors: 2, sent: 1, message: 'told', problem: null },
        { ...one, rep: '王磊', doctors: 1, sent: 0, message: 'failed', problem: 'unknown_member' },
      ]),
    )
    await server.db.deleteFrom('outbox').where('sentAt', 'is not', null).execute()
    const later = (await progress(contentItemId)).asked as { rep: string; message: string }[]
    expect(later.find(({ rep }) => rep === '李娜')?.message).toBe('told')
    expect((await eventsOf(contentItemId)).map(({ event }) => event)).toEqual(['content.notice_asked'])
  })

  it('comes page by page, each asking once', async () => {
    const contentItemId = await buildPiece(server, { state: 'withdrawn' })
    const noticeItemId = await buildPiece(server)
    for (let nth = 0; nth < 53; nth += 1)
      await addSent(server, await buildRep(server, { name: `代表${nth}` }), contentItemId, { kind: 'file' })
    await tell(contentItemId, noticeItemId)
    const one = await progress(contentItemId)
    const two = await progress(contentItemId, one.next)
    expect([one.asked.length, two.asked.length, two.next]).toEqual([50, 3, null])
    const reps = [...one.asked, ...two.asked].map(({ rep }: { rep: string }) => rep)
    expect(new Set(reps).size).toBe(53)
  })
})

async function take(contentItemId: string, { cookie } = officer, language = 'zh') {
  const address = `${server.url}/api/console/content/${contentItemId}/readers.csv?lang=${language}`
  const answer = await fetch(address, { headers: { cookie } })
  return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()).toString() }
}

describe('the table of readers', () => {
  it('holds what the list shows, in its order, with who took it; and that is on record', async () => {
    const contentItemId = await buildPiece(server, { state: 'withdrawn', pageCount: 12 })
    const noticeItemId = await buildPiece(server, { title: '更正说明' })
    const repId = await buildRep(server, { name: '李娜' })
    const late = await addSent(server, repId, contentItemId, { opened: minutes(9) })
    const early = await addSent(server, repId, contentItemId, { opened: minutes(3) })
    await addRead(server, early.sendId, 2)
    await addRead(server, early.sendId, 3)
    await tell(contentItemId, noticeItemId)
    await addNoticeSend(server, repId, { accountId: late.accountId, contentItemId: noticeItemId, at: minutes(20) })
    server.clock.at = minutes(30)

    expect((await take(contentItemId)).status).toBe(401) // to take it away needs a fresh proof
    officer.cookie = await server.signIn(officer.personId, 'console')
    const { status, body } = await take(contentItemId)
    expect([status, body.codePointAt(0)]).toEqual([200, 0xfeff])
    const lines = body.slice(1).trimEnd().split('\r\n')
    const shown = (await ask(listReaders, { contentItemId })).body.readers
    expect(shown.map(({ accountId }: { accountId: string }) => accountId)).toEqual([early.accountId, late.accountId])
    expect(lines).toHaveLength(4)
    expect(lines[1]).toMatch(
      /^"赵敏","主任医师","仁和医院（示例）","打开过","[\d -]+ [\d:]+ \+08:00","2 3 \(2\/12\)","李娜","李娜"/,
    )
    expect(lines[1]).toContain('"更正说明"')
    expect(lines[1]).toContain('"还没发","",""')
    expect(lines[2]).toMatch(/"已发","[\d -]+ [\d:]+ \+08:00","李娜"$/)
    expect(lines[3]).toContain('许岚导出')
    expect((await take(contentItemId, officer, 'en')).body).toContain('"opened it"')
    const [taken] = (await eventsOf(contentItemId)).filter(({ event }) => event === 'content.readers_exported')
    expect(taken?.detail).toMatchObject({ rows: 2, sha256: sha256(body) })
  })
})
