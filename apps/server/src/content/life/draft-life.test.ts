import { randomUUID } from 'node:crypto'
import { contentEndpoints, type AskedInput } from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCompany } from '../../../test/builders.ts'
import {
  buildColleague,
  buildDraft,
  buildOffice,
  buildSubmitted,
  detailOf,
  eventsOf,
  inDays,
  sign,
  type Office,
} from '../../../test/office.ts'
import { call, morning, startTestServer, type TestServer } from '../../../test/test-server.ts'
import { saveDraft } from './edit-draft.ts'

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

type Edit = Omit<AskedInput<typeof contentEndpoints.editDraft>, 'contentItemId'>
const edit = (contentItemId: string, words: Edit, who = office.author) =>
  call(server, who.cookie, contentEndpoints.editDraft, { contentItemId, ...words })
const submit = (draft: { contentItemId: string; revision: number }, who = office.author) =>
  call(server, who.cookie, contentEndpoints.submitContent, draft)
const create = (given: Partial<AskedInput<typeof contentEndpoints.createDraft>> = {}, who = office.author) =>
  call(server, who.cookie, contentEndpoints.createDraft, {
    ...{ requestId: randomUUID(), kind: 'phrase', title: '问候语', class: 'scientific', product: 'PD1' },
    ...{ language: 'zh-CN', market: 'CN', ...given },
  })

describe('a draft', () => {
  it('[LIFE-01] is begun once, however often one request arrives', async () => {
    const requestId = randomUUID()
    const answers = await Promise.all(Array.from({ length: 10 }, () => create({ requestId })))
    const ids = new Set(answers.map((answer) => answer.body.contentItemId as string))
    expect([...new Set(answers.map((answer) => answer.status))]).toEqual([200])
    expect(ids.size).toBe(1)
    expect(await eventsOf(server, [...ids][0]!)).toEqual(['content.drafted'])
  })

  it('[LIFE-02] is begun by authors alone, and the attempt of another is on record', async () => {
    const answer = await create({}, office.medical)
    expect(answer.body).toEqual({ outcome: 'refused', refusals: [{ reason: 'wrong_role' }] })
    expect(await eventsOf(server, office.medical.id)).toEqual(['content.step_refused'])
  })

  it('[LIFE-03] is saved field by field, with what was before in the trail', async () => {
    const { contentItemId, revision } = await buildDraft(server, office.author)
    const saved = await edit(contentItemId, { revision, title: '新的问候语', audience: ['oncology', 'thoracic'] })
    expect(saved.body).toEqual({ outcome: 'done', contentItemId, revision: revision + 1 })
    const detail = await detailOf(server, office.author, contentItemId)
    expect(detail).toMatchObject({ title: '新的问候语', audience: ['oncology', 'thoracic'], lifeState: 'draft' })
    expect(detail.trail.at(-1)).toMatchObject({
      ...{ event: 'content.edited', actor: 'author' },
      before: { title: '问候语', audience: '' },
      after: { title: '新的问候语', audience: 'oncology,thoracic' },
    })
    expect(detail.may).toEqual(['edit', 'submit', 'tag'])
  })

  it('[LIFE-04] that says the same again is not a new revision', async () => {
    const { contentItemId, revision } = await buildDraft(server, office.author)
    const again = await edit(contentItemId, { revision, cardTitle: '医学资料', mayForward: false })
    expect(again.body.revision).toBe(revision)
    expect(await eventsOf(server, contentItemId)).toEqual(['content.drafted', 'content.edited'])
  })

  it('[LIFE-05] saved by ten at once from one revision is saved once; the others are told', async () => {
    const { contentItemId, revision } = await buildDraft(server, office.author)
    const tries = Array.from({ length: 10 }, (_, index) => edit(contentItemId, { revision, title: `第${index}个` }))
    const answers = await Promise.all(tries)
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    expect(new Set(answers.filter((answer) => answer.status !== 200).map((answer) => answer.body.error))).toEqual(
      new Set(['stale_revision']),
    )
  })

  it.each([
    ['a product that is none of ours', { product: 'NONE' }, 'product'],
    ['a way that does not fit its kind', { ways: ['file' as const] }, 'ways'],
    ['no way at all', { ways: [] }, 'ways'],
    ['a year far away', { expiresAt: '9999-01-01T00:00:00Z' }, 'expiresAt'],
    [
      'more specialties than can be kept',
      { audience: Array.from({ length: 40 }, (_, i) => `specialty-${i}`) },
      'audience',
    ],
    ['pieces where it is no script', { scriptPieces: ['x'] }, 'scriptPieces'],
    ['a poster where there is no film', { posterUploadId: 'x' }, 'posterUploadId'],
  ])('[LIFE-06] with %s is not saved', async (_, words, field) => {
    const { contentItemId, revision } = await buildDraft(server, office.author)
    const answer = await edit(contentItemId, { revision, ...words })
    expect(answer).toMatchObject({ status: 400, body: { error: 'bad_request', field } })
    expect((await detailOf(server, office.author, contentItemId)).revision).toBe(revision)
  })

  it('[LIFE-07] takes nothing from an upload that is somebody else’s', async () => {
    const { contentItemId, revision } = await buildDraft(server, office.author, { kind: 'document' })
    const answer = await edit(contentItemId, { revision, fileUploadId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' })
    expect(answer).toMatchObject({ status: 404, body: { error: 'upload_not_found' } })
  })

  it('[LIFE-08] is submitted by its author alone; another one may edit it, and then not sign it', async () => {
    const other = await buildColleague(server, 'author', 'medical')
    const { contentItemId, revision } = await buildDraft(server, office.author)
    const edited = await edit(contentItemId, { revision, title: '一起写的' }, other)
    expect(edited.body).toMatchObject({ outcome: 'done', revision: revision + 1 })
    const draft = { contentItemId, revision: revision + 1 }
    expect((await submit(draft, other)).body.refusals).toEqual([{ reason: 'not_owner' }])
    expect((await detailOf(server, other, contentItemId)).may).toEqual(['edit', 'tag'])
    expect((await submit(draft)).body.outcome).toBe('done')
    expect((await sign(server, other, contentItemId, {})).refusals).toEqual([{ reason: 'own_work' }])
    expect((await detailOf(server, other, contentItemId)).maySign).toEqual([])
  })

  it('[LIFE-09] of an article keeps the safe part of it', async () => {
    const { contentItemId, revision } = await buildDraft(server, office.author, { kind: 'article' })
    await edit(contentItemId, { revision, body: '<h1>标题</h1><script>x</script><p onclick="y">正文</p>' })
    expect((await detailOf(server, office.author, contentItemId)).body).toBe('<h1>标题</h1><p>正文</p>')
  })

  it('[LIFE-10] of an unknown id is not found', async () => {
    const answer = await call(server, office.author.cookie, contentEndpoints.loadContent, { contentItemId: 'none' })
    expect(answer.body.error).toBe('content_not_found')
  })
})

describe('what was read from a page', () => {
  it('[LIFE-11] is put right by the author, and what is signed says so', async () => {
    const { contentItemId, revision } = await buildDraft(server, office.author, { kind: 'document' })
    const before = await detailOf(server, office.author, contentItemId)
    const correct = (given: object) =>
      call(server, office.author.cookie, contentEndpoints.correctPageText, {
        ...{ contentItemId, revision, number: 2, text: '第二页，改正' },
        ...given,
      })
    expect((await correct({ number: 9 })).body).toMatchObject({ error: 'bad_request', field: 'number' })
    expect((await correct({})).body.outcome).toBe('done')
    expect((await correct({})).body.error).toBe('stale_revision')
    const after = await detailOf(server, office.author, contentItemId)
    expect(after.pages.map(({ text, corrected }) => [text, corrected])).toEqual([
      ['第1页', false],
      ['第二页，改正', true],
    ])
    expect(after.statementHash).not.toBe(before.statementHash)
    expect((await eventsOf(server, contentItemId)).at(-1)).toBe('content.text_corrected')
  })
})

describe('a draft that is submitted', () => {
  it('[LIFE-12] is in review with the steps of its class, and cannot be changed any more', async () => {
    const draft = await buildDraft(server, office.author, { class: 'consent' })
    const answers = await Promise.all(Array.from({ length: 10 }, () => submit(draft)))
    expect(new Set(answers.map((answer) => answer.body.outcome))).toEqual(new Set(['done']))
    const { contentItemId, revision } = draft
    expect(await detailOf(server, office.author, contentItemId)).toMatchObject({
      ...{ lifeState: 'in_review', steps: ['legal', 'compliance'], signed: 0, asked: 2, may: ['take_back', 'tag'] },
    })
    const changed = await edit(contentItemId, { revision, title: '改' })
    expect(changed.body.refusals).toEqual([{ reason: 'wrong_state', about: 'in_review' }])
    expect(await eventsOf(server, contentItemId)).toEqual([
      ...['content.drafted', 'content.edited', 'content.submitted', 'content.step_refused'],
    ])
  })

  it.each([
    ['without pages', 'document', {}, [{ reason: 'pages_not_ready' }]],
    ['without a word', 'phrase', { body: '' }, [{ reason: 'pages_not_ready' }]],
    [
      'with a hidden sign on its card',
      'phrase',
      { cardTitle: 'a\u202eb' },
      [{ reason: 'card_not_fit', about: 'card_title_hidden_signs' }],
    ],
    [
      'with a name that nothing stands for',
      'phrase',
      { body: '{hospital}' },
      [{ reason: 'placeholder_unknown', about: '{hospital}' }],
    ],
    ['without a last day', 'phrase', { expiresAt: null }, [{ reason: 'no_expiry' }]],
    ['with its last day behind it', 'phrase', { expiresAt: inDays(-1) }, [{ reason: 'date_order' }]],
  ] as const)('[LIFE-13] %s is not taken', async (_, kind, words, refusals) => {
    const draft = await buildDraft(server, office.author, { kind }, words)
    if (kind === 'document') {
      await server.owner.deleteFrom('contentPage').where('contentItemId', '=', draft.contentItemId).execute()
      await server.owner
        .updateTable('contentItem')
        .set({ pageCount: 0 })
        .where('id', '=', draft.contentItemId)
        .execute()
    }
    expect((await submit(draft)).body).toEqual({ outcome: 'refused', refusals })
    expect((await detailOf(server, office.author, draft.contentItemId)).lifeState).toBe('draft')
  })

  it('[LIFE-14] from an old revision is told to look again', async () => {
    const { contentItemId } = await buildDraft(server, office.author)
    expect((await submit({ contentItemId, revision: 1 })).body.error).toBe('stale_revision')
  })

  it('[LIFE-15] is taken back with a reason, once, and goes on as a new version', async () => {
    const contentItemId = await buildSubmitted(server, office.author)
    const take = (reason: string) =>
      call(server, office.author.cookie, contentEndpoints.takeBack, { contentItemId, reason })
    expect((await take(' ')).body.refusals).toEqual([{ reason: 'reason_missing' }])
    const answers = await Promise.all(Array.from({ length: 10 }, () => take('还要改')))
    expect(answers.filter((answer) => answer.body.outcome === 'done')).toHaveLength(1)
    const detail = await detailOf(server, office.author, contentItemId)
    expect(detail).toMatchObject({ lifeState: 'returned', returnedReason: '还要改', may: ['new_version', 'tag'] })
    expect((await eventsOf(server, contentItemId)).filter((event) => event === 'content.taken_back')).toHaveLength(1)
  })
})

describe('a script', () => {
  it('[LIFE-16] names approved documents in their order', async () => {
    const { contentItemId, revision } = await buildDraft(server, office.author, { kind: 'script' })
    const part = await buildDraft(server, office.author)
    const { documentId } = await detailOf(server, office.author, part.contentItemId)
    expect((await edit(contentItemId, { revision, scriptPieces: [documentId, documentId] })).body.field).toBe(
      'scriptPieces',
    )
    const saved = await edit(contentItemId, { revision, scriptPieces: [documentId] })
    expect((await detailOf(server, office.author, contentItemId)).scriptPieces).toEqual([documentId])
    const early = await submit({ contentItemId, revision: saved.body.revision })
    expect(early.body.refusals).toEqual([{ reason: 'pages_not_ready' }])
  })
})

describe('looking at a version', () => {
  it('[LIFE-17] is on record once in a while, and page images are for the office alone', async () => {
    const { contentItemId } = await buildDraft(server, office.author)
    for (let times = 0; times < 3; times += 1) await detailOf(server, office.officer, contentItemId)
    const looks = await server.owner
      .selectFrom('auditEntry')
      .select('id')
      .where('subjectId', '=', contentItemId)
      .where('event', '=', 'content.viewed')
      .execute()
    expect(looks).toHaveLength(1)
    const rep = await buildColleague(server, 'rep')
    const image = (cookie: string) =>
      fetch(`${server.url}/api/console/content/${contentItemId}/pages/1/720.webp`, { headers: { cookie } })
    expect((await image('')).status).toBe(401)
    expect((await image(rep.cookie)).status).toBe(403)
    expect((await image(office.officer.cookie)).status).toBe(404)
    const seen = await call(server, rep.cookie, contentEndpoints.loadContent, { contentItemId })
    expect(seen.body.error).toBe('wrong_role')
  })

  it('[LIFE-18] the form is told what there is to choose from', async () => {
    const answer = await call(server, office.author.cookie, contentEndpoints.contentChoices, {})
    expect(answer.body).toMatchObject({ products: [{ code: 'PD1', name: '示例单抗' }], market: 'CN' })
  })
})

describe('what is no draft any more', () => {
  it('[LIFE-19] is not written by anything that writes drafts', async () => {
    const contentItemId = await buildSubmitted(server, office.author)
    const late = server.db.transaction().execute((trx) => saveDraft(trx, { contentItemId }, { title: '太晚' }))
    await expect(late).rejects.toMatchObject({ code: 'content_frozen' })
    expect((await detailOf(server, office.author, contentItemId)).title).toBe('问候语')
  })
})
