import { randomUUID } from 'node:crypto'
import { contentEndpoints, repEndpoints } from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCompany, buildOrdinary, buildRep, changePiece } from '../../../test/builders.ts'
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
import { call, morning, publicUrl, startTestServer, type Answer, type TestServer } from '../../../test/test-server.ts'
import { sha256 } from '../../secrets.ts'

let server: TestServer
let office: Office
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  office = await buildOffice(server)
})
afterAll(() => server.stop())
beforeEach(() => {
  server.clock.at = morning
})

const minutes = (many: number) => new Date(morning.getTime() + many * 60_000)
const resultOf = async (begun: Answer, who = office.medical) =>
  (await call(server, who.cookie, contentEndpoints.signingResult, { signingId: begun.body.signingId as string })).body
const signaturesOf = (contentItemId: string) =>
  server.owner.selectFrom('contentApproval').selectAll().where('contentItemId', '=', contentItemId).execute()

describe('a piece that everybody signs', () => {
  it('[SIGN-20] is approved by the last of three different people, and then in the rep’s list at the next request', async () => {
    const repId = await buildRep(server)
    const rep = await server.signIn(repId)
    const list = async () => {
      const { body } = await call(server, rep, repEndpoints.listPieces, {
        externalUserId: null,
        tab: 'phrases',
        view: 'all',
      })
      return (body.pieces as { contentItemId: string }[]).map((piece) => piece.contentItemId)
    }
    const contentItemId = await buildSubmitted(server, office.author)
    expect(await list()).not.toContain(contentItemId)
    expect(await signAll(server, office, contentItemId)).toEqual(['signed', 'signed', 'signed'])
    expect(await list()).toContain(contentItemId)

    const detail = await detailOf(server, office.author, contentItemId)
    expect(detail).toMatchObject({ lifeState: 'approved', signed: 3, asked: 3 })
    expect(detail.signatures.map(({ step, person, provedBy, holds }) => [step, person, provedBy, holds])).toEqual([
      ['medical', 'medical', 'wecom_login', true],
      ['legal', 'legal', 'wecom_login', true],
      ['compliance', 'compliance', 'wecom_login', true],
    ])
    expect(await eventsOf(server, contentItemId)).toEqual([
      ...['content.drafted', 'content.edited', 'content.submitted'],
      ...['content.signed', 'content.signed', 'content.signed', 'content.approved'],
    ])
    const [one] = await signaturesOf(contentItemId)
    expect(sha256(one!.statement!)).toBe(one!.signedHash)
    expect(JSON.parse(one!.statement!)).toEqual(
      expect.arrayContaining([detail.documentId, '问候语', '医学资料', 'PD1']),
    )
  })

  it('[SIGN-21] goes through the gate as signed, and no longer when a word was changed past us', async () => {
    const ordinary = await buildOrdinary(server)
    const contentItemId = await buildSubmitted(server, office.author)
    await signAll(server, office, contentItemId)
    const send = () =>
      call(server, ordinary.cookie, repEndpoints.authoriseSend, {
        ...{ requestId: randomUUID(), externalUserId: ordinary.externalUserId, contentItemId, kind: 'text' },
        ...{ entry: 'single_chat_tools', again: true },
      })
    expect((await send()).body.outcome).toBe('authorised')
    await changePiece(server, contentItemId, { body: '{doctor}，另一句话。' }, true)
    expect((await send()).body.refusals).toEqual([{ reason: 'content_changed' }])
  })

  it('[SIGN-22] has WeCom’s copy of its file made ahead', async () => {
    const words = { ways: ['news' as const, 'file' as const] }
    const contentItemId = await buildSubmitted(server, office.author, { kind: 'document' }, words)
    expect(await signAll(server, office, contentItemId)).toEqual(['signed', 'signed', 'signed'])
    const wanted = await server.owner
      .selectFrom('media')
      .select('kind')
      .where('fileHash', '=', 'f'.repeat(64))
      .execute()
    expect(wanted).toEqual([{ kind: 'file' }])
  })
})

describe('who may sign', () => {
  it('[SIGN-23] nobody signs their own work', async () => {
    const both = await buildColleague(server, 'author', 'medical')
    const contentItemId = await buildSubmitted(server, both)
    expect((await sign(server, both, contentItemId, {})).refusals).toEqual([{ reason: 'own_work' }])
    expect(await detailOf(server, both, contentItemId)).toMatchObject({
      ...{ maySign: [], mayNotSign: [{ reason: 'own_work' }] },
    })
    expect((await eventsOf(server, contentItemId)).at(-1)).toBe('content.step_refused')
  })

  it('[SIGN-24] nobody signs two steps, nobody signs for another function, and no step is signed twice', async () => {
    const two = await buildColleague(server, 'medical', 'legal')
    const contentItemId = await buildSubmitted(server, office.author)
    expect((await sign(server, two, contentItemId, {})).outcome).toBe('signed')
    expect((await sign(server, two, contentItemId, { step: 'legal' })).refusals).toEqual([{ reason: 'already_signed' }])
    expect((await sign(server, office.medical, contentItemId, { step: 'legal' })).refusals).toEqual([
      { reason: 'wrong_role' },
    ])
    expect((await sign(server, office.medical, contentItemId, {})).refusals).toEqual([
      { reason: 'step_done', about: 'medical' },
    ])
    expect((await detailOf(server, office.legal, contentItemId)).maySign).toEqual(['legal'])
  })

  it('[SIGN-25] a step that the class does not ask for is not signed', async () => {
    const contentItemId = await buildSubmitted(server, office.author, { class: 'consent' })
    expect((await sign(server, office.medical, contentItemId, {})).refusals).toEqual([
      { reason: 'step_not_asked', about: 'medical' },
    ])
  })

  it('[SIGN-26] a draft is not signed', async () => {
    const { contentItemId } = await buildDraft(server, office.author)
    expect((await sign(server, office.medical, contentItemId, {})).refusals).toEqual([
      { reason: 'wrong_state', about: 'draft' },
    ])
  })

  it('[SIGN-41] what is held back is not signed', async () => {
    const contentItemId = await buildSubmitted(server, office.author)
    await server.owner.updateTable('contentItem').set({ heldReason: 'x' }).where('id', '=', contentItemId).execute()
    expect((await sign(server, office.medical, contentItemId, {})).refusals).toEqual([{ reason: 'held' }])
  })

  it('[SIGN-27] of ten signers of one step at once exactly one has signed', async () => {
    const contentItemId = await buildSubmitted(server, office.author)
    const signers = await Promise.all(Array.from({ length: 10 }, () => buildColleague(server, 'medical')))
    const begun = await Promise.all(signers.map((who) => begin(server, who, contentItemId, {})))
    await Promise.all(signers.map((who, index) => comeBack(server, begun[index]!, who)))
    const results = await Promise.all(signers.map((who, index) => resultOf(begun[index]!, who)))
    expect(results.filter((result) => result.outcome === 'signed')).toHaveLength(1)
    for (const result of results.filter(({ outcome }) => outcome !== 'signed'))
      expect(result).toMatchObject({ outcome: 'refused', refusals: [{ reason: 'step_done', about: 'medical' }] })
    expect(await signaturesOf(contentItemId)).toHaveLength(1)
  })

  it('[SIGN-28] three last signatures at once approve once', async () => {
    const contentItemId = await buildSubmitted(server, office.author)
    const steps = ['medical', 'legal', 'compliance'] as const
    const begun = await Promise.all(steps.map((step) => begin(server, office[step], contentItemId, { step })))
    await Promise.all(steps.map((step, index) => comeBack(server, begun[index]!, office[step])))
    const events = await eventsOf(server, contentItemId)
    expect(events.filter((event) => event === 'content.approved')).toHaveLength(1)
    expect(events.filter((event) => event === 'content.signed')).toHaveLength(3)
    expect((await detailOf(server, office.author, contentItemId)).lifeState).toBe('approved')
  })
})

describe('what is signed', () => {
  it('[SIGN-29] is what the signer saw: a statement that is another one now is not signed', async () => {
    const contentItemId = await buildSubmitted(server, office.author)
    const seen = await sign(server, office.medical, contentItemId, { statementHash: '0'.repeat(64) })
    expect(seen.refusals).toEqual([{ reason: 'statement_changed' }])
  })

  it.each([
    ['a word', { title: '别的题目' }],
    ['the last day', { expiresAt: new Date('2027-01-01') }],
    ['who it is for', { audience: 'cardiology' }],
    ['the card picture', { cardHash: 'e'.repeat(64) }],
    ['the file', { fileHash: 'e'.repeat(64) }],
  ])('[SIGN-30] when %s was changed past us between begin and end, nothing is signed', async (_, change) => {
    const contentItemId = await buildSubmitted(server, office.author)
    const begun = await begin(server, office.medical, contentItemId, {})
    await server.owner.updateTable('contentItem').set(change).where('id', '=', contentItemId).execute()
    await comeBack(server, begun, office.medical)
    expect(await resultOf(begun)).toMatchObject({ outcome: 'refused', refusals: [{ reason: 'statement_changed' }] })
    expect(await signaturesOf(contentItemId)).toEqual([])
  })

  it('[SIGN-31] counts the words on its pages', async () => {
    const contentItemId = await buildSubmitted(server, office.author, { kind: 'document' })
    await server.owner
      .updateTable('contentPage')
      .set({ text: '另一段话' })
      .where('contentItemId', '=', contentItemId)
      .where('number', '=', 1)
      .execute()
    expect((await sign(server, office.medical, contentItemId, {})).refusals).toEqual([{ reason: 'statement_changed' }])
  })

  it('[SIGN-32] a signature copied to another piece counts for nothing there', async () => {
    const [from, to] = [await buildSubmitted(server, office.author), await buildSubmitted(server, office.author)]
    await sign(server, office.medical, from, {})
    const [copy] = await signaturesOf(from)
    await server.owner
      .insertInto('contentApproval')
      .values({ ...copy!, contentItemId: to })
      .execute()
    expect((await detailOf(server, office.legal, to)).signatures).toMatchObject([{ step: 'medical', holds: false }])
    expect((await detailOf(server, office.legal, to)).signed).toBe(0)
    expect((await sign(server, office.legal, to, { step: 'legal' })).refusals).toEqual([
      { reason: 'statement_changed' },
    ])
  })
})

describe('the login that signs', () => {
  it('[SIGN-33] opens no session, leads back to the piece and counts once', async () => {
    const contentItemId = await buildSubmitted(server, office.author)
    const begun = await begin(server, office.medical, contentItemId, {})
    expect(await resultOf(begun)).toMatchObject({ outcome: 'waiting', step: 'medical', decision: 'approve' })
    const back = await comeBack(server, begun, office.medical)
    const { signingId } = begun.body as { signingId: string }
    expect([back.status, back.headers.get('location')]).toEqual([
      302,
      `/console/content/${contentItemId}?signing=${signingId}`,
    ])
    expect(back.headers.getSetCookie()).toEqual([])
    expect(await resultOf(begun)).toMatchObject({ outcome: 'signed', refusals: [] })
    server.clock.at = minutes(1)
    expect((await comeBack(server, begun, office.medical)).status).toBe(400)
    expect(await signaturesOf(contentItemId)).toHaveLength(1)
  })

  it('[SIGN-34] loaded twice by a client signs once', async () => {
    const contentItemId = await buildSubmitted(server, office.author)
    const begun = await begin(server, office.medical, contentItemId, {})
    const code = `twin-${randomUUID()}`
    server.told.codes.set(code, { kind: 'member', userId: office.medical.wecomUserId })
    const state = new URL(begun.body.redirectTo as string).searchParams.get('state')
    const browser = begun.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
    const load = () =>
      fetch(`${server.url}/api/console/sign-in/return?code=${code}&state=${state}`, {
        redirect: 'manual',
        headers: { cookie: [office.medical.cookie, ...browser].join('; ') },
      })
    const answers = await Promise.all(Array.from({ length: 10 }, load))
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([302]))
    expect(await signaturesOf(contentItemId)).toHaveLength(1)
    expect((await eventsOf(server, contentItemId)).filter((event) => event === 'content.signed')).toHaveLength(1)
  })

  it.each([
    ['a colleague’s', async (begun: Answer) => comeBack(server, begun, office.medical, office.legal)],
    [
      'an outsider’s',
      async (begun: Answer) =>
        comeBack(server, begun, office.medical, { ...office.medical, wecomUserId: 'somebody-else' }),
    ],
    [
      'one without the console session',
      async (begun: Answer) => comeBack(server, begun, { ...office.medical, cookie: 'a=b' }, office.medical),
    ],
    [
      'one from another session of the same person',
      async (begun: Answer) => {
        const cookie = await server.signIn(office.medical.id, 'console')
        return comeBack(server, begun, { ...office.medical, cookie }, office.medical)
      },
    ],
    [
      'one that comes after five minutes',
      async (begun: Answer) => {
        server.clock.at = minutes(5)
        return comeBack(server, begun, office.medical)
      },
    ],
  ])('[SIGN-35] %s signs nothing, and that is on record', async (_, attempt) => {
    const contentItemId = await buildSubmitted(server, office.author)
    const begun = await begin(server, office.medical, contentItemId, {})
    expect((await attempt(begun)).status).toBe(302)
    expect(await resultOf(begun)).toMatchObject({ outcome: 'refused', refusals: [{ reason: 'not_reauthenticated' }] })
    expect(await signaturesOf(contentItemId)).toEqual([])
    expect((await eventsOf(server, contentItemId)).at(-1)).toBe('content.step_refused')
    expect((await detailOf(server, office.author, contentItemId)).lifeState).toBe('in_review')
  })

  it('[SIGN-36] of somebody who left meanwhile, or whose role ended, signs nothing', async () => {
    const gone = await buildColleague(server, 'medical')
    const contentItemId = await buildSubmitted(server, office.author)
    const begun = await begin(server, gone, contentItemId, {})
    server.told.left.add(gone.wecomUserId)
    await comeBack(server, begun, gone)
    expect((await resultOf(begun, gone)).refusals).toEqual([{ reason: 'not_reauthenticated' }])

    const former = await buildColleague(server, 'medical', 'auditor')
    const other = await begin(server, former, contentItemId, {})
    await server.owner
      .deleteFrom('personRole')
      .where('personId', '=', former.id)
      .where('role', '=', 'medical')
      .execute()
    await comeBack(server, other, former)
    expect((await resultOf(other, former)).refusals).toEqual([{ reason: 'wrong_role' }])
  })

  it('[SIGN-37] that nobody comes back with is over after five minutes', async () => {
    const contentItemId = await buildSubmitted(server, office.author)
    const requestId = randomUUID()
    const begun = await begin(server, office.medical, contentItemId, { requestId })
    const again = await begin(server, office.medical, contentItemId, { requestId })
    expect(again.body.signingId).toBe(begun.body.signingId)
    const other = await begin(server, office.medical, contentItemId, { requestId, decision: 'return', reason: '不' })
    expect(other.body.error).toBe('request_id_reused')
    server.clock.at = minutes(6)
    expect((await resultOf(begun)).outcome).toBe('over')
    expect((await begin(server, office.medical, contentItemId, { requestId })).body.error).toBe('signing_over')
    expect((await resultOf(begun, office.legal)).error).toBe('content_not_found')
  })

  it('[SIGN-38] cannot be made into an ordinary sign-in’s: a state for a session signs nothing', async () => {
    const contentItemId = await buildSubmitted(server, office.author)
    const begun = await begin(server, office.medical, contentItemId, {})
    const out = await fetch(`${server.url}/api/console/sign-in?next=${encodeURIComponent('/console/')}`, {
      redirect: 'manual',
      headers: { origin: publicUrl },
    })
    const ordinary = { ...begun, body: { redirectTo: out.headers.get('location') }, headers: out.headers } as Answer
    await comeBack(server, ordinary, office.medical)
    expect((await resultOf(begun)).outcome).toBe('waiting')
  })
})

describe('a piece that is sent back', () => {
  it('[SIGN-39] says why, tells its author, and can be signed no more', async () => {
    const contentItemId = await buildSubmitted(server, office.author)
    await sign(server, office.legal, contentItemId, { step: 'legal' })
    expect((await sign(server, office.medical, contentItemId, { decision: 'return' })).refusals).toEqual([
      { reason: 'reason_missing' },
    ])
    const sent = await sign(server, office.medical, contentItemId, { decision: 'return', reason: '数据来源不明' })
    expect(sent.outcome).toBe('returned')
    const detail = await detailOf(server, office.author, contentItemId)
    expect(detail).toMatchObject({ lifeState: 'returned', returnedReason: '数据来源不明', may: ['new_version', 'tag'] })
    expect((await sign(server, office.compliance, contentItemId, { step: 'compliance' })).refusals).toEqual([
      { reason: 'wrong_state', about: 'returned' },
    ])
    const told = await server.owner
      .selectFrom('outbox')
      .select(['kind', 'toPerson'])
      .where('subjectId', '=', contentItemId)
      .execute()
    expect(told).toEqual([{ kind: 'returned', toPerson: office.author.id }])
    expect(await eventsOf(server, contentItemId)).toContain('content.returned')
  })

  it('[SIGN-40] while another is signing it: one of the two happens', async () => {
    const contentItemId = await buildSubmitted(server, office.author, {}, { expiresAt: inDays(100) })
    const returning = await begin(server, office.medical, contentItemId, { decision: 'return', reason: '不行' })
    const signing = await begin(server, office.legal, contentItemId, { step: 'legal' })
    await Promise.all([comeBack(server, returning, office.medical), comeBack(server, signing, office.legal)])
    expect((await resultOf(returning)).outcome).toBe('returned')
    expect(['signed', 'refused']).toContain((await resultOf(signing, office.legal)).outcome)
    expect((await detailOf(server, office.author, contentItemId)).lifeState).toBe('returned')
  })
})
