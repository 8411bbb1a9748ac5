import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import type { BrowserContext } from 'playwright-core'
import { piece } from '../cast/pieces.ts'
import { printDocument } from '../cast/press/document.ts'
import { useBench } from './bench.ts'
import { sitDown, type Desk } from './office.ts'
import { barriersIn, expectOpenToAll, photoPath } from './sight.ts'

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

const title = '肺癌患者居家随访手册'
const source = new URL('../cast/sources/nutrition.md', import.meta.url)

async function printed(): Promise<Buffer> {
  const told = piece({
    ...{ documentId: 'DOC-9001', version: 1, title, shortTitle: '居家随访', kind: 'document', kinds: ['news'] },
    ...{ product: 'EXMAB', approvalNumber: 'DEMO-2026-9001' },
  })
  return (await printDocument(told, readFileSync(source, 'utf8'))).bytes
}

/** The author uploads a file, waits for its pages, fills in the form and asks for review. */
async function writeAndSubmit(author: Desk, file: Buffer): Promise<void> {
  const { page, button } = author
  await page
    .getByLabel('文件', { exact: true })
    .locator('input[type=file]')
    .setInputFiles({
      ...{ name: '居家随访手册.pdf', mimeType: 'application/pdf', buffer: file },
    })
  await page.getByText('已保存：居家随访手册.pdf').waitFor()
  await page.getByLabel('标题', { exact: true }).fill(title)
  await page.getByRole('combobox', { name: '产品' }).selectOption('EXMAB')
  await button('建立草稿').click()
  await page.getByText(/页面已处理，共 \d+ 页/).waitFor()
  await page.getByLabel('卡片标题').fill('示例药业医学资料')
  await page.getByLabel('卡片说明').fill('仅供医疗卫生专业人士阅读，打开前会核对收件人')
  await page.getByLabel('批准号').fill('DEMO-2026-9001')
  await page.getByLabel('最后一天').fill(`${new Date().getUTCFullYear() + 1}-12-31`)
  await button('保存').click()
  await page.getByRole('status').filter({ hasText: '已保存' }).last().waitFor()
  await button('提交审批').click()
  await page.getByText('已提交，等待签名').waitFor()
}

/** What the doctor will see, from the sheet of whoever is about to sign: the doctor's own page, on which nothing acts. */
async function lookAsDoctor({ page, button, sheet }: Desk): Promise<void> {
  await button('签名批准').click()
  const opened = page.context().waitForEvent('page')
  await sheet.getByRole('link', { name: '医生看到的样子' }).click()
  const beside = await opened
  const doctors = beside.frameLocator('iframe')
  await doctors.getByRole('heading', { level: 1, name: title }).waitFor()
  const drawn = () => doctors.locator('img.sheet').first()
  await expect.poll(() => drawn().evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
  for (const name of ['报告不良反应', /^我的/]) await doctors.getByRole('link', { name }).click({ force: true })
  await doctors.getByRole('button', { name: '大字' }).click({ force: true })
  const address = () =>
    beside.locator('iframe').evaluate((frame: HTMLIFrameElement) => frame.contentDocument?.location.pathname)
  expect(await address()).toMatch(/\/as-doctor$/)
  await beside.getByLabel('明暗').selectOption('dark')
  const paper = () => doctors.locator('html').evaluate((root) => getComputedStyle(root).backgroundColor)
  await expect.poll(paper).toBe('rgb(17, 17, 17)')
  for (const width of [320, 1280]) {
    await beside.setViewportSize({ width, height: 900 })
    await beside.screenshot({ path: photoPath(`console-as-doctor-${width}`), fullPage: true })
    await expectOpenToAll(beside)
  }
  await beside.close()
  await page.keyboard.press('Escape')
}

describe('a piece from its author to its end', () => {
  test('is uploaded, signed by three, sent, read and withdrawn, all of it on record', async () => {
    const file = await printed()
    const author = await deskOf('陈晨', '/content/new')
    await writeAndSubmit(author, file)
    const contentItemId = author.piece()
    expect(await author.button('签名批准').count()).toBe(0)

    const stage = await bench.open('s=normal&hcp=wmDemoHanXue')
    await stage.strip.getByText('已同意').waitFor()
    await stage.search('居家随访')
    await stage.sidebar.locator('.empty').waitFor()

    const medical = await deskOf('顾雯')
    await medical.openFrom('等我签名', title)
    expect(await barriersIn(medical.page)).toEqual([])
    await medical.sign('宋洁')
    await medical.page.getByText('没有用本人的企业微信确认').waitFor()
    await medical.sign()
    await medical.page.getByText('已签名').first().waitFor()
    const legal = await deskOf('宋洁')
    await legal.openFrom('等我签名', title)
    await lookAsDoctor(legal)
    await legal.sign()
    await legal.page.getByText('审批中 2/3').waitFor()
    const compliance = await deskOf('何静')
    await compliance.openFrom('等我签名', title)
    await compliance.sign()
    await compliance.page.getByText('已批准').first().waitFor()

    const [row] = await bench.records().rows('select * from content_item where id = ?', [contentItemId])
    expect(row).toMatchObject({ state: 'approved', file_hash: createHash('sha256').update(file).digest('hex') })
    expect(row?.['approved_hash']).toBe(row?.['file_hash'])
    const approvals =
      'select step, signed_hash, proved_by from content_approval where content_item_id = ? order by signed_at'
    expect(await bench.records().rows(approvals, [contentItemId])).toEqual(
      ['medical', 'legal', 'compliance'].map((step) => ({
        ...{ step, signed_hash: row?.['signed_hash'], proved_by: 'wecom_login' },
      })),
    )

    await stage.search('居家 随访')
    await stage.row(title, '可发送').click()
    await stage.send()
    const send = await bench.onlySend('wmDemoHanXue')
    expect(send).toMatchObject({ outcome: 'authorised', content_item_id: contentItemId })
    await stage.openCard()
    await stage.recognise()
    await stage.phone.getByRole('heading', { level: 1, name: title }).waitFor()
    await bench.untilFacts(send['id'], 'A H K O')

    const officer = await deskOf('许岚', `/content/${contentItemId}`)
    await officer.button('撤回').click()
    await officer.sheet.getByText('条链接会显示“已撤回”').waitFor()
    expect(await officer.sheet.textContent()).toMatch(/1\s*条链接会显示/)
    await officer.sheet.getByLabel('原因').fill('随访间隔有误')
    expect(await barriersIn(officer.page)).toEqual([])
    await officer.button('立即撤回').click()
    await officer.sheet.getByText(/已撤回，正在通知/).waitFor()
    const withdrawnAt = Date.now()

    await stage.page.getByRole('button', { name: '返回聊天' }).click()
    await stage.openCard()
    await stage.phone.getByRole('heading', { name: '这份资料已撤回' }).waitFor()
    expect(Date.now() - withdrawnAt).toBeLessThan(5_000)
    expect(await stage.phone.locator('body').textContent()).not.toContain(title)
    const asked = {
      contentItemId,
      kind: 'news',
      entry: 'single_chat_tools',
      requestId: crypto.randomUUID(),
      again: true,
    }
    const answer = await stage.ask('/api/rep/sends', { ...asked, externalUserId: 'wmDemoHanXue' })
    expect(answer.body).toMatchObject({ outcome: 'refused' })
    expect(JSON.stringify(answer.body)).toContain('content_withdrawn')
    expect(await bench.records().audit(contentItemId)).toEqual(expect.arrayContaining(events))
  })
})

const events = [
  ...['content.drafted', 'content.edited', 'content.submitted', 'content.step_refused', 'content.signed'],
  ...['content.approved', 'content.effect_viewed', 'content.withdrawn'],
]
