import { randomBytes } from 'node:crypto'
import PDFDocument from 'pdfkit'
import sharp from 'sharp'
import { afterEach, describe, expect, test } from 'vitest'
import type { BrowserContext } from 'playwright-core'
import { useBench } from './bench.ts'
import { sitDown, type Desk } from './office.ts'
import { barriersIn, sidewaysIn } from './sight.ts'

const bench = useBench()
const contexts: BrowserContext[] = []
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
})

/** Everybody works in a browser of their own. */
async function deskOf(name: string, address?: string): Promise<Desk> {
  const context = await bench.newBrowser()
  contexts.push(context)
  return sitDown(await context.newPage(), name, address)
}

const year = new Date().getUTCFullYear()
const rowOf = async (contentItemId: string) => {
  const [row] = await bench.records().rows('select * from content_item where id = ?', [contentItemId])
  return row ?? {}
}
/** The approved version of a document of the cast. */
async function approved(documentId: string): Promise<string> {
  const sql = "select id from content_item where document_id = ? and state = 'approved' order by version desc limit 1"
  const [row] = await bench.records().rows(sql, [documentId])
  return String(row?.['id'])
}
/** Nobody waits a minute here for what comes within it. */
const hurryCalls = () =>
  bench.records().rows('update review_call set asked_at = asked_at - interval 2 minute where settled_at is null')

/** A phrase that its author begins, with all that a phrase needs. */
async function beginPhrase(author: Desk, title: string): Promise<string> {
  const { page, button, field } = author
  await page.getByRole('combobox', { name: '类型' }).selectOption({ label: '话术' })
  await field('标题').fill(title)
  await button('建立草稿').click()
  await field('卡片标题').waitFor()
  await field('卡片标题').fill('示例药业医学资料')
  await field('卡片说明').fill('仅供医疗卫生专业人士')
  await page.getByLabel('正文').fill('{doctor}您好，我是{rep}。')
  await page.getByLabel('最后一天').fill(`${year + 1}-12-31`)
  await button('保存').click()
  await author.told('已保存')
  return author.piece()
}

/** A PDF whose pictures cannot be made smaller: some twelve megabytes on two pages. */
async function heavyPdf(): Promise<Buffer> {
  const side = 1400
  const raw = { width: side, height: side, channels: 3 as const }
  const pdf = new PDFDocument({ size: 'A4', autoFirstPage: false })
  const parts: Buffer[] = []
  pdf.on('data', (part: Buffer) => parts.push(part))
  for (const number of [1, 2]) {
    const picture = await sharp(randomBytes(side * side * 3), { raw })
      .png()
      .toBuffer()
    pdf.addPage().text(`Follow-up table ${number}`).image(picture, { width: 400 })
  }
  pdf.end()
  await new Promise((done) => pdf.on('end', done))
  return Buffer.concat(parts)
}

describe('a renewal', () => {
  test('is begun by one, called to and signed by the others for the same day, and moves the last day', async () => {
    const contentItemId = await approved('DOC-0333')
    const before = await rowOf(contentItemId)
    const until = `${year + 2}-06-30`
    const stage = await bench.open('s=normal&hcp=wmDemoHanXue')

    const medical = await deskOf('顾雯', `/content/${contentItemId}`)
    expect(await medical.renew(until)).toBe(until)
    await medical.page.getByText(`申请延长到 ${until}`).waitFor()
    expect((await rowOf(contentItemId))['expires_at']).toEqual(before['expires_at'])
    // Whoever signed may still ask for another day, and is not led to sign the same one again.
    await medical.button('延长有效期').click()
    expect(await medical.sheet.getByLabel(/新的最后一天/).inputValue()).toBe('')
    await medical.page.keyboard.press('Escape')

    await hurryCalls()
    await stage.page.getByText(/message\/send -> 宋洁 请复审/).waitFor({ timeout: 20_000 })
    expect(await stage.page.getByText(/message\/send -> 顾雯/).count()).toBe(0)

    for (const name of ['宋洁', '何静']) {
      const desk = await deskOf(name, `/content/${contentItemId}`)
      expect(await desk.renew()).toBe(until)
    }
    const after = await rowOf(contentItemId)
    expect(after['expires_at']).toEqual(new Date(`${until}T23:59:59+08:00`))
    expect(after['signed_hash']).not.toBe(before['signed_hash'])

    await medical.page.reload()
    await medical.page.getByText('以前的签名（3）').waitFor()
    expect(await medical.page.locator('.signatures').first().locator('strong').count()).toBe(3)
    expect(await medical.page.locator('.signatures').first().textContent()).toContain(`延长到 ${until}`)
    expect(await barriersIn(medical.page)).toEqual([])
    const preview = await stage.ask('/api/rep/preview', { contentItemId, externalUserId: 'wmDemoHanXue' })
    expect((preview.body['approvals'] as unknown[]).length).toBe(3)
    expect(await bench.records().audit(contentItemId)).toContain('content.renewed')
  })
})

describe('two authors of one draft', () => {
  test('see each other’s words, choose, and lose nothing', async () => {
    const first = await deskOf('陈晨', '/content/new')
    const contentItemId = await beginPhrase(first, '两人一起写的话术')
    const second = await deskOf('方圆', `/content/${contentItemId}`)
    await second.field('标题').fill('方圆写的标题')
    await second.field('短标题').fill('方圆的短标题')
    await second.button('保存').click()
    await second.told('已保存')

    await first.field('标题').fill('陈晨写的标题')
    await first.field('卡片标题').fill('陈晨的卡片标题')
    await first.button('保存').click()
    const clash = first.page.locator('.clash')
    await clash.getByText(/方圆 在 .+ 先保存了/).waitFor()
    expect(await first.field('短标题').inputValue()).toBe('方圆的短标题')
    expect(await first.field('标题').inputValue()).toBe('陈晨写的标题')
    expect((await rowOf(contentItemId))['title']).toBe('方圆写的标题')
    await first.page.reload()
    expect(await first.field('卡片标题').inputValue()).toBe('陈晨的卡片标题')
    expect(await first.field('标题').inputValue()).toBe('陈晨写的标题')
    await first.button('保存').click()
    await first.told('已保存')
    expect(await rowOf(contentItemId)).toMatchObject({
      ...{ title: '陈晨写的标题', short_title: '方圆的短标题', card_title: '陈晨的卡片标题' },
    })
    const writers = 'select person_id from content_writer where content_item_id = ?'
    expect(await bench.records().rows(writers, [contentItemId])).toHaveLength(2)
    expect(await second.button('提交审批').count()).toBe(0)
  })
})

describe('a large file', () => {
  test('is held, survives a reload, goes on where it was, and its pages’ text is put right before review', async () => {
    const file = await heavyPdf()
    expect(file.length).toBeGreaterThan(8_000_000)
    const author = await deskOf('陈晨', '/content/new')
    const { page, button } = author
    const parts: number[] = []
    page.on('request', (request) => {
      const [, number] = /\/parts\/(\d+)$/.exec(request.url()) ?? []
      if (number) parts.push(Number(number))
    })
    await page.route(/\/parts\/\d+$/, async (route) => {
      await new Promise((wait) => setTimeout(wait, 300))
      await route.continue()
    })
    const choose = () =>
      page
        .getByLabel('文件', { exact: true })
        .locator('input[type=file]')
        .setInputFiles({ name: '随访表.pdf', mimeType: 'application/pdf', buffer: file })
    await choose()
    await page.getByText(/正在上传 [1-9]\d*%/).waitFor()
    await button('暂停').click()
    await page.getByText(/已暂停，传了 \d+%/).waitFor()
    await button('继续').click()
    await page.getByText(/正在上传 [2-9]\d%/).waitFor()
    await page.reload()
    await page.getByRole('group', { name: '文件' }).waitFor()
    const sent = new Set(parts).size
    parts.length = 0
    await choose()
    await page.getByText('已保存：随访表.pdf').waitFor()
    const all = Math.ceil(file.length / 1_048_576)
    expect(sent).toBeGreaterThan(1)
    expect(parts.length).toBeLessThanOrEqual(all - sent + 2)
    expect(parts.length).toBeLessThan(all)

    await author.field('标题').fill('随访表')
    await button('建立草稿').click()
    await page.getByText(/页面已处理，共 2 页/).waitFor({ timeout: 40_000 })
    await page.getByText('第 1 页的文字').click()
    expect(await page.getByLabel('第 1 页的文字').inputValue()).toContain('Follow-up table 1')
    await page.getByLabel('第 1 页的文字').fill('随访表 1：每三个月一次')
    await button('保存这一页的文字').click()
    await page.getByText('已改正').waitFor()
    const text = 'select text, corrected_by from content_page where content_item_id = ? and number = 1'
    const [kept] = await bench.records().rows(text, [author.piece()])
    expect(kept?.['text']).toBe('随访表 1：每三个月一次')
    expect(kept?.['corrected_by']).not.toBeNull()
    expect(await barriersIn(page)).toEqual([])
    await page.setViewportSize({ width: 375, height: 800 })
    expect(await sidewaysIn(page)).toBe(0)
  })
})

describe('an end and a beginning', () => {
  test('“expire now” reaches the rep’s list and the gate at once, with its reason on record', async () => {
    const contentItemId = await approved('DOC-0402')
    const stage = await bench.open('s=normal&hcp=wmDemoHanXue')
    await stage.search('基线评估')
    await stage.row('免疫治疗前基线评估清单', '可发送').waitFor()
    const officer = await deskOf('许岚', `/content/${contentItemId}`)
    await officer.button('立即到期').click()
    expect(await officer.sheet.getByRole('button', { name: '立即到期' }).isDisabled()).toBe(true)
    await officer.sheet.getByLabel('为什么提前到期').fill('清单按新指南改写')
    await officer.sheet.getByRole('button', { name: '立即到期' }).click()
    await officer.told('已到期')
    const ended = Date.now()
    const over = stage.row('免疫治疗前基线评估清单', '已于 .* 到期')
    for (let times = 0; times < 5 && (await over.count()) === 0; times += 1) {
      await stage.search(times % 2 === 0 ? '基线' : '基线评估')
      await over.waitFor({ timeout: 1_000 }).catch(() => undefined)
    }
    expect(await over.count()).toBe(1)
    expect(Date.now() - ended).toBeLessThan(5_500)
    const asked = {
      contentItemId,
      kind: 'news',
      entry: 'single_chat_tools',
      requestId: crypto.randomUUID(),
      again: true,
    }
    const answer = await stage.ask('/api/rep/sends', { ...asked, externalUserId: 'wmDemoHanXue' })
    expect(JSON.stringify(answer.body)).toContain('content_expired')
    await officer.page.getByText('清单按新指南改写').waitFor()
  })

  test('a first day that lies ahead leaves the version before in the rep’s hands until then', async () => {
    const old = await approved('PHR-0403')
    const author = await deskOf('方圆', `/content/${old}`)
    await author.button('新建版本').click()
    await author.told('新版本的草稿在这里')
    const next = author.piece()
    const begins = new Date(Date.now() + 10 * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10)
    await author.page.getByLabel('正文').fill('{doctor}您好，谢谢您参加科室会。新的一版。')
    await author.page.getByLabel('第一天').fill(begins)
    await author.button('保存').click()
    await author.told('已保存')
    await author.button('提交审批').click()
    await author.told('已提交')

    const stage = await bench.open('s=normal&hcp=wmDemoHanXue')
    await hurryCalls()
    await stage.page.getByText(/message\/send -> 顾雯 请审批/).waitFor({ timeout: 20_000 })
    for (const name of ['顾雯', '宋洁', '何静']) {
      const desk = await deskOf(name, `/content/${next}`)
      const compared = desk.page.getByRole('region', { name: '版本对比' })
      expect(await compared.getByText('新的一版').first().textContent()).toContain('新的一版')
      await desk.sign()
      await desk.page.getByText('已签名').first().waitFor()
    }
    await stage.page.getByText(/message\/send -> 方圆 已批准/).waitFor({ timeout: 20_000 })
    expect((await rowOf(old))['state']).toBe('approved')
    expect(await rowOf(next)).toMatchObject({ state: 'approved' })
    await stage.tab('话术')
    await stage.row('会后跟进', '可发送').first().waitFor()
    const send = (contentItemId: string) =>
      stage.ask('/api/rep/sends', {
        ...{ contentItemId, kind: 'text', entry: 'single_chat_tools', requestId: crypto.randomUUID(), again: true },
        externalUserId: 'wmDemoHanXue',
      })
    expect(JSON.stringify((await send(next)).body)).toContain('content_not_effective')
    expect((await send(old)).body).toMatchObject({ outcome: 'authorised' })
  })
})
