import { randomUUID } from 'node:crypto'
import { consentEndpoints, repEndpoints } from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCompany, buildOrdinary } from '../../../test/builders.ts'
import {
  beginTextSigning,
  buildTextDraft,
  buildTextInReview,
  previewOf,
  signText,
  textOf,
  words,
} from '../../../test/consent-office.ts'
import { buildColleague, buildOffice, comeBack, inDays, type Office } from '../../../test/office.ts'
import { call, morning, startTestServer, type TestServer } from '../../../test/test-server.ts'
import { sha256 } from '../../secrets.ts'
import { loadConsentAsk } from '../load-ask.ts'
import { wordingHash } from '../../consent-statement.ts'

let server: TestServer
let office: Office
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())
/** Each test finds the first text and nothing written since, and nobody who agreed. */
beforeEach(async () => {
  server.clock.at = morning
  const { owner } = server
  for (const table of ['consentText', 'consentTextVersion', 'consentWording'] as const)
    await owner.deleteFrom(table).where('version', '>', 1).execute()
  await owner.updateTable('consentPurpose').set({ openVersion: null }).execute()
  await owner.deleteFrom('auditEntry').where('subjectId', 'like', 'consent-text-%').execute()
  await owner.deleteFrom('consent').execute()
  office = await buildOffice(server)
})

const eventsOf = async (version: number) => {
  const rows = await server.owner
    .selectFrom('auditEntry')
    .select('event')
    .where('subjectId', '=', `consent-text-${version}`)
    .orderBy('id')
    .execute()
  return rows.map((row) => row.event)
}
/** Asked by somebody who has just signed in: days may have gone by. */
const stateOf = async (version: number) =>
  (await textOf(server, await buildColleague(server, 'author'), version)).lifeState
const askedNow = async (language = 'zh-CN') =>
  (await loadConsentAsk(server.db, { language, now: server.deps.now() })).purposes.map(
    ({ purpose, version, title }) => [...[purpose, version, title]],
  )
const send = ({
  cookie,
  externalUserId,
  contentItemId,
}: {
  cookie: string
  externalUserId: string
  contentItemId: string
}) =>
  call(server, cookie, repEndpoints.authoriseSend, {
    ...{
      requestId: randomUUID(),
      externalUserId,
      contentItemId,
      kind: 'news',
      entry: 'single_chat_tools',
      again: true,
    },
  })

describe('a consent text', () => {
  it('[TEXT-30] is written in two languages, approved by somebody else and in force at once', async () => {
    const version = await buildTextInReview(server, office.author)
    expect(version).toBe(2)
    expect(await askedNow()).toEqual([['receive', 1, '同意书']])
    expect(await signText(server, office.compliance, version)).toBe('signed')

    expect(await askedNow()).toEqual([['receive', 2, words.titleZh]])
    expect(await askedNow('en-US')).toEqual([['receive', 2, words.titleEn]])
    const { purposes } = await loadConsentAsk(server.db, { language: 'en-US', now: morning })
    expect(purposes[0]).toMatchObject({ language: 'en-US', summary: words.summaryEn.split('\n'), optional: false })

    const rows = await server.owner.selectFrom('consentText').selectAll().where('version', '=', 2).execute()
    expect(rows).toHaveLength(2)
    for (const row of rows) expect(row.hash).toBe(wordingHash(row))
    const kept = await server.owner
      .selectFrom('consentTextVersion')
      .selectAll()
      .where('version', '=', 2)
      .executeTakeFirstOrThrow()
    expect(kept).toMatchObject({ life: 'approved', approvedBy: office.compliance.id, activeFrom: morning })
    expect(sha256(kept.statement!)).toBe(kept.signedHash)
    for (const part of [words.bodyZh, words.bodyEn, words.changeNote])
      expect(JSON.parse(kept.statement!).flat(2)).toContain(part)
    expect(await eventsOf(2)).toEqual([
      ...['consent_text.drafted', 'consent_text.edited', 'consent_text.submitted', 'consent_text.approved'],
    ])
  })

  it('[TEXT-31] begins with the words in force, and shows both versions to compare', async () => {
    await signText(server, office.compliance, await buildTextInReview(server, office.author))
    const { version } = await buildTextDraft(server, office.author, 'receive', { bodyZh: '## 谁\n示例药业（中国）。' })
    const text = await textOf(server, office.author, version)
    expect(text.wordings.map((one) => [one.language, one.title])).toEqual(
      expect.arrayContaining([['zh-CN', words.titleZh]]),
    )
    expect(text.before).toMatchObject({ version: 2 })
    expect(text.before?.wordings.find((one) => one.language === 'zh-CN')?.body).toBe(words.bodyZh)
    expect(text.may).toEqual(['edit', 'submit', 'drop'])
  })

  it('[TEXT-32] in force from a later day needs nobody awake on that day', async () => {
    const version = await buildTextInReview(server, office.author)
    const activeFrom = inDays(3)
    expect(await signText(server, office.officer, version, { activeFrom })).toBe('signed')
    expect(await stateOf(version)).toBe('scheduled')
    expect(await askedNow()).toEqual([['receive', 1, '同意书']])
    server.clock.at = new Date(Date.parse(activeFrom) - 1)
    expect(await askedNow()).toEqual([['receive', 1, '同意书']])
    server.clock.at = new Date(activeFrom)
    expect(await askedNow()).toEqual([['receive', 2, words.titleZh]])
    expect(await stateOf(version)).toBe('active')
  })

  it('[TEXT-33] a newer one that begins earlier overtakes one that waits for its day', async () => {
    const later = await buildTextInReview(server, office.author)
    await signText(server, office.compliance, later, { activeFrom: inDays(3) })
    const sooner = await buildTextInReview(server, office.author)
    await signText(server, office.compliance, sooner)
    server.clock.at = new Date(inDays(4))
    expect(await askedNow()).toEqual([['receive', sooner, words.titleZh]])
    expect([await stateOf(later), await stateOf(sooner)]).toEqual(['superseded', 'active'])
  })

  it('[R17] materially new, asks who agreed again; not material, it does not', async () => {
    const ordinary = await buildOrdinary(server)
    const small = await buildTextInReview(server, office.author, 'receive', { material: false })
    expect(await previewOf(server, office.compliance, small)).toMatchObject({ agreed: 1, askedAgain: 0 })
    await signText(server, office.compliance, small)
    expect((await send(ordinary)).body.outcome).toBe('authorised')

    const large = await buildTextInReview(server, office.author)
    expect(await previewOf(server, office.compliance, large)).toMatchObject({ agreed: 1, askedAgain: 1, refusals: [] })
    await signText(server, office.compliance, large)
    expect((await send(ordinary)).body.refusals).toEqual([{ reason: 'consent_outdated' }])
    const { externalUserId } = ordinary
    const asked = { externalUserId, entry: 'single_chat_tools' as const }
    const chat = await call(server, ordinary.cookie, repEndpoints.openChat, asked)
    expect(chat.body.contact).toMatchObject({ consent: { state: 'outdated', textVersion: 1 } })
    expect(chat.body.contact.consentText.body).toBe(`- 用到姓名\n- 用来发资料\n\n${words.bodyZh}`)
  })

  it('[R16] of another purpose changes nothing about receiving', async () => {
    const ordinary = await buildOrdinary(server)
    const version = await buildTextInReview(server, office.author, 'reading_record', { titleZh: '阅读记录的同意说明' })
    await signText(server, office.compliance, version)
    expect(await askedNow()).toEqual([
      ['receive', 1, '同意书'],
      ['reading_record', version, '阅读记录的同意说明'],
    ])
    expect((await send(ordinary)).body.outcome).toBe('authorised')
  })

  it('[TEXT-34] of ten who begin one at once one does, and ten of three purposes never share a number', async () => {
    const begin = (purpose: 'receive' | 'reading_record' | 'archive') =>
      call(server, office.author.cookie, consentEndpoints.beginText, { requestId: randomUUID(), purpose })
    const answers = await Promise.all(Array.from({ length: 10 }, () => begin('receive')))
    expect(answers.filter(({ body }) => body.outcome === 'done')).toHaveLength(1)
    expect(answers.filter(({ body }) => body.refusals?.[0].reason === 'open_version_exists')).toHaveLength(9)
    const others = await Promise.all([begin('archive'), begin('reading_record')])
    expect(new Set(others.map(({ body }) => body.version))).toEqual(new Set([3, 4]))
  })

  it('[TEXT-35] the same request begins the same text; for another purpose it is another request', async () => {
    const requestId = randomUUID()
    const begin = (purpose: 'receive' | 'archive') =>
      call(server, office.author.cookie, consentEndpoints.beginText, { requestId, purpose })
    const answers = await Promise.all(Array.from({ length: 10 }, () => begin('receive')))
    expect(new Set(answers.map(({ body }) => JSON.stringify(body)))).toEqual(
      new Set(['{"outcome":"done","version":2,"revision":1}']),
    )
    expect((await begin('archive')).body.error).toBe('request_id_reused')
  })

  it('[TEXT-36] signed by ten at once is approved once, and is the only one in force', async () => {
    const version = await buildTextInReview(server, office.author)
    const signers = await Promise.all(Array.from({ length: 10 }, () => buildColleague(server, 'compliance')))
    const begun = await Promise.all(signers.map((who) => beginTextSigning(server, who, version)))
    await Promise.all(begun.map((one, nth) => comeBack(server, one, signers[nth]!)))
    const results = await Promise.all(
      begun.map(async ({ body }, nth) => {
        const asked = { signingId: body.signingId as string }
        return (await call(server, signers[nth]!.cookie, consentEndpoints.textSigningResult, asked)).body.outcome
      }),
    )
    expect(results.toSorted()).toEqual([...Array.from({ length: 9 }, () => 'refused'), 'signed'])
    expect((await eventsOf(version)).filter((event) => event === 'consent_text.approved')).toHaveLength(1)
    expect(
      await server.owner.selectFrom('consentText').select('version').where('version', '=', version).execute(),
    ).toHaveLength(2)
  })

  it('[TEXT-37] is not approved by who wrote any of it, nor with another login, nor too late', async () => {
    const both = await buildColleague(server, 'author', 'compliance')
    const { version, revision } = await buildTextDraft(server, office.author)
    await call(server, both.cookie, consentEndpoints.saveText, { version, revision, ...words, titleZh: '同意说明' })
    await call(server, office.author.cookie, consentEndpoints.stepText, {
      version,
      revision: revision + 1,
      action: 'submit',
    })
    expect((await beginTextSigning(server, both, version)).body.refusals).toEqual([{ reason: 'own_work' }])

    const begun = await beginTextSigning(server, office.compliance, version)
    await comeBack(server, begun, office.compliance, office.officer)
    const asked = { signingId: begun.body.signingId as string }
    const result = await call(server, office.compliance.cookie, consentEndpoints.textSigningResult, asked)
    expect(result.body).toMatchObject({ outcome: 'refused', refusals: [{ reason: 'not_reauthenticated' }] })
    expect((await call(server, office.officer.cookie, consentEndpoints.textSigningResult, asked)).body.error).toBe(
      'content_not_found',
    )

    const late = await beginTextSigning(server, office.compliance, version)
    server.clock.at = new Date(morning.getTime() + 6 * 60_000)
    await comeBack(server, late, office.compliance)
    expect(await stateOf(version)).toBe('in_review')
    expect((await eventsOf(version)).filter((event) => event === 'consent_text.step_refused')).toHaveLength(3)
  })

  it('[TEXT-38] a signature stands for the words that were seen', async () => {
    const version = await buildTextInReview(server, office.author)
    const begun = await beginTextSigning(server, office.compliance, version, { statementHash: 'a'.repeat(64) })
    expect(begun.body.refusals).toEqual([{ reason: 'statement_changed' }])
    const past = await beginTextSigning(server, office.compliance, version, { activeFrom: inDays(-1) })
    expect(past.body.refusals).toEqual([{ reason: 'date_past' }])
  })

  it('[TEXT-39] sent back it is a draft again, and taken back too', async () => {
    const version = await buildTextInReview(server, office.author)
    expect(await signText(server, office.compliance, version, { decision: 'return', reason: '写明谁能看到' })).toBe(
      'returned',
    )
    const text = await textOf(server, office.author, version)
    expect(text).toMatchObject({ lifeState: 'draft', returnedReason: '写明谁能看到' })
    const step = (action: 'submit' | 'take_back' | 'drop', reason = '') =>
      call(server, office.author.cookie, consentEndpoints.stepText, {
        version,
        revision: text.revision,
        action,
        reason,
      })
    expect((await step('submit')).body.outcome).toBe('done')
    expect((await step('take_back')).body.refusals).toEqual([{ reason: 'reason_missing' }])
    expect((await step('take_back', '还要改')).body.outcome).toBe('done')
    expect((await step('drop', '不用了')).body.outcome).toBe('done')
    expect(await stateOf(version)).toBe('dropped')
    expect(await eventsOf(version)).toEqual(
      expect.arrayContaining(['consent_text.returned', 'consent_text.taken_back', 'consent_text.dropped']),
    )
    expect(await buildTextInReview(server, office.author)).toBe(version + 1)
  })

  it('[TEXT-40] who saves second is told, and loses nothing of the first', async () => {
    const { version, revision } = await buildTextDraft(server, office.author)
    const other = await buildColleague(server, 'author')
    const save = (who: typeof other, titleZh: string) =>
      call(server, who.cookie, consentEndpoints.saveText, { version, revision, ...words, titleZh })
    expect((await save(other, '第一位')).body.revision).toBe(revision + 1)
    expect((await save(office.author, '第二位')).body.error).toBe('stale_revision')
    const text = await textOf(server, office.author, version)
    expect(text.wordings.find((one) => one.language === 'zh-CN')?.title).toBe('第一位')
  })

  it('[TEXT-41] that lacks words in either language is not handed in', async () => {
    const draft = await buildTextDraft(server, office.author, 'receive', { summaryEn: '\n \n' })
    const answer = await call(server, office.author.cookie, consentEndpoints.stepText, { ...draft, action: 'submit' })
    expect(answer.body.refusals).toEqual([{ reason: 'words_missing', about: 'en-US.summary' }])
  })

  it('[TEXT-42] is read by the whole office, written by authors, and does not exist for reps', async () => {
    const { version, revision } = await buildTextDraft(server, office.author)
    const auditor = await buildColleague(server, 'auditor')
    expect((await textOf(server, auditor, version)).may).toEqual([])
    const listed = await call(server, auditor.cookie, consentEndpoints.listTexts, {})
    expect(listed.body).toMatchObject({ mayBegin: [], texts: [{ version, lifeState: 'draft' }, { version: 1 }] })
    const asked = { version, revision, ...words }
    const save = await call(server, office.medical.cookie, consentEndpoints.saveText, asked)
    expect(save.body.refusals).toEqual([{ reason: 'wrong_role' }])
    expect((await call(server, auditor.cookie, consentEndpoints.saveText, asked)).body.error).toBe('wrong_role')
    expect((await call(server, auditor.cookie, consentEndpoints.loadText, { version: 99 })).body.error).toBe(
      'content_not_found',
    )
    const rep = await buildColleague(server, 'rep')
    for (const [endpoint, asked] of [
      [consentEndpoints.listTexts, {}],
      [consentEndpoints.loadText, { version }],
      [consentEndpoints.previewText, { version, activeFrom: null }],
    ] as const)
      expect((await call(server, rep.cookie, endpoint, asked as never)).body.error).toBe('wrong_role')
  })
})
