import { ulid } from 'ulid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  buildAddressee,
  buildLink,
  changePiece,
  createBrowser,
  findVisits,
  startLinkBench,
  state,
  type Link,
  type LinkBench,
} from '../../test/link-bench.ts'

let server: LinkBench
beforeAll(async () => {
  server = await startLinkBench()
})
afterAll(() => server.stop())

const day = 86_400_000
const opening = () => ({ openingId: crypto.randomUUID() })
const look = (page: number, ms = 3_000, id: string = crypto.randomUUID()) => [page, id, ms]
const facts = ({ sendId }: Link) => server.db.selectFrom('fact').selectAll().where('sendId', '=', sendId).execute()
const views = ({ sendId }: Link) =>
  server.db.selectFrom('pageView').select(['page', 'visibleMs']).where('sendId', '=', sendId).execute()

describe('the addressee', () => {
  test('reads the live page in three statements', async () => {
    const link = await buildLink(server)
    const browser = await buildAddressee(server, link)
    server.counter.statements = 0
    const { status, text, headers } = await browser.go(link.path)
    expect(server.counter.statements).toBe(3)
    expect(status).toBe(200)
    for (const part of [
      '三期研究摘要',
      'CN-2026-0417',
      '仅供医疗卫生专业人士',
      '无进展生存期 3',
      '供 张* 医生本人阅读',
    ]) {
      expect(text).toContain(part)
    }
    expect(text).toContain('<title>医学资料 · 示例药业</title>')
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test('gets each page in three widths, with two statements, and asks again before each use', async () => {
    const link = await buildLink(server)
    const browser = await buildAddressee(server, link)
    server.counter.statements = 0
    const image = await browser.go(`${link.path}/pages/2/1080.webp`)
    expect(server.counter.statements).toBe(2)
    expect(image.text).toBe('page 2 at 1080')
    expect(image.headers.get('content-type')).toBe('image/webp')
    expect(image.headers.get('cache-control')).toBe('private, no-cache')
    server.counter.statements = 0
    const again = await browser.go(`${link.path}/pages/2/1080.webp`, {
      headers: { 'if-none-match': image.headers.get('etag') ?? '' },
    })
    expect(again.status).toBe(304)
    expect(server.counter.statements).toBe(1)
    for (const way of ['2/800', '9/480', '0/480', 'x/480'])
      expect((await browser.go(`${link.path}/pages/${way}.webp`)).status).toBe(404)
  })

  test('is answered with a strict policy that still lets the tap lead to WeChat', async () => {
    const link = await buildLink(server)
    const { headers } = await (await buildAddressee(server, link)).go(link.path)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(
      /default-src 'none'.*script-src 'self';.*style-src 'sha256-.*form-action 'self' http:\/\/wecom\.test;.*frame-ancestors 'none'/,
    )
    expect(policy).not.toContain('unsafe')
    expect(headers.get('x-robots-tag')).toContain('noindex')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
  })

  test('finds in the contents what the document itself calls its parts', async () => {
    const link = await buildLink(server)
    await server.db
      .updateTable('contentPage')
      .set({ headings: '1 3 疗效\n2 3.1 主要终点' })
      .where('contentItemId', '=', link.contentItemId)
      .where('number', '=', 2)
      .execute()
    const { text } = await (await buildAddressee(server, link)).go(link.path)
    expect(text).toMatch(/depth-1"[^>]*>3 疗效<.*depth-2"[^>]*>3\.1 主要终点</s)
  })

  test('chooses language, big type and data saver, and all three are remembered', async () => {
    const link = await buildLink(server)
    const browser = await buildAddressee(server, link)
    expect((await browser.go(`${link.path}?lang=en-US`)).text).toContain('For healthcare professionals only')
    expect((await browser.form(`${link.path}/look`, 'size=large')).status).toBe(303)
    await browser.form(`${link.path}/look`, 'saver=on')
    const { text } = await browser.go(link.path)
    expect(text).toContain('<html lang="en-US" data-size="large">')
    expect(text).not.toMatch(/ (?:src|srcset)="\/l[^"]*(?:720|1080)\.webp/)
    expect((await createBrowser(server, { 'accept-language': 'en-GB,en;q=0.9' }).go(link.path)).text).toContain(
      'lang="en-US"',
    )
  })

  test('saves data by default where the network is slow', async () => {
    const link = await buildLink(server)
    const browser = await buildAddressee(server, link)
    const slow = [{ 'save-data': 'on' }, { 'user-agent': 'MicroMessenger/8.0 NetType/3G Language/zh_CN' }]
    for (const headers of slow)
      expect((await browser.go(link.path, { headers })).text).toMatch(/name="saver" value="off" aria-pressed="true"/)
    expect((await browser.go(link.path)).text).toMatch(/name="saver" value="on" aria-pressed="false"/)
  })

  test('plays a video by parts', async () => {
    const fileHash = 'f'.repeat(64)
    server.stored.set(`content/${fileHash}`, Buffer.from('0123456789'))
    const piece = {
      kind: 'video' as const,
      fileHash,
      approvedHash: fileHash,
      fileBytes: 10,
      seconds: 12,
      mime: 'video/mp4',
    }
    const link = await buildLink(server, { piece, pages: 0 })
    const browser = await buildAddressee(server, link)
    expect((await browser.go(link.path)).text).toContain('播放约用 1 kB 流量')
    const ask = (range: string) => browser.go(`${link.path}/video`, { headers: range ? { range } : {} })
    expect(await ask('')).toMatchObject({ status: 200, text: '0123456789' })
    const first = await ask('bytes=0-1')
    expect(first).toMatchObject({ status: 206, text: '01' })
    expect(first.headers.get('content-range')).toBe('bytes 0-1/10')
    expect(await ask('bytes=7-')).toMatchObject({ status: 206, text: '789' })
    expect(await ask('bytes=-2')).toMatchObject({ status: 206, text: '89' })
    await changePiece(server, link, { state: 'withdrawn' })
    expect((await ask('bytes=0-1')).status).toBe(409)
  })
})

describe('captions of a video', () => {
  const fileHash = 'c'.repeat(64)
  const captions =
    'WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n<v 王医生>每日 &lt; 5 mg\n\n00:00:04.000 --> 00:00:06.000\n餐后服用\n'
  const film = { kind: 'video' as const, fileHash, approvedHash: fileHash, fileBytes: 10, mime: 'video/mp4' }
  const said = { captions, captionsLanguage: 'zh-CN' }

  test('are played and can be read, for the addressee of a live link, in no more statements', async () => {
    const link = await buildLink(server, { piece: { ...film, ...said }, pages: 0 })
    const browser = await buildAddressee(server, link)
    server.counter.statements = 0
    const { text } = await browser.go(link.path)
    expect(server.counter.statements).toBe(3)
    expect(text).toContain(`src="${link.path}/captions.vtt" srclang="zh-CN"`)
    expect(text.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')).toContain(
      '0:01 王医生： 每日 &lt; 5 mg 0:04 餐后服用',
    )

    const played = await browser.go(`${link.path}/captions.vtt`)
    expect([played.status, played.text]).toEqual([200, captions])
    expect(played.headers.get('content-type')).toBe('text/vtt; charset=utf-8')
    expect(played.headers.get('x-content-type-options')).toBe('nosniff')
    expect(played.headers.get('cache-control')).toBe('private, no-cache')
    const headers = { 'if-none-match': played.headers.get('etag') ?? '' }
    expect((await browser.go(`${link.path}/captions.vtt`, { headers })).status).toBe(304)
    await changePiece(server, link, { state: 'withdrawn' })
    expect((await browser.go(`${link.path}/captions.vtt`, { headers })).status).toBe(409)
  })

  test('are given to nobody else, and are not there where the piece has none', async () => {
    const link = await buildLink(server, { piece: { ...film, ...said }, pages: 0 })
    const bare = await buildLink(server, { piece: film, pages: 0 })
    const stranger = await createBrowser(server).go(`${link.path}/captions.vtt`)
    expect(stranger.status).toBe(404)
    const browser = await buildAddressee(server, bare)
    expect((await browser.go(`${link.path}/captions.vtt`)).status).toBe(404)
    expect((await browser.go(`${bare.path}/captions.vtt`)).status).toBe(404)
    expect((await browser.go(bare.path)).text).not.toMatch(/<track|文字稿/)
  })

  test('that are not the signed ones are not shown, and neither is the film', async () => {
    const link = await buildLink(server, { piece: { ...film, ...said }, pages: 0 })
    const browser = await buildAddressee(server, link)
    const other = captions.replace('5 mg', '50 mg')
    await server.owner
      .updateTable('contentItem')
      .set({ captions: other })
      .where('id', '=', link.contentItemId)
      .execute()
    expect((await browser.go(link.path)).text).not.toContain('50 mg')
    expect((await browser.go(`${link.path}/captions.vtt`)).status).toBe(409)
  })
})

describe('the file itself', () => {
  const pdf = 'application/pdf'
  const withFile = async (piece: { ways: string; fileName?: string; mime?: string }) => {
    const fileHash = ulid().toLowerCase().padEnd(64, 'f')
    server.stored.set(`content/${fileHash}`, Buffer.from('%PDF-1.7 bytes'))
    const given = { mime: pdf, fileName: '', ...piece, fileHash, approvedHash: fileHash, fileBytes: 14 }
    const link = await buildLink(server, { piece: given })
    return { link, browser: await buildAddressee(server, link) }
  }

  test('is offered with its size and given under its signed name, where the piece may go as a file', async () => {
    const { link, browser } = await withFile({ ways: 'news,file', fileName: '三期研究摘要（2026 版）.pdf' })
    expect((await browser.go(link.path)).text).toContain('下载原文件 · PDF · 1 kB')
    const { status, text, headers } = await browser.go(`${link.path}/file`)
    expect([status, text]).toEqual([200, '%PDF-1.7 bytes'])
    const [, name = ''] = /filename\*=UTF-8''([^;]+)/.exec(headers.get('content-disposition') ?? '') ?? []
    expect(decodeURIComponent(name)).toBe('三期研究摘要（2026 版）.pdf')
    expect(headers.get('content-disposition')).toMatch(/^attachment/)
    expect(headers.get('content-type')).toBe(pdf)
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test('has a harmless name of its own when none was signed', async () => {
    const { link, browser } = await withFile({ ways: 'news,file', fileName: '' })
    await changePiece(server, link, { title: 'A/B:\u202e研究' })
    const { headers } = await browser.go(`${link.path}/file`)
    expect(decodeURIComponent(headers.get('content-disposition') ?? '')).toContain('A_B_研究 v1.pdf')
  })

  test('is neither offered nor given where the piece may not, to somebody else, or after the link ended', async () => {
    const only = await withFile({ ways: 'news' })
    expect((await only.browser.go(only.link.path)).text).not.toContain('下载原文件')
    expect((await only.browser.go(`${only.link.path}/file`)).status).toBe(404)
    const { link, browser } = await withFile({ ways: 'news,file' })
    expect((await createBrowser(server).go(`${link.path}/file`)).status).toBe(404)
    expect((await only.browser.go(`${link.path}/file`)).status).toBe(404)
    await changePiece(server, link, { state: 'withdrawn' })
    expect((await browser.go(`${link.path}/file`)).status).toBe(409)
  })
})

describe('an opening', () => {
  test('reported by the addressee is fact O, once, however often and at once', async () => {
    const link = await buildLink(server)
    const browser = await buildAddressee(server, link)
    const answers = await Promise.all(Array.from({ length: 10 }, () => browser.post(`${link.path}/opened`, opening())))
    expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(204))
    expect(await facts(link)).toMatchObject([
      { kind: 'O', author: link.accountId, seenExternalUserId: link.externalUserId, late: 0 },
    ])
    expect(await findVisits(server, link.sendId)).toEqual(Array(10).fill('addressee'))
  })

  test('reported twice under the same id is one visit', async () => {
    const link = await buildLink(server)
    const browser = await buildAddressee(server, link)
    const once = opening()
    await Promise.all(Array.from({ length: 10 }, () => browser.post(`${link.path}/opened`, once)))
    expect(await findVisits(server, link.sendId)).toEqual(['addressee'])
  })

  test('is not made by fetching the page, its images or with a browser nobody recognised', async () => {
    const link = await buildLink(server)
    const browser = await buildAddressee(server, link)
    await browser.go(link.path)
    await browser.go(`${link.path}/pages/1/480.webp`)
    expect((await createBrowser(server).post(`${link.path}/opened`, opening())).status).toBe(404)
    expect(await facts(link)).toEqual([])
    expect(await findVisits(server, link.sendId)).toEqual([])
  })

  test('is not taken for content that is no longer shown', async () => {
    const link = await buildLink(server)
    const browser = await buildAddressee(server, link)
    await changePiece(server, link, { state: 'withdrawn' })
    expect((await browser.post(`${link.path}/opened`, opening())).status).toBe(409)
    expect(await facts(link)).toEqual([])
  })

  test('in another shape, from another site or too large is refused', async () => {
    const link = await buildLink(server)
    const browser = await buildAddressee(server, link)
    const path = `${link.path}/opened`
    for (const body of [{}, { openingId: 'x' }, { ...opening(), author: 'me' }, [], null])
      expect((await browser.post(path, body)).status).toBe(400)
    expect((await browser.tap(path, JSON.stringify(opening()), 'text/plain')).status).toBe(415)
    expect(
      (await browser.tap(path, JSON.stringify(opening()), 'application/json', { origin: 'https://evil.test' })).status,
    ).toBe(403)
    expect((await browser.post(path, { openingId: 'x'.repeat(10_000) })).status).toBe(413)
    expect(await facts(link)).toEqual([])
  })
})

describe('the reading record', () => {
  test('is kept only with its own consent, and the page is not told to send it without', async () => {
    const link = await buildLink(server)
    const browser = await buildAddressee(server, link)
    expect((await browser.go(link.path)).text).not.toContain('data-record')
    expect((await browser.post(`${link.path}/read`, { views: [look(1)] })).status).toBe(409)
    expect(await views(link)).toEqual([])

    await state(server, link.accountId, 'reading_record', 'opted_in')
    expect((await browser.go(link.path)).text).toContain('data-record="pages"')
    const twice = look(2, 4_000)
    await browser.post(`${link.path}/read`, { views: [look(1), twice] })
    await browser.post(`${link.path}/read`, { views: [twice, look(99)] })
    expect(await views(link)).toEqual([
      { page: 1, visibleMs: 3_000 },
      { page: 2, visibleMs: 4_000 },
    ])
  })

  test('ends with its consent, and the piece stays readable', async () => {
    const link = await buildLink(server)
    const browser = await buildAddressee(server, link)
    await state(server, link.accountId, 'reading_record', 'opted_in', new Date(server.clock.at.getTime() - day))
    await state(server, link.accountId, 'reading_record', 'opted_out')
    expect((await browser.post(`${link.path}/read`, { views: [look(1)] })).status).toBe(409)
    expect((await browser.go(link.path)).text).toContain('三期研究摘要')
  })

  test('[F27] ends the moment the withdrawal does: looks that wait for it are not kept', async () => {
    const link = await buildLink(server)
    const browser = await buildAddressee(server, link)
    await state(server, link.accountId, 'reading_record', 'opted_in', new Date(server.clock.at.getTime() - day))
    await browser.post(`${link.path}/read`, { views: [look(1)] })
    let looks: ReturnType<typeof browser.post>[] = []
    await server.owner.transaction().execute(async (trx) => {
      await trx.selectFrom('account').select('id').where('id', '=', link.accountId).forUpdate().execute()
      looks = Array.from({ length: 10 }, (_, nth) => browser.post(`${link.path}/read`, { views: [look(nth + 1)] }))
      await new Promise((resolve) => setTimeout(resolve, 300))
      await state({ ...server, db: trx }, link.accountId, 'reading_record', 'opted_out')
    })
    expect((await Promise.all(looks)).map(({ status }) => status)).toEqual(Array(10).fill(409))
    expect(await views(link)).toHaveLength(1)
  })

  test('takes no look shorter than two seconds', async () => {
    const link = await buildLink(server)
    await state(server, link.accountId, 'reading_record', 'opted_in')
    const browser = await buildAddressee(server, link)
    expect((await browser.post(`${link.path}/read`, { views: [look(1, 1_999)] })).status).toBe(400)
    expect(await views(link)).toEqual([])
  })
})
