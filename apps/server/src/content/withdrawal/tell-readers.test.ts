import { withdrawalEndpoints } from '@vouch/contract'
import { ulid } from 'ulid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCompany, buildContact, buildPiece, buildRep } from '../../../test/builders.ts'
import { addNoticeSend, addRead, addSent, type Sent } from '../../../test/sent.ts'
import { call, morning, startTestServer, type TestServer } from '../../../test/test-server.ts'

let server: TestServer
let officer: { personId: string; cookie: string }
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())
beforeEach(async () => {
  server.clock.at = morning
  officer = await office('compliance_officer')
})

const { listReaders, tellReaders } = withdrawalEndpoints
const minutes = (count: number) => new Date(morning.getTime() + count * 60_000)

async function office(role: string) {
  const personId = await buildRep(server, { roles: [role] })
  return { personId, cookie: await server.signIn(personId, 'console') }
}

const buildSent = (repId: string, contentItemId: string, sent: Sent) => addSent(server, repId, contentItemId, sent)

const look = (contentItemId: string, cursor: string | null = null) =>
  call(server, officer.cookie, listReaders, { contentItemId, cursor })
const tell = (contentItemId: string, noticeItemId: string, requestId: string = crypto.randomUUID()) =>
  call(server, officer.cookie, tellReaders, { requestId, contentItemId, noticeItemId })
const idsOf = (body: { readers: { accountId: string }[] }) => body.readers.map((reader) => reader.accountId)
const owed = (personIds: string[]) =>
  server.db
    .selectFrom('outbox')
    .selectAll()
    .where('toPerson', 'in', personIds)
    .where('kind', '=', 'correction')
    .execute()

describe('readers of a version', () => {
  it('are those who opened it and those who hold a copy, by their first time, with who can tell them', async () => {
    const contentItemId = await buildPiece(server, { pageCount: 12 })
    const repId = await buildRep(server, { name: '李娜' })
    const late = await buildSent(repId, contentItemId, { opened: minutes(9) })
    const early = await buildSent(repId, contentItemId, { opened: minutes(3) })
    await addRead(server, early.sendId, 4)
    await addRead(server, early.sendId, 1)
    await addRead(server, early.sendId, 1, contentItemId)
    await addRead(server, early.sendId, 7, await buildPiece(server))
    const copy = await buildSent(repId, contentItemId, { kind: 'file' })
    await buildSent(repId, contentItemId, {})
    await buildSent(repId, contentItemId, { kind: 'file', outcome: 'C' })

    const { body } = await look(contentItemId)
    expect(idsOf(body)).toEqual([copy, early, late].map((sent) => sent.accountId))
    expect(body.readers[0]).toMatchObject({
      doctor: '赵敏',
      hospital: '仁和医院（示例）',
      how: 'received',
      rep: '李娜',
    })
    expect(body.readers[1]).toMatchObject({ how: 'opened', at: minutes(3).toISOString(), notice: null, sentBy: '李娜' })
    expect([body.of, body.readers[0].pages, body.readers[1].pages]).toEqual([12, [], [1, 4]])
    const trail = await server.db
      .selectFrom('auditEntry')
      .select(['actorId', 'event'])
      .where('subjectId', '=', contentItemId)
      .execute()
    expect(trail).toEqual([{ actorId: officer.personId, event: 'content.readers_viewed' }])
  })

  it('are told apart by the version they saw at a link', async () => {
    const documentId = ulid()
    const first = await buildPiece(server, { documentId, version: 1, state: 'superseded' })
    const second = await buildPiece(server, { documentId, version: 2, replacesLinks: 1 })
    const repId = await buildRep(server)
    const sawFirst = await buildSent(repId, first, { opened: minutes(1) })
    const sawSecond = await buildSent(repId, first, { opened: minutes(2), showing: second })
    expect(idsOf((await look(first)).body)).toEqual([sawFirst.accountId])
    expect(idsOf((await look(second)).body)).toEqual([sawSecond.accountId])
  })

  it('come in pages, each once', async () => {
    const contentItemId = await buildPiece(server)
    const repId = await buildRep(server)
    for (let nth = 0; nth < 53; nth += 1) await buildSent(repId, contentItemId, { kind: 'file' })
    const one = (await look(contentItemId)).body
    const two = (await look(contentItemId, one.next)).body
    expect([one.readers.length, two.readers.length, two.next]).toEqual([50, 3, null])
    expect(new Set([...idsOf(one), ...idsOf(two)]).size).toBe(53)
  })

  it('are shown to the compliance officer alone', async () => {
    const contentItemId = await buildPiece(server)
    for (const role of ['compliance', 'author', 'auditor']) {
      const answer = await call(server, (await office(role)).cookie, listReaders, { contentItemId })
      expect(answer).toMatchObject({ status: 403, body: { error: 'wrong_role' } })
    }
    expect((await look(ulid())).body.error).toBe('content_not_found')
  })
})

describe('a notice to readers', () => {
  it('is asked of the rep who sent it, else of one who follows the doctor, once however often it is asked', async () => {
    const contentItemId = await buildPiece(server, { title: '旧版', state: 'withdrawn' })
    const noticeItemId = await buildPiece(server, { title: '更正说明' })
    const [sender, other] = [await buildRep(server), await buildRep(server)]
    const left = await buildRep(server, { status: 'left' })
    const own = await buildSent(sender, contentItemId, { opened: minutes(1) })
    const taken = await buildSent(left, contentItemId, { opened: minutes(2) })
    await buildContact(server, other, null, { externalUserId: taken.externalUserId })
    await buildSent(left, contentItemId, { kind: 'file' })

    const requestId = crypto.randomUUID()
    const answers = await Promise.all(Array.from({ length: 10 }, () => tell(contentItemId, noticeItemId, requestId)))
    for (const { body } of answers) expect(body).toEqual({ outcome: 'done', doctors: 2, reps: 2, unreachable: 1 })
    const notices = await owed([sender, other, left])
    expect(notices.map((notice) => notice.toPerson).sort()).toEqual([sender, other].sort())
    for (const part of ['更正说明', '旧版', '赵* 主任医师（仁和）']) expect(notices[0]!.body).toContain(part)
    expect(notices[0]!.body).not.toContain('赵敏')

    const again = await tell(contentItemId, noticeItemId)
    expect(again.body).toEqual({ outcome: 'done', doctors: 0, reps: 0, unreachable: 1 })
    server.clock.at = minutes(20)
    const later = await buildSent(sender, contentItemId, { opened: minutes(15) })
    expect((await tell(contentItemId, noticeItemId)).body).toMatchObject({ doctors: 1, reps: 1 })
    expect(await owed([sender])).toHaveLength(2)

    const rows = await server.db
      .selectFrom('recallReader')
      .selectAll()
      .where('contentItemId', '=', contentItemId)
      .execute()
    expect(rows.map((row) => row.accountId).sort()).toEqual([own, taken, later].map((sent) => sent.accountId).sort())
  })

  it('shows in the list as asked for, and as sent once its piece was handed to WeCom, by whom', async () => {
    const contentItemId = await buildPiece(server, { state: 'withdrawn' })
    const documentId = ulid()
    const noticeItemId = await buildPiece(server, { title: '更正说明', documentId, version: 1 })
    const repId = await buildRep(server, { name: '李娜' })
    const { accountId } = await buildSent(repId, contentItemId, { opened: minutes(1) })
    await tell(contentItemId, noticeItemId)
    const notice = { title: '更正说明', askedAt: morning.toISOString(), askedOf: '李娜' }
    const open = { ...notice, standing: 'to_send', sentAt: null, sentBy: '' }
    const now = async () => (await look(contentItemId)).body.readers[0].notice
    expect(await now()).toEqual(open)
    await addNoticeSend(server, repId, { accountId, contentItemId: noticeItemId, at: minutes(5), outcome: 'C' })
    await addNoticeSend(server, repId, { accountId, contentItemId: await buildPiece(server), at: minutes(6) })
    expect(await now()).toEqual(open)
    const newer = await buildPiece(server, { documentId, version: 2 })
    const other = await buildRep(server, { name: '王磊' })
    await addNoticeSend(server, other, { accountId, contentItemId: newer, at: minutes(7) })
    expect(await now()).toEqual({
      ...{ ...notice, standing: 'sent', sentAt: minutes(7).toISOString(), sentBy: '王磊' },
    })
  })

  it('is an approved piece, and asked by the compliance officer', async () => {
    const contentItemId = await buildPiece(server, { state: 'withdrawn' })
    for (const noticeItemId of [contentItemId, await buildPiece(server, { state: 'draft' }), ulid()]) {
      const answer = await tell(contentItemId, noticeItemId)
      expect(answer).toMatchObject({ status: 400, body: { field: 'noticeItemId' } })
    }
    const { cookie } = await office('compliance')
    const asked = { requestId: crypto.randomUUID(), contentItemId, noticeItemId: await buildPiece(server) }
    const { body } = await call(server, cookie, tellReaders, asked)
    expect(body).toEqual({ outcome: 'refused', refusals: [{ reason: 'wrong_role' }] })
    const trail = await server.db
      .selectFrom('auditEntry')
      .select('event')
      .where('subjectId', '=', contentItemId)
      .execute()
    expect(trail).toEqual([{ event: 'content.step_refused' }])
  })
})
