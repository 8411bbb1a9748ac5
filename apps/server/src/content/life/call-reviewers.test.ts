import { contentEndpoints, searchEndpoints } from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCompany } from '../../../test/builders.ts'
import {
  buildColleague,
  buildDraft,
  buildOffice,
  buildSubmitted,
  inDays,
  sign,
  signAll,
  type Colleague,
  type Office,
} from '../../../test/office.ts'
import { call, morning, publicUrl, startTestServer, type TestServer } from '../../../test/test-server.ts'
import { deliverOutbox } from '../../outbox/deliver-outbox.ts'
import { oldestNoticeSeconds } from '../../outbox/queries.ts'
import { callReviewers } from './call-reviewers.ts'

let server: TestServer
let office: Office
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  office = await buildOffice(server)
})
afterAll(() => server.stop())
beforeEach(async () => {
  await server.owner.deleteFrom('outbox').execute()
  await server.owner.deleteFrom('reviewCall').execute()
  server.told.messages.length = 0
  await comeTo(morning)
})

/** Moves the clock, and has everybody sign in again. */
async function comeTo(at: Date) {
  server.clock.at = at
  for (const who of Object.values(office)) who.cookie = await server.signIn(who.id, 'console')
}
const pass = (seconds: number) => {
  server.clock.at = new Date(server.clock.at.getTime() + seconds * 1_000)
}
/** What both jobs tell from now on, on many instances. */
async function tellAll() {
  server.told.messages.length = 0
  await Promise.all(Array.from({ length: 10 }, () => callReviewers(server.deps)))
  await Promise.all(Array.from({ length: 10 }, () => deliverOutbox(server.deps)))
  return server.told.messages
}
const toldTo = (who: Colleague) => server.told.messages.filter(({ userIds }) => userIds.includes(who.wecomUserId))
const submitted = (title: string, author = office.author) => buildSubmitted(server, author, { title })
const pageOf = (contentItemId: string) => `${publicUrl}/console/content/${contentItemId}`

describe('who is called to a review', () => {
  it('[CALL-01] one piece is told to each role that is to sign it, with its page, once', async () => {
    const contentItemId = await submitted('随访手册')
    expect(await tellAll()).toEqual([])
    pass(60)
    await tellAll()
    for (const who of [office.medical, office.legal, office.compliance])
      expect(toldTo(who)).toMatchObject([
        { title: expect.stringContaining('随访手册') as string, url: pageOf(contentItemId) },
      ])
    expect(toldTo(office.medical)[0]?.text).toContain('医学')
    expect([...toldTo(office.author), ...toldTo(office.officer)]).toEqual([])
    pass(600)
    expect(await tellAll()).toEqual([])
    const trail = await server.owner
      .selectFrom('auditEntry')
      .select('event')
      .where('subjectId', '=', contentItemId)
      .where('event', 'in', ['content.review_called', 'notice.sent'])
      .execute()
    expect(trail.map(({ event }) => event).toSorted()).toEqual([
      ...Array.from({ length: 3 }, () => 'content.review_called'),
      ...Array.from({ length: 3 }, () => 'notice.sent'),
    ])
  })

  it('[CALL-02] ten that come at once, and more within the minute, are one message, each piece in it once', async () => {
    const drafts = await Promise.all(
      Array.from({ length: 10 }, (_, index) => buildDraft(server, office.author, { title: `资料${index}` })),
    )
    const hand = (draft: object) => call(server, office.author.cookie, contentEndpoints.submitContent, draft as never)
    // Each is handed over by two windows at once.
    await Promise.all([...drafts, ...drafts].map(hand))
    pass(40)
    await submitted('稍后的一份')
    pass(20)
    await tellAll()
    for (const who of [office.medical, office.legal, office.compliance]) {
      expect(toldTo(who)).toHaveLength(1)
      expect(toldTo(who)[0]).toMatchObject({
        title: expect.stringMatching(/^11 份/) as string,
        url: `${publicUrl}/console/content?show=for_me`,
      })
    }
    const calls = await server.owner.selectFrom('reviewCall').select('personId').execute()
    expect(calls).toHaveLength(33)
    pass(120)
    expect(await tellAll()).toEqual([])
  })

  it('[CALL-03] leaves out who wrote it, who signed it, and whose step is signed', async () => {
    const both = await buildColleague(server, 'author', 'medical')
    const helper = await buildColleague(server, 'author', 'legal')
    const { contentItemId, revision } = await buildDraft(server, both)
    const helped = await call(server, helper.cookie, contentEndpoints.editDraft, {
      ...{ contentItemId, revision, shortTitle: '一起写的' },
    })
    await call(server, both.cookie, contentEndpoints.submitContent, {
      ...{ contentItemId, revision: helped.body.revision as number },
    })
    await sign(server, office.compliance, contentItemId, { step: 'compliance' })
    pass(60)
    await tellAll()
    expect([both, helper, office.compliance].flatMap(toldTo)).toEqual([])
    expect([office.medical, office.legal].map((who) => toldTo(who).length)).toEqual([1, 1])
  })

  it('[CALL-04] tells nothing of what was taken back before the minute was over', async () => {
    const contentItemId = await submitted('收回的')
    await call(server, office.author.cookie, contentEndpoints.takeBack, { contentItemId, reason: '改一处' })
    pass(60)
    expect(await tellAll()).toEqual([])
  })

  it('[CALL-05] waits for the morning when it is quiet, and then tells what came in the night in one message', async () => {
    const night = new Date('2026-05-13T14:30:00.000Z')
    await comeTo(night)
    await submitted('夜里的一份')
    await submitted('夜里的另一份')
    pass(120)
    expect(await tellAll()).toEqual([])
    await comeTo(new Date('2026-05-14T00:00:00.000Z'))
    await tellAll()
    expect(toldTo(office.legal)).toMatchObject([{ title: expect.stringMatching(/^2 份/) as string }])
  })

  it('[CALL-06] calls those who are left to a renewal that one of them began', async () => {
    const contentItemId = await submitted('续期的')
    await signAll(server, office, contentItemId)
    pass(60)
    await tellAll()
    await comeTo(new Date(inDays(1)))
    const renewsUntil = inDays(300)
    const preview = await call(server, office.medical.cookie, contentEndpoints.previewRenewal, {
      ...{ contentItemId, renewsUntil },
    })
    const statementHash = preview.body.statementHash as string
    await sign(server, office.medical, contentItemId, { decision: 'renew', statementHash, renewsUntil })
    pass(60)
    await tellAll()
    expect([office.medical, office.author].flatMap(toldTo)).toEqual([])
    const listed = async (who: Colleague) => {
      const { body } = await call(server, who.cookie, searchEndpoints.listContent, { show: 'for_me' })
      return (body.rows as { contentItemId: string }[]).map((row) => row.contentItemId)
    }
    expect(await listed(office.legal)).toContain(contentItemId)
    expect(await listed(office.medical)).not.toContain(contentItemId)
    for (const who of [office.legal, office.compliance])
      expect(toldTo(who)).toMatchObject([
        { title: expect.stringContaining('请复审') as string, url: pageOf(contentItemId) },
      ])
  })
})

describe('what the author is told', () => {
  it('[CALL-07] that all have signed, or that it was sent back and why', async () => {
    const approved = await submitted('批准的')
    await signAll(server, office, approved)
    const returned = await submitted('退回的')
    await sign(server, office.legal, returned, { step: 'legal', decision: 'return', reason: '缺批准号' })
    await tellAll()
    expect(toldTo(office.author)).toMatchObject([
      { title: '已批准 Approved：批准的', url: pageOf(approved) },
      { title: '已退回 Sent back：退回的', text: expect.stringContaining('缺批准号') as string },
    ])
  })

  it('[CALL-08] waits, too, until quiet hours are over', async () => {
    await comeTo(new Date('2026-05-13T14:30:00.000Z'))
    const contentItemId = await submitted('夜里批准的')
    await signAll(server, office, contentItemId)
    expect(await tellAll()).toEqual([])
    server.clock.at = new Date('2026-05-13T23:59:59.000Z')
    expect(await tellAll()).toEqual([])
    // What rests by our own will is not late.
    expect(await oldestNoticeSeconds(server.db, server.clock.at)).toBe(0)
    pass(121)
    await tellAll()
    expect(toldTo(office.author)).toMatchObject([{ title: '已批准 Approved：夜里批准的' }])
  })
})
