import { withdrawalEndpoints, repEndpoints } from '@vouch/contract'
import { ulid } from 'ulid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  buildAccount,
  buildCompany,
  buildContact,
  buildOrdinary,
  buildPiece,
  buildRep,
  giveConsent,
} from '../../../test/builders.ts'
import { call, morning, startTestServer, type TestServer } from '../../../test/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())
beforeEach(() => {
  server.clock.at = morning
})

const { effectOfWithdrawal, withdrawContent } = withdrawalEndpoints

async function office(...roles: string[]) {
  const personId = await buildRep(server, { roles, name: '周合规' })
  return { personId, cookie: await server.signIn(personId, 'console') }
}
const send = (
  { cookie, externalUserId }: { cookie: string; externalUserId: string },
  contentItemId: string,
  kind: 'news' | 'text' = 'news',
) =>
  call(server, cookie, repEndpoints.authoriseSend, {
    ...{ requestId: crypto.randomUUID(), externalUserId, contentItemId, kind, entry: 'single_chat_tools', again: true },
  })
const withdraw = (cookie: string, contentItemId: string, more: { successorId?: string; reason?: string } = {}) =>
  call(server, cookie, withdrawContent, {
    ...{ requestId: crypto.randomUUID(), contentItemId, reason: '安全性信息更新', successorId: null, ...more },
  })
const pieceOf = (contentItemId: string) =>
  server.db.selectFrom('contentItem').selectAll().where('id', '=', contentItemId).executeTakeFirstOrThrow()
const trail = (subjectId: string, event: string) =>
  server.db.selectFrom('auditEntry').selectAll().where('subjectId', '=', subjectId).where('event', '=', event).execute()
const tell = (sendId: string, kind: 'K' | 'C' | 'F' | 'O') =>
  server.db
    .insertInto('fact')
    .values({
      ...{ sendId, kind, factId: kind, author: 'x', at: server.deps.now(), clientAt: null, seenExternalUserId: null },
    })
    .execute()

describe('what a withdrawal would reach', () => {
  it('counts reps, doctors, links, copies and what is under way, and is on record', async () => {
    const one = await buildOrdinary(server)
    const contentItemId = await buildPiece(server, { ways: 'news,text', title: '旧版摘要', territories: 'east' })
    const next = await buildPiece(server, { title: '新版摘要' })
    const other = await buildOrdinary(server)
    const third = { cookie: one.cookie, externalUserId: await doctorOf(one.repId) }
    const [open, copy, stopped] = [
      await send(one, contentItemId),
      await send(other, contentItemId, 'text'),
      await send(third, contentItemId),
    ].map((answer) => answer.body.sendId as string)
    await tell(copy!, 'K')
    await tell(stopped!, 'C')
    const me = await office('compliance')
    const { status, body } = await call(server, me.cookie, effectOfWithdrawal, { contentItemId })
    expect(status).toBe(200)
    expect(body).toMatchObject({ title: '旧版摘要', version: 1, refusals: [] })
    expect(body).toMatchObject({ reps: 2, doctors: 2, readers: 1, liveLinks: 1, filesOut: 0, textsOut: 1 })
    expect(body.repsToTell).toBeGreaterThanOrEqual(2)
    expect(body.inFlight.map((sent: { sendId: string }) => sent.sendId)).toEqual([open])
    expect(body.inFlight[0]).toMatchObject({ rep: '王磊', doctor: '张伟', kind: 'news' })
    expect(body.successors.map((piece: { contentItemId: string }) => piece.contentItemId)).toContain(next)
    expect(await trail(contentItemId, 'content.effect_viewed')).toMatchObject([{ actorId: me.personId }])
  })

  it('is shown to nobody whose office it is not', async () => {
    const contentItemId = await buildPiece(server)
    for (const role of ['auditor', 'author', 'manager']) {
      const answer = await call(server, (await office(role)).cookie, effectOfWithdrawal, { contentItemId })
      expect(answer).toMatchObject({ status: 403, body: { error: 'wrong_role' } })
    }
    const me = await office('compliance')
    const answer = await call(server, me.cookie, effectOfWithdrawal, { contentItemId: ulid() })
    expect(answer).toMatchObject({ status: 404, body: { error: 'content_not_found' } })
  })

  it('says beforehand that a piece cannot be withdrawn', async () => {
    const contentItemId = await buildPiece(server, { state: 'superseded' })
    const { body } = await call(server, (await office('medical')).cookie, effectOfWithdrawal, { contentItemId })
    expect(body.refusals).toEqual([{ reason: 'wrong_state', about: 'superseded' }])
  })
})

async function doctorOf(repId: string): Promise<string> {
  const accountId = await buildAccount(server)
  await giveConsent(server, accountId)
  return buildContact(server, repId, accountId)
}

describe('a withdrawal', () => {
  it('ends the piece for everybody at once, tells reps, and names what is under way', async () => {
    const ordinary = await buildOrdinary(server)
    const { contentItemId } = ordinary
    const successorId = await buildPiece(server, { title: '新版摘要' })
    const sendId = (await send(ordinary, contentItemId)).body.sendId as string
    const stranger = await buildRep(server)
    await server.owner.deleteFrom('repProduct').where('repId', '=', stranger).execute()

    const me = await office('legal')
    const { body } = await withdraw(me.cookie, contentItemId, { successorId })
    expect(body).toMatchObject({ outcome: 'done', at: morning.toISOString(), inFlight: [{ sendId }] })
    expect(await pieceOf(contentItemId)).toMatchObject({
      ...{ state: 'withdrawn', endedAt: morning, withdrawnReason: '安全性信息更新', supersededBy: successorId },
      listedUntil: new Date(morning.getTime() + 30 * 86_400_000),
    })
    expect((await send(ordinary, contentItemId)).body.refusals[0].reason).toBe('content_withdrawn')

    const owed = await server.db.selectFrom('outbox').selectAll().where('subjectId', '=', contentItemId).execute()
    expect(owed).toHaveLength(body.repsTold)
    expect(owed.map((notice) => notice.toPerson)).toContain(ordinary.repId)
    expect(owed.map((notice) => notice.toPerson)).not.toContain(stranger)
    for (const part of ['三期研究摘要', '安全性信息更新', '新版摘要', 'withdrawn'])
      expect(owed[0]!.body).toContain(part)

    const [entry] = await trail(contentItemId, 'content.withdrawn')
    expect(entry).toMatchObject({ actorKind: 'admin', actorId: me.personId, reason: '安全性信息更新' })
    const detail = typeof entry!.detail === 'string' ? JSON.parse(entry!.detail) : entry!.detail
    expect(detail).toMatchObject({
      ...{ before: { state: 'approved' }, after: { state: 'withdrawn', successorId }, inFlight: [sendId] },
    })
  })

  it('asked ten times at once under one request is one withdrawal with one answer', async () => {
    const { contentItemId, ...ordinary } = await buildOrdinary(server)
    await send(ordinary, contentItemId)
    const { cookie } = await office('compliance_officer')
    const asked = { requestId: crypto.randomUUID(), contentItemId, reason: '召回', successorId: null }
    const answers = await Promise.all(Array.from({ length: 10 }, () => call(server, cookie, withdrawContent, asked)))
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(answers[0]!.body.outcome).toBe('done')
    expect(await trail(contentItemId, 'content.withdrawn')).toHaveLength(1)
  })

  it.each([
    { says: 'a system administrator', roles: ['system_admin'], reason: '召回', piece: {}, refuses: ['wrong_role'] },
    { says: 'without a reason', roles: ['medical'], reason: '  ', piece: {}, refuses: ['reason_missing'] },
    {
      says: 'of a draft',
      roles: ['compliance'],
      reason: '召回',
      piece: { state: 'draft' as const },
      refuses: ['wrong_state'],
    },
  ])('refused, $says, is on record and changes nothing', async ({ roles, reason, piece, refuses }) => {
    const contentItemId = await buildPiece(server, piece)
    const { cookie } = await office(...roles)
    const { status, body } = await withdraw(cookie, contentItemId, { reason })
    expect(status).toBe(200)
    expect(body).toMatchObject({ outcome: 'refused', refusals: refuses.map((one) => ({ reason: one })) })
    expect(await trail(contentItemId, 'content.step_refused')).toHaveLength(1)
    expect((await pieceOf(contentItemId)).endedAt).toBeNull()
  })

  it('by its author needs no other office: stopping is urgent', async () => {
    const me = await office('author')
    const contentItemId = await buildPiece(server, { ownerId: me.personId })
    expect((await withdraw(me.cookie, contentItemId)).body.outcome).toBe('done')
  })

  it.each([
    { says: 'itself', successor: async (contentItemId: string) => contentItemId },
    { says: 'a draft', successor: () => buildPiece(server, { state: 'draft' }) },
    { says: 'a piece in quarantine', successor: () => buildPiece(server, { heldReason: 'bytes_changed' }) },
    { says: 'nothing known', successor: async () => ulid() },
  ])('does not name as successor $says', async ({ successor }) => {
    const contentItemId = await buildPiece(server)
    const { cookie } = await office('compliance')
    const answer = await withdraw(cookie, contentItemId, { successorId: await successor(contentItemId) })
    expect(answer).toMatchObject({ status: 400, body: { error: 'bad_request', field: 'successorId' } })
    expect((await pieceOf(contentItemId)).state).toBe('approved')
  })
})
