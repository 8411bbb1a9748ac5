import { randomUUID } from 'node:crypto'
import { contentEndpoints, repEndpoints } from '@vouch/contract'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildCompany, buildOrdinary } from '../../../test/builders.ts'
import { startTestDrawing, type TestDrawing } from '../../../test/drawing.ts'
import { buildDraft, buildOffice, detailOf, inDays, signAll, type Office } from '../../../test/office.ts'
import { buildPdf } from '../../../test/pdf.ts'
import { call, type TestServer } from '../../../test/test-server.ts'
import { hashOf, uploader } from '../../../test/uploads.ts'
import { assembleUploads } from '../../uploads/assemble-uploads.ts'
import { drawRenditions } from '../renditions/draw-renditions.ts'

let at: TestDrawing
let server: TestServer
let office: Office
beforeAll(async () => {
  at = await startTestDrawing()
  server = at.server
  Object.assign(server.deps, { files: at.deps.files, renditions: at.renditions })
  await buildCompany(server)
  office = await buildOffice(server)
})
afterAll(() => at.stop())

const upload = async (bytes: Buffer, fileName: string, purpose: 'content' | 'card' | 'captions') => {
  const uploadId = await uploader({ url: server.url, cookie: office.author.cookie }).whole(bytes, { fileName, purpose })
  await assembleUploads(server.deps)
  return uploadId
}
const picture = () =>
  sharp({ create: { width: 640, height: 480, channels: 3, background: '#1a66d6' } })
    .png()
    .toBuffer()

it('[LIFE-30] a real PDF goes from upload through review into the hands of the rep, as it was signed', async () => {
  const pdf = await upload(await buildPdf({ pages: 2 }), '三期研究.pdf', 'content')
  const created = await call(server, office.author.cookie, contentEndpoints.createDraft, {
    ...{ requestId: randomUUID(), kind: 'document', title: '三期研究', class: 'promotional', product: 'PD1' },
    ...{ language: 'zh-CN', market: 'CN', fileUploadId: pdf },
  })
  const { contentItemId } = created.body as { contentItemId: string }
  const early = await call(server, office.author.cookie, contentEndpoints.submitContent, { contentItemId, revision: 1 })
  expect(early.body.refusals).toContainEqual({ reason: 'pages_not_ready' })

  await drawRenditions(server.deps)
  const drawn = await detailOf(server, office.author, contentItemId)
  expect(drawn).toMatchObject({
    fileName: '三期研究.pdf',
    rendition: { stage: 'done', done: 2, of: 2 },
    ways: ['news'],
  })
  expect(drawn.pages[1]?.text).toContain('第 2 页')
  const image = await fetch(server.url + drawn.pages[0]!.image, { headers: { cookie: office.legal.cookie } })
  expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/webp'])

  const edited = await call(server, office.author.cookie, contentEndpoints.editDraft, {
    ...{ contentItemId, revision: 1, cardTitle: '研究摘要', cardDesc: '示例药业', expiresAt: inDays(200) },
    ...{ ways: ['news', 'file'], cardUploadId: await upload(await picture(), '图.png', 'card') },
  })
  const { cardHash } = (await at.pieceOf(contentItemId))!
  expect(drawn.thumbnail).not.toContain(cardHash)
  expect((await fetch(`${server.url}/card/${cardHash}.jpg`)).status).toBe(200)
  const { revision } = edited.body as { revision: number }
  const submitted = await call(server, office.author.cookie, contentEndpoints.submitContent, {
    contentItemId,
    revision,
  })
  expect(submitted.body.outcome).toBe('done')
  expect(await signAll(server, office, contentItemId)).toEqual(['signed', 'signed', 'signed'])

  const rep = await buildOrdinary(server)
  const preview = await call(server, rep.cookie, repEndpoints.preview, {
    ...{ contentItemId, externalUserId: rep.externalUserId },
  })
  expect(preview.body.pages).toHaveLength(2)
  const signers = (preview.body.approvals as { name: string }[]).map((one) => one.name)
  expect(signers.toSorted()).toEqual(['compliance', 'legal', 'medical'])
  const sent = await call(server, rep.cookie, repEndpoints.authoriseSend, {
    ...{ requestId: randomUUID(), externalUserId: rep.externalUserId, contentItemId, kind: 'news' },
    ...{ entry: 'single_chat_tools', again: false },
  })
  expect(sent.body).toMatchObject({ outcome: 'authorised', message: { news: { title: '研究摘要' } } })
})

it('[LIFE-31] another file takes the pages of the one before with it, and a wrong kind is not taken', async () => {
  const [first, second] = [await buildPdf({ pages: 1 }), await buildPdf({ pages: 3 })]
  const created = await call(server, office.author.cookie, contentEndpoints.createDraft, {
    ...{ requestId: randomUUID(), kind: 'document', title: '研究', class: 'scientific', product: '' },
    ...{ language: 'zh-CN', market: 'CN', fileUploadId: await upload(first, 'a.pdf', 'content') },
  })
  const { contentItemId } = created.body as { contentItemId: string }
  await drawRenditions(server.deps)
  expect((await detailOf(server, office.author, contentItemId)).pages).toHaveLength(1)
  const edit = async (words: object) =>
    call(server, office.author.cookie, contentEndpoints.editDraft, { contentItemId, revision: 1, ...words })
  const png = await upload(await picture(), '图.png', 'content')
  expect((await edit({ fileUploadId: png })).body).toMatchObject({ error: 'bad_request', field: 'fileUploadId' })
  expect((await edit({ cardUploadId: png })).body.error).toBe('upload_not_found')

  await edit({ fileUploadId: await upload(second, 'b.pdf', 'content') })
  expect((await detailOf(server, office.author, contentItemId)).pages).toEqual([])
  await drawRenditions(server.deps)
  const detail = await detailOf(server, office.author, contentItemId)
  expect(detail.pages.map((page) => page.number)).toEqual([1, 2, 3])
  const changed = detail.trail.find((entry) => entry.event === 'content.edited')
  expect([changed?.before, changed?.after]).toMatchObject([{ fileName: 'a.pdf' }, { fileName: 'b.pdf' }])
})

it('[LIFE-32] captions of a video are read strictly, kept in one form, signed for, and taken into the next version', async () => {
  const vtt = (words: string) => Buffer.from(`WEBVTT - x\r\n\r\n1\r\n00:01.000 --> 00:02.500\r\n${words}\r\n`)
  const kept = (words: string) => `WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n${words}\n`
  const draft = await buildDraft(server, office.author, { kind: 'video' })
  const { contentItemId } = draft
  let { revision } = draft
  const edit = async (words: object) => {
    const answer = await call(server, office.author.cookie, contentEndpoints.editDraft, {
      contentItemId,
      revision,
      ...words,
    })
    revision = (answer.body.revision as number | undefined) ?? revision
    return answer
  }
  expect((await edit({ captionsLanguage: 'en-US' })).body).toMatchObject({ field: 'captionsLanguage' })
  await edit({ captionsUploadId: await upload(vtt('<v 王医生>每日一次'), '字幕.vtt', 'captions') })
  const said = await detailOf(server, office.author, contentItemId)
  expect(said).toMatchObject({ captions: kept('<v 王医生>每日一次'), captionsLanguage: 'zh-CN' })
  expect(said.trail.at(-1)?.after).toEqual({
    captionsHash: hashOf(Buffer.from(said.captions)),
    captionsLanguage: 'zh-CN',
  })

  const signedOf = async () => (await detailOf(server, office.author, contentItemId)).statementHash
  const before = await signedOf()
  await edit({ captionsLanguage: 'en-US' })
  const inEnglish = await signedOf()
  await edit({ captionsUploadId: await upload(vtt('每日两次'), '字幕.vtt', 'captions') })
  expect(new Set([before, inEnglish, await signedOf()]).size).toBe(3)
  expect((await detailOf(server, office.author, contentItemId)).captionsLanguage).toBe('en-US')

  await server.owner.updateTable('contentItem').set({ state: 'expired' }).where('id', '=', contentItemId).execute()
  const next = await call(server, office.author.cookie, contentEndpoints.newVersion, {
    ...{ requestId: randomUUID(), contentItemId },
  })
  const { contentItemId: second } = next.body as { contentItemId: string }
  expect(await detailOf(server, office.author, second)).toMatchObject({
    captions: kept('每日两次'),
    captionsLanguage: 'en-US',
  })
  await call(server, office.author.cookie, contentEndpoints.editDraft, {
    ...{ contentItemId: second, revision: 1, captionsUploadId: null },
  })
  expect(await detailOf(server, office.author, second)).toMatchObject({ captions: '', captionsLanguage: '' })
  const diff = await call(server, office.author.cookie, contentEndpoints.diffVersions, { contentItemId: second })
  expect(diff.body.fields).toEqual([
    { field: 'captionsLanguage', before: 'en-US', after: '' },
    { field: 'captions', before: kept('每日两次'), after: '' },
  ])
})

it('[LIFE-33] captions go with a video alone', async () => {
  const { contentItemId, revision } = await buildDraft(server, office.author, { kind: 'document' })
  const captionsUploadId = await upload(Buffer.from('WEBVTT\n\n00:01.000 --> 00:02.000\n好'), '字幕.vtt', 'captions')
  const answer = await call(server, office.author.cookie, contentEndpoints.editDraft, {
    ...{ contentItemId, revision, captionsUploadId },
  })
  expect(answer).toMatchObject({ status: 400, body: { field: 'captionsUploadId' } })
})
