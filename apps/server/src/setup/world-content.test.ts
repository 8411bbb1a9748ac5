import { wordingHash } from '../consent-statement.ts'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildRenderer } from '../../test/renderer.ts'
import { noon, openWorldPlace, type WorldPlace } from '../../test/world-place.ts'
import { openCardPicture } from '../content/card-picture.ts'
import { openPageImage } from '../content/page-image.ts'
import { createRenditions } from '../content/renditions/renditions.ts'
import { isSealed, statementColumns } from '../statement.ts'
import { sha256 } from '../secrets.ts'

let place: WorldPlace
beforeAll(async () => {
  place = await openWorldPlace('content')
})
beforeEach(() => place.clear())
afterAll(() => place.close())

let renderer: Awaited<ReturnType<typeof buildRenderer>>
beforeAll(async () => {
  renderer = await buildRenderer()
})
afterAll(() => renderer.remove())

describe('the loaded world holds', () => {
  it('people: who left is gone, roles end, proofs are of now', async () => {
    await place.load()
    const people = await place.db.selectFrom('person').selectAll().orderBy('wecomUserId').execute()
    expect(people.find((one) => one.wecomUserId === 'liuyang')).toMatchObject({
      status: 'left',
      leftAt: new Date('2026-11-20T10:00:00Z'),
    })
    expect(people.find((one) => one.wecomUserId === 'wanglei')).toMatchObject({
      status: 'active',
      employmentProvedAt: noon,
    })
    const auditor = await place.db
      .selectFrom('personRole')
      .select('until')
      .where('role', '=', 'auditor')
      .executeTakeFirst()
    expect(auditor?.until).toEqual(new Date('2026-12-13T04:00:00Z'))
  })

  it('doctors can be found by sound', async () => {
    await place.load()
    const found = await place.db.selectFrom('account').select('id').where('nameSearch', 'like', '%shanxue%').execute()
    expect(found).toEqual([{ id: 'HCP-B' }])
  })

  it('content: what was approved is signed whole, and says by whom', async () => {
    await place.load()
    const rows = await place.db
      .selectFrom('contentItem')
      .select(['id', 'state', ...statementColumns])
      .execute()
    const [open, approved] = [rows.filter((row) => !row.signedHash), rows.filter((row) => row.signedHash)]
    expect(open.map((row) => row.state)).toEqual(['draft'])
    expect(approved.every(isSealed)).toBe(true)
    const signatures = await place.db.selectFrom('contentApproval').selectAll().execute()
    expect(signatures.length).toBeGreaterThan(0)
    for (const { contentItemId, signedHash, statement, personName, provedBy } of signatures) {
      expect(signedHash).toBe(approved.find((row) => row.id === contentItemId)?.signedHash)
      expect([sha256(statement ?? ''), provedBy]).toEqual([signedHash, 'demo'])
      expect(['顾雯', '何静']).toContain(personName)
    }
  })

  it('content: bytes kept as approved, states, successors and what reps still see', async () => {
    await place.load()
    const rows = await place.db.selectFrom('contentItem').selectAll().execute()
    const item = (documentId: string, version = 1) =>
      rows.find((row) => row.documentId === documentId && row.version === version)
    const [old, current, withdrawn, draft] = [item('DOC-1'), item('DOC-1', 2), item('DOC-2'), item('DOC-3')]
    expect(current).toMatchObject({
      fileHash: sha256(place.bytes.pdf),
      approvedHash: sha256(place.bytes.pdf),
      ways: 'news,file',
      audience: 'oncology,thoracic',
      pageCount: 2,
    })
    expect(current?.publishedAt).toEqual(new Date('2026-10-04T08:10:00Z'))
    expect((await place.files.read(`content/${current?.fileHash}`)).equals(place.bytes.pdf)).toBe(true)
    expect(old).toMatchObject({ supersededBy: current?.id, endedAt: null })
    expect(withdrawn).toMatchObject({ supersededBy: current?.id, endedAt: new Date(noon.getTime() - 22 * 86_400_000) })
    expect(withdrawn?.listedUntil).toEqual(new Date(noon.getTime() + 8 * 86_400_000))
    expect(draft).toMatchObject({ approvedHash: null, approvalNumber: '' })
    expect(item('IMG-1')?.listedUntil.getUTCFullYear()).toBe(9999)
    expect(item('VID-1')).toMatchObject({ seconds: 12, pageCount: 0 })
    expect(item('ART-1')).toMatchObject({ body: '<section><h2>一、报告</h2><p>读懂</p></section>', pageCount: 3 })
    expect(item('PHR-1')).toMatchObject({ body: '{doctor}您好，我是{rep}。', fileHash: item('PHR-1')?.approvedHash })
    expect(
      await place.db
        .selectFrom('contentApproval')
        .select('step')
        .where('contentItemId', '=', current?.id ?? '')
        .execute(),
    ).toHaveLength(2)
  })

  it('card pictures that show no product and no person, one for each kind', async () => {
    await place.load()
    const cards = await place.db.selectFrom('contentItem').select(['kind', 'cardHash']).distinct().execute()
    expect(cards).toHaveLength(6)
    for (const { cardHash } of cards) {
      const picture = await openCardPicture(place, cardHash ?? '')
      expect(picture.bytes).toBeLessThan(15_000)
      picture.stream.destroy()
    }
    const { width, height, format } = await sharp(await place.files.read(`cards/${cards[0]?.cardHash}.jpg`)).metadata()
    expect([width, height, format]).toEqual([300, 300, 'jpeg'])
    await expect(openCardPicture(place, '../content/x')).rejects.toMatchObject({ code: 'not_found' })
    const plain = await openCardPicture(place, 'plain')
    expect(plain.bytes).toBeGreaterThan(1_000)
  })

  it('consent to a text whose hash covers the summary too', async () => {
    await place.load()
    const text = await place.db.selectFrom('consentText').selectAll().where('version', '=', 2).executeTakeFirstOrThrow()
    expect(text).toMatchObject({ purpose: 'receive', summary: '用到姓名\n用来发资料', body: '## 谁\n示例药业。' })
    expect(text.hash).toBe(wordingHash(text))
    expect(text.hash).not.toBe(wordingHash({ ...text, summary: '用到姓名' }))
    const consent = await place.db.selectFrom('consent').selectAll().executeTakeFirstOrThrow()
    expect(consent).toMatchObject({
      textHash: text.hash,
      channel: 'qr',
      identity: 'in_person',
      evidence: '{"rep":"wanglei"}',
    })
  })

  it('a policy of the defaults with what the world changes', async () => {
    await place.load()
    const policy = await place.db.selectFrom('policy').selectAll().executeTakeFirstOrThrow()
    expect(policy).toMatchObject({
      version: 1,
      sendsPerMonth: 4,
      quietFrom: 0,
      quietUntil: 0,
      sameItemDays: 14,
      ticketSeconds: 90,
      consentDays: null,
    })
  })

  it('pages that can be opened, drawn once for all pieces of the same bytes and kept for the next load', async () => {
    await place.load({ renditions: createRenditions({ files: place.files, program: renderer.program }) })
    expect(place.said[0]).toBe('v 页面图 9 页')
    const current = await place.db
      .selectFrom('contentItem')
      .select('id')
      .where('documentId', '=', 'DOC-1')
      .where('version', '=', 2)
      .executeTakeFirstOrThrow()
    const page = await place.db
      .selectFrom('contentPage')
      .selectAll()
      .where('contentItemId', '=', current.id)
      .where('number', '=', 2)
      .executeTakeFirst()
    expect(page?.text).toContain('第 2 页')
    const image = await openPageImage(place, { contentItemId: current.id, number: 2, width: 720 })
    expect(image.bytes).toBeGreaterThan(5_000)
    image.stream.destroy()
    for (const asked of [
      { number: 3, width: 720 },
      { number: 1, width: 721 },
    ]) {
      await expect(openPageImage(place, { contentItemId: current.id, ...asked })).rejects.toMatchObject({
        code: 'not_found',
      })
    }

    await place.emptyDatabase()
    const renditions = createRenditions({ files: place.files, program: '/nowhere' })
    expect(await place.load({ renditions })).toBe('loaded')
  })
})
