import { randomUUID } from 'node:crypto'
import { policyEndpoints, repEndpoints, type PolicyPreview, type PreviewExample } from '@vouch/contract'
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
} from '../../test/builders.ts'
import { buildColleague, eventsOf, type Colleague } from '../../test/office.ts'
import { call, morning, startTestServer, type TestServer } from '../../test/test-server.ts'
import { runPreviews } from './preview/run-previews.ts'

let server: TestServer
let officer: Colleague
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  await server.owner.insertInto('company').values({ id: 1, name: '示例药业', nameEn: 'Example' }).execute()
})
afterAll(() => server.stop())
beforeEach(async () => {
  server.clock.at = morning
  for (const table of ['send', 'fact', 'policyPreview', 'externalContact', 'account'] as const)
    await server.owner.deleteFrom(table).execute()
  officer = await buildColleague(server, 'compliance_officer')
})

const settings = {
  ...{ sendsPerMonth: 4, quietFrom: 22 * 60, quietUntil: 8 * 60, sameItemDays: 14, askAgainDays: 90 },
  ...{ consentDays: null, disclaimerMode: 1 as const, matchReview: 'off' as const, employmentProofMinutes: 15 },
  ...{ contactProofHours: 24, vaultProofMinutes: null, ticketSeconds: 90, unknownAfterSeconds: 600 },
  ...{ signInEveryTime: false, market: 'CN' },
}
type Ordinary = Awaited<ReturnType<typeof buildOrdinary>>
/** A send through the gate; another piece each time unless one is given. */
async function send({ cookie, externalUserId }: Ordinary, piece?: string): Promise<string> {
  server.clock.at = new Date(server.clock.at.getTime() + 60_000)
  const answer = await call(server, cookie, repEndpoints.authoriseSend, {
    ...{ requestId: randomUUID(), externalUserId, contentItemId: piece ?? (await buildPiece(server)) },
    ...{ kind: 'news' as const, entry: 'single_chat_tools' as const },
  })
  return answer.body.sendId as string
}
const begin = async (change: Partial<typeof settings>, requestId = randomUUID()) =>
  (await call(server, officer.cookie, policyEndpoints.previewPolicy, { requestId, ...settings, ...change })).body
    .previewId as string
const look = async (previewId: string) =>
  (await call(server, officer.cookie, policyEndpoints.lookAtPolicyPreview, { previewId })).body as PolicyPreview
async function preview(change: Partial<typeof settings>): Promise<PolicyPreview> {
  const previewId = await begin(change)
  await runPreviews(server.deps)
  return look(previewId)
}
const examples = async (previewId: string, effect: 'blocked' | 'allowed' | 'unknown') =>
  (await call(server, officer.cookie, policyEndpoints.listPreviewExamples, { previewId, effect })).body as {
    rows: PreviewExample[]
    of: number
  }

describe('a preview', () => {
  it('says which sends a lower limit would have blocked, and names them', async () => {
    const ordinary = await buildOrdinary(server)
    const sends = [await send(ordinary), await send(ordinary), await send(ordinary)]
    const seen = await preview({ sendsPerMonth: 2 })
    expect(seen).toMatchObject({ stage: 'done', doctors: 1, doctorsDone: 1 })
    expect(seen.counts).toEqual({
      ...{ stillSent: 2, stillRefused: 0, blocked: 1, allowed: 0, unknown: 0 },
      ...{ blockedBy: [{ reason: 'cap_reached', count: 1 }], allowedFrom: [], unknownAbout: [] },
    })
    const named = await examples(seen.previewId, 'blocked')
    expect(named).toMatchObject({
      rows: [{ sendId: sends[2], doctor: '张伟', rep: '王磊', reasons: ['cap_reached'] }],
      of: 1,
    })
    expect(await eventsOf(server, seen.previewId)).toEqual(['policy.preview_asked', 'policy.preview_viewed'])
  })

  it('says which refused sends a higher limit would have let through, and no more than the limit', async () => {
    const ordinary = await buildOrdinary(server)
    for (let nth = 0; nth < 7; nth += 1) await send(ordinary)
    const { counts } = await preview({ sendsPerMonth: 5 })
    expect(counts).toMatchObject({
      stillSent: 4,
      allowed: 1,
      stillRefused: 2,
      allowedFrom: [{ reason: 'cap_reached', count: 1 }],
    })
  })

  it('lets no send stand in the way that would not have gone out', async () => {
    const ordinary = await buildOrdinary(server)
    const piece = await buildPiece(server)
    const day = 86_400_000
    for (const days of [0, 15, 30]) {
      server.clock.at = new Date(morning.getTime() + days * day)
      ordinary.cookie = await server.signIn(ordinary.repId)
      await server.owner
        .updateTable('person')
        .set({ employmentProvedAt: server.clock.at })
        .where('id', '=', ordinary.repId)
        .execute()
      await server.owner.updateTable('contactFollow').set({ provedAt: server.clock.at }).execute()
      await send(ordinary, piece)
    }
    officer.cookie = await server.signIn(officer.id, 'console')
    const { counts } = await preview({ sameItemDays: 20 })
    expect(counts).toMatchObject({
      stillSent: 2,
      blocked: 1,
      blockedBy: [{ reason: 'sent_recently', count: 1 }],
      unknown: 0,
    })
  })

  it('does not count what a doctor’s cancelled send had not used', async () => {
    const ordinary = await buildOrdinary(server)
    const first = await send(ordinary)
    await send(ordinary)
    const fact = { author: 'x', clientAt: null, seenExternalUserId: null, at: server.deps.now() }
    await server.owner
      .insertInto('fact')
      .values({ ...fact, sendId: first, kind: 'C', factId: 'C' })
      .execute()
    await send(ordinary)
    // The first was cancelled after the second was decided: the second saw it stand, the third did not.
    const { counts } = await preview({ sendsPerMonth: 1 })
    expect(counts).toMatchObject({ stillSent: 2, blocked: 1, unknown: 0 })
  })

  it('counts what the record cannot tell apart from the rest', async () => {
    const ordinary = await buildOrdinary(server)
    const sendId = await send(ordinary)
    await server.owner
      .updateTable('send')
      .set({ weighed: '{}' } as never)
      .where('id', '=', sendId)
      .execute()
    expect((await preview({ quietFrom: 0, quietUntil: 12 * 60 })).counts).toMatchObject({ blocked: 1, unknown: 0 })
    const { counts, previewId } = await preview({ employmentProofMinutes: 5 })
    expect(counts).toMatchObject({
      stillSent: 0,
      unknown: 1,
      unknownAbout: [{ reason: 'employment_proof_stale', count: 1 }],
    })
    expect((await examples(previewId, 'unknown')).rows[0]?.reasons).toEqual(['employment_proof_stale'])
  })

  it('looks at sends to nobody known, too, and at nothing older than 90 days', async () => {
    const repId = await buildRep(server)
    const cookie = await server.signIn(repId)
    const externalUserId = await buildContact(server, repId, null)
    await send({ repId, cookie, externalUserId, accountId: '', contentItemId: '' })
    const old = await buildOrdinary(server)
    const oldSend = await send(old)
    const longAgo = new Date(morning.getTime() - 92 * 86_400_000)
    await server.owner
      .updateTable('send')
      .set({ decidedAt: longAgo } as never)
      .where('id', '=', oldSend)
      .execute()
    const { counts } = await preview({ contactProofHours: 1 })
    expect(counts).toMatchObject({ stillRefused: 1, stillSent: 0, blocked: 0, unknown: 0 })
  })

  it('goes on where it stopped, over more doctors than one go takes, and counts nobody twice', async () => {
    const ordinary = await buildOrdinary(server)
    const rep = { repId: ordinary.repId, cookie: ordinary.cookie, contentItemId: '' }
    for (let nth = 0; nth < 3; nth += 1) {
      for (let filler = 0; filler < 40; filler += 1) await buildAccount(server)
      const accountId = await buildAccount(server)
      await giveConsent(server, accountId)
      const externalUserId = await buildContact(server, rep.repId, accountId)
      for (let sends = 0; sends < 2; sends += 1) await send({ ...rep, accountId, externalUserId })
    }
    const previewId = await begin({ sendsPerMonth: 1 })
    await Promise.all(Array.from({ length: 10 }, () => runPreviews(server.deps)))
    expect(await look(previewId)).toMatchObject({
      ...{ stage: 'done', doctors: 124, doctorsDone: 124 },
      counts: { stillSent: 3, blocked: 3 },
    })
  })

  it('is one for one request; another question while it runs takes its place', async () => {
    const requestId = randomUUID()
    const first = await begin({}, requestId)
    expect(await begin({}, requestId)).toBe(first)
    const other = await begin({ sendsPerMonth: 9 })
    expect((await look(first)) as unknown).toMatchObject({ error: 'not_found' })
    expect((await examples(first, 'blocked')) as unknown).toMatchObject({ error: 'not_found' })
    expect((await look(other)).stage).toBe('running')
  })

  it('is forgotten after a month', async () => {
    const { previewId } = await preview({})
    server.clock.at = new Date(morning.getTime() + 31 * 86_400_000)
    officer.cookie = await server.signIn(officer.id, 'console')
    await preview({ sendsPerMonth: 3 })
    expect((await look(previewId)) as unknown).toMatchObject({ error: 'not_found' })
  })

  it('of a change is kept for whoever decides', async () => {
    const asked = await call(server, officer.cookie, policyEndpoints.proposePolicy, {
      ...{
        requestId: randomUUID(),
        baseVersion: 1,
        ...settings,
        sendsPerMonth: 3,
        holdsFrom: null,
        reason: `减少 ${ulid()}`,
      },
    })
    await begin({ sendsPerMonth: 2 })
    await runPreviews(server.deps)
    expect(await look(asked.body.previewId)).toMatchObject({ stage: 'done', settings: { sendsPerMonth: 3 } })
  })
})
