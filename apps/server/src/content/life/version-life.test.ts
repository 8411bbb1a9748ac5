import { randomUUID } from 'node:crypto'
import { contentEndpoints, repEndpoints } from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCompany, buildPiece, buildRep, changePiece } from '../../../test/builders.ts'
import {
  begin,
  buildColleague,
  buildDraft,
  buildOffice,
  buildSubmitted,
  comeBack,
  detailOf,
  eventsOf,
  inDays,
  sign,
  signAll,
  type Office,
} from '../../../test/office.ts'
import { call, morning, startTestServer, type TestServer } from '../../../test/test-server.ts'
import { beginVersions } from './begin-versions.ts'
import { warnExpiries } from './warn-expiries.ts'

let server: TestServer
let office: Office
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  office = await buildOffice(server)
})
afterAll(() => server.stop())
beforeEach(async () => {
  server.clock.at = morning
  for (const who of Object.values(office)) who.cookie = await server.signIn(who.id, 'console')
})

/** Moves the clock, and has everybody sign in again. */
async function comeTo(days: number) {
  server.clock.at = new Date(morning.getTime() + days * 86_400_000)
  for (const who of Object.values(office)) who.cookie = await server.signIn(who.id, 'console')
}
const start = (contentItemId: string, requestId = randomUUID(), who = office.author) =>
  call(server, who.cookie, contentEndpoints.newVersion, { requestId, contentItemId })
const edit = (contentItemId: string, revision: number, words: object) =>
  call(server, office.author.cookie, contentEndpoints.editDraft, { contentItemId, revision, ...words })
const submit = (contentItemId: string, revision: number) =>
  call(server, office.author.cookie, contentEndpoints.submitContent, { contentItemId, revision })
async function buildApproved(given = {}, words = {}) {
  const contentItemId = await buildSubmitted(server, office.author, given, words)
  expect(await signAll(server, office, contentItemId)).toEqual(['signed', 'signed', 'signed'])
  return contentItemId
}
/** The next version, changed by `words`, approved. */
async function approveNext(contentItemId: string, words: object = {}) {
  const next = (await start(contentItemId)).body.contentItemId as string
  const saved = await edit(next, 1, { title: '第二版', ...words })
  await submit(next, saved.body.revision)
  expect(await signAll(server, office, next)).toEqual(['signed', 'signed', 'signed'])
  return next
}
const stateOf = async (contentItemId: string) => (await detailOf(server, office.author, contentItemId)).lifeState
async function listOfRep() {
  const cookie = await server.signIn(await buildRep(server))
  const asked = { externalUserId: null, tab: 'phrases', view: 'all' } as const
  const { body } = await call(server, cookie, repEndpoints.listPieces, asked)
  return (body.pieces as { contentItemId: string }[]).map((piece) => piece.contentItemId)
}

describe('a new version', () => {
  it('[VERS-01] has the same words, pages and script and no signature; the old one stays as it is', async () => {
    const old = await buildApproved({ kind: 'document' }, { tags: ['三期'], audience: ['oncology'] })
    const requestId = randomUUID()
    const answers = await Promise.all(Array.from({ length: 10 }, () => start(old, requestId)))
    const ids = new Set(answers.map((answer) => answer.body.contentItemId as string))
    expect(ids.size).toBe(1)
    const next = await detailOf(server, office.author, [...ids][0]!)
    expect(next).toMatchObject({
      ...{ version: 2, lifeState: 'draft', signed: 0, signatures: [], tags: ['三期'], audience: ['oncology'] },
      versions: [{ version: 2 }, { version: 1, lifeState: 'approved' }],
    })
    expect(next.pages.map((page) => page.text)).toEqual(['第1页', '第2页'])
    expect(await eventsOf(server, next.contentItemId)).toEqual(['content.version_started'])
    expect((await start(await buildApproved(), requestId)).body.error).toBe('request_id_reused')
    expect(await stateOf(old)).toBe('approved')
  })

  it('[VERS-02] is the only open one: of ten authors at once one begins it', async () => {
    const old = await buildApproved()
    const authors = await Promise.all(Array.from({ length: 10 }, () => buildColleague(server, 'author')))
    const answers = await Promise.all(authors.map((author) => start(old, randomUUID(), author)))
    expect(answers.filter((answer) => answer.body.outcome === 'done')).toHaveLength(1)
    const refused = answers.filter((answer) => answer.body.outcome === 'refused')
    expect(refused.map((answer) => answer.body.refusals[0].reason)).toEqual(Array(9).fill('open_version_exists'))
  })

  it('[VERS-03] signed by all takes the place of the old one, which reps no longer see', async () => {
    const old = await buildApproved()
    const next = await approveNext(old)
    expect(await detailOf(server, office.author, old)).toMatchObject({ lifeState: 'superseded', supersededBy: next })
    const listed = await listOfRep()
    expect([listed.includes(old), listed.includes(next)]).toEqual([false, true])
    expect((await eventsOf(server, old)).at(-1)).toBe('content.superseded')
  })

  it('[VERS-04] with its first day ahead leaves the old one until then', async () => {
    const old = await buildApproved()
    const next = await approveNext(old, { effectiveAt: inDays(10) })
    await beginVersions(server.deps)
    expect(await stateOf(old)).toBe('approved')
    expect(await listOfRep()).toContain(old)
    await comeTo(10)
    await Promise.all([beginVersions(server.deps), beginVersions(server.deps)])
    expect(await detailOf(server, office.author, old)).toMatchObject({ lifeState: 'superseded', supersededBy: next })
    expect((await eventsOf(server, old)).filter((event) => event === 'content.superseded')).toHaveLength(1)
  })

  it('[VERS-05] that was withdrawn before its first day lets the old one go on', async () => {
    const old = await buildApproved()
    const next = await approveNext(old, { effectiveAt: inDays(10) })
    await server.owner.updateTable('contentItem').set({ state: 'withdrawn' }).where('id', '=', next).execute()
    await comeTo(11)
    await beginVersions(server.deps)
    expect(await stateOf(old)).toBe('approved')
    expect(await listOfRep()).toContain(old)
  })

  it('[VERS-06] of what comes from the vault is not begun here', async () => {
    const fromVault = await buildPiece(server, { source: 'vault' })
    expect((await start(fromVault)).body.refusals).toEqual([{ reason: 'wrong_state', about: 'vault' }])
  })

  it('[VERS-07] shows what differs from the one before', async () => {
    const old = await buildApproved({ kind: 'document' }, { audience: ['oncology'] })
    const next = (await start(old)).body.contentItemId as string
    await edit(next, 1, { title: '第二版', audience: [] })
    await call(server, office.author.cookie, contentEndpoints.correctPageText, {
      ...{ contentItemId: next, revision: 2, number: 2, text: '改了' },
    })
    const diff = (input: { contentItemId: string; withItemId?: string }) =>
      call(server, office.legal.cookie, contentEndpoints.diffVersions, input)
    const page = { width: 1080, height: 1527, placeholder: 'data:,' }
    expect((await diff({ contentItemId: next })).body).toEqual({
      withItemId: old,
      before: { contentItemId: old, version: 1, lifeState: 'approved' },
      after: { contentItemId: next, version: 2, lifeState: 'draft' },
      fields: [
        { field: 'title', before: '问候语', after: '第二版' },
        { field: 'audience', before: 'oncology', after: '' },
      ],
      fileChanged: false,
      pages: [
        {
          number: 2,
          before: { ...page, text: '第2页', image: `/api/console/content/${old}/pages/2/720.webp` },
          after: { ...page, text: '改了', image: `/api/console/content/${next}/pages/2/720.webp` },
        },
      ],
    })
    const { body } = await diff({ contentItemId: old, withItemId: next })
    expect([body.withItemId, body.before, body.fields]).toMatchObject([next, { version: 1 }, [{ after: '第二版' }, {}]])
    expect((await diff({ contentItemId: old })).body).toMatchObject({ withItemId: null, fields: [] })
    const other = await buildPiece(server)
    expect((await diff({ contentItemId: next, withItemId: other })).body.error).toBe('content_not_found')
  })

  it('[VERS-27] is held against what is in force, not against what was sent back on the way', async () => {
    const old = await buildApproved()
    const second = (await start(old)).body.contentItemId as string
    await edit(second, 1, { title: '退回的一版' })
    await submit(second, 2)
    await sign(server, office.medical, second, { decision: 'return', reason: '请改' })
    const third = (await start(second)).body.contentItemId as string
    const { body } = await call(server, office.legal.cookie, contentEndpoints.diffVersions, { contentItemId: third })
    expect(body).toMatchObject({ withItemId: old, before: { version: 1 }, after: { version: 3 } })
    expect(body.fields).toMatchObject([{ field: 'title', after: '退回的一版' }])
  })

  it('[VERS-08] of a text shows the text as it was', async () => {
    const old = await buildApproved()
    const next = (await start(old)).body.contentItemId as string
    await edit(next, 1, { body: '{doctor}，早上好。' })
    const { body } = await call(server, office.legal.cookie, contentEndpoints.diffVersions, { contentItemId: next })
    expect(body.fields).toEqual([{ field: 'body', before: '{doctor}，您好，我是{rep}。', after: '{doctor}，早上好。' }])
  })
})

describe('a new version of a film', () => {
  it('[VERS-09] has its film looked at again, wherever the old one came from', async () => {
    const fileHash = 'd'.repeat(64)
    const film = { kind: 'video', fileHash, approvedHash: fileHash, mime: 'video/mp4', ways: 'news' } as const
    const next = (await start(await buildPiece(server, film))).body.contentItemId as string
    const early = await submit(next, 1)
    expect(early.body.refusals).toEqual([{ reason: 'pages_not_ready' }])
    expect((await detailOf(server, office.author, next)).rendition).toMatchObject({ stage: 'waiting' })
    await server.owner.updateTable('rendition').set({ state: 'done' }).where('fileHash', '=', fileHash).execute()
    expect((await submit(next, 1)).body.outcome).toBe('done')
  })
})

describe('the end of a version', () => {
  const expire = (contentItemId: string, reason = '说明书更新', who = office.officer) =>
    call(server, who.cookie, contentEndpoints.expireContent, { contentItemId, reason })

  it('[VERS-10] is decided by the compliance officer with a reason, once', async () => {
    const contentItemId = await buildApproved()
    expect((await expire(contentItemId, '')).body.refusals).toEqual([{ reason: 'reason_missing' }])
    expect((await expire(contentItemId, 'x', office.author)).body.refusals).toEqual([{ reason: 'wrong_role' }])
    const answers = await Promise.all(Array.from({ length: 10 }, () => expire(contentItemId)))
    expect(answers.filter((answer) => answer.body.outcome === 'done')).toHaveLength(1)
    expect(await stateOf(contentItemId)).toBe('expired')
    expect((await eventsOf(server, contentItemId)).filter((event) => event === 'content.expired')).toHaveLength(1)
    const { expiresAt } = await detailOf(server, office.author, contentItemId)
    expect(String(expiresAt)).toBe(inDays(200)) // what was signed stays
  })

  it('[VERS-11] comes with its last day, by itself and once', async () => {
    const contentItemId = await buildApproved({}, { expiresAt: inDays(5) })
    await comeTo(5)
    await Promise.all([warnExpiries(server.deps), warnExpiries(server.deps)])
    expect(await stateOf(contentItemId)).toBe('expired')
    expect((await eventsOf(server, contentItemId)).filter((event) => event === 'content.expired')).toHaveLength(1)
  })

  it('[VERS-12] is told to its author 30, 14 and 3 days before, each once', async () => {
    const contentItemId = await buildApproved({}, { expiresAt: inDays(40) })
    const warned = async () => {
      await Promise.all([warnExpiries(server.deps), warnExpiries(server.deps)])
      const rows = await server.owner
        .selectFrom('expiryWarning')
        .select('days')
        .where('contentItemId', '=', contentItemId)
        .orderBy('toldAt')
        .execute()
      return rows.map(({ days }) => days)
    }
    expect(await warned()).toEqual([])
    for (const [day, days] of [
      [10, [30]],
      [20, [30]],
      [26, [30, 14]],
      [37, [30, 14, 3]],
      [38, [30, 14, 3]],
    ] as const) {
      await comeTo(day)
      expect(await warned()).toEqual(days)
    }
    const told = await server.owner
      .selectFrom('outbox')
      .select('body')
      .where('kind', '=', 'expiring')
      .where('toPerson', '=', office.author.id)
      .where('body', 'like', `%${contentItemId}%`)
      .execute()
    expect(told).toHaveLength(3)
    expect((await eventsOf(server, contentItemId)).filter((event) => event === 'content.expiring')).toHaveLength(3)
  })

  it('[VERS-13] of a piece without an author with us is told to the compliance officer', async () => {
    const contentItemId = await buildPiece(server, { source: 'vault', expiresAt: new Date(inDays(2)) })
    await warnExpiries(server.deps)
    const told = await server.owner
      .selectFrom('outbox')
      .select('toPerson')
      .where('body', 'like', `%${contentItemId}%`)
      .execute()
    expect(told).toEqual([{ toPerson: office.officer.id }])
  })
})

describe('a renewal', () => {
  const renew = async (contentItemId: string, step: 'medical' | 'legal' | 'compliance', until: string) => {
    const preview = await call(server, office[step].cookie, contentEndpoints.previewRenewal, {
      ...{ contentItemId, renewsUntil: until },
    })
    const { statementHash } = preview.body as { statementHash: string }
    return sign(server, office[step], contentItemId, { step, decision: 'renew', statementHash, renewsUntil: until })
  }

  it('[VERS-20] signed by all moves the last day, and the piece still goes through the gate', async () => {
    const contentItemId = await buildApproved({}, { expiresAt: inDays(5) })
    await comeTo(1)
    const until = inDays(300)
    expect((await renew(contentItemId, 'medical', until)).outcome).toBe('renewed')
    expect((await renew(contentItemId, 'legal', until)).outcome).toBe('renewed')
    const preview = await call(server, office.compliance.cookie, contentEndpoints.previewRenewal, {
      ...{ contentItemId, renewsUntil: until },
    })
    expect(preview.body).toMatchObject({
      ...{ maySign: ['compliance'], refusals: [] },
      signed: [{ step: 'medical' }, { step: 'legal' }],
    })
    expect(await detailOf(server, office.author, contentItemId)).toMatchObject({
      ...{ expiresAt: inDays(5), renewal: { until, signed: ['medical', 'legal'] } },
    })
    expect((await renew(contentItemId, 'compliance', until)).outcome).toBe('renewed')
    const detail = await detailOf(server, office.author, contentItemId)
    expect(detail).toMatchObject({ lifeState: 'approved', expiresAt: until, signed: 3 })
    const row = await server.owner
      .selectFrom('contentItem')
      .select('signedHash')
      .where('id', '=', contentItemId)
      .executeTakeFirstOrThrow()
    expect(row.signedHash).toBe(detail.statementHash)
    expect(detail.signatures.map(({ holds }) => holds)).toEqual([false, false, false, true, true, true])
    expect(detail.renewal).toBeNull()
    const rep = await server.signIn(await buildRep(server))
    const asked = { contentItemId, externalUserId: null }
    const { approvals } = (await call(server, rep, repEndpoints.preview, asked)).body as { approvals: { at: string }[] }
    expect(approvals.map(({ at }) => at)).toEqual(Array(3).fill(inDays(1)))
    expect((await eventsOf(server, contentItemId)).at(-1)).toBe('content.renewed')
  })

  it('[VERS-21] brings back what was ended; signatures from before the end count no more', async () => {
    const contentItemId = await buildApproved()
    await comeTo(1)
    expect((await renew(contentItemId, 'medical', inDays(400))).outcome).toBe('renewed')
    await comeTo(2)
    await call(server, office.officer.cookie, contentEndpoints.expireContent, { contentItemId, reason: '复核' })
    await comeTo(3)
    for (const step of ['legal', 'compliance'] as const)
      expect((await renew(contentItemId, step, inDays(400))).outcome).toBe('renewed')
    expect(await stateOf(contentItemId)).toBe('expired')
    expect((await renew(contentItemId, 'medical', inDays(400))).outcome).toBe('renewed')
    expect(await detailOf(server, office.author, contentItemId)).toMatchObject({ lifeState: 'approved' })
    expect(await listOfRep()).toContain(contentItemId)
  })

  it('[VERS-22] for different days are different things: none of the two is complete', async () => {
    const contentItemId = await buildApproved()
    await comeTo(1)
    await renew(contentItemId, 'medical', inDays(300))
    await renew(contentItemId, 'legal', inDays(301))
    await renew(contentItemId, 'compliance', inDays(300))
    expect(String((await detailOf(server, office.author, contentItemId)).expiresAt)).toBe(inDays(200))
  })

  it('[VERS-23] does not make right what was changed past us', async () => {
    const contentItemId = await buildApproved()
    await changePiece(server, contentItemId, { title: '悄悄改了' }, true)
    await comeTo(1)
    expect((await renew(contentItemId, 'medical', inDays(300))).refusals).toEqual([{ reason: 'statement_changed' }])
  })

  it('[VERS-24] asks for a day, and for one that lies ahead', async () => {
    const contentItemId = await buildApproved()
    await comeTo(1)
    const asked = await begin(server, office.medical, contentItemId, { decision: 'renew' })
    expect(asked.body).toMatchObject({ error: 'bad_request', field: 'renewsUntil' })
    expect((await renew(contentItemId, 'medical', inDays(0))).refusals).toEqual([{ reason: 'date_order' }])
  })

  it('[VERS-25] is not for what a newer version replaced, and a draft can only be signed', async () => {
    const old = await buildApproved()
    await approveNext(old)
    await comeTo(1)
    expect((await renew(old, 'medical', inDays(300))).refusals).toEqual([
      { reason: 'wrong_state', about: 'superseded' },
    ])
    const { contentItemId } = await buildDraft(server, office.author)
    expect((await renew(contentItemId, 'medical', inDays(300))).refusals[0]).toMatchObject({ reason: 'wrong_state' })
  })

  it('[VERS-26] by one person at once from two windows counts once', async () => {
    const contentItemId = await buildApproved()
    await comeTo(1)
    const until = inDays(300)
    const { body } = await call(server, office.medical.cookie, contentEndpoints.previewRenewal, {
      ...{ contentItemId, renewsUntil: until },
    })
    const given = { decision: 'renew', renewsUntil: until, statementHash: body.statementHash as string } as const
    const begun = await Promise.all([0, 1].map(() => begin(server, office.medical, contentItemId, given)))
    await Promise.all(begun.map((one) => comeBack(server, one, office.medical)))
    const detail = await detailOf(server, office.medical, contentItemId)
    expect(detail.signatures.filter((one) => one.renewsUntil !== null)).toHaveLength(1)
  })
})
