import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import type { BrowserContext } from 'playwright-core'
import { piece } from '../cast/pieces.ts'
import { printDocument } from '../cast/press/document.ts'
import { useBench } from './bench.ts'
import { sitDown, type Desk } from './office.ts'
import { expectOpenToAll } from './sight.ts'

const bench = useBench()
const contexts: BrowserContext[] = []
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
})

async function authorAt(address: string): Promise<Desk> {
  const context = await bench.newBrowser()
  contexts.push(context)
  return sitDown(await context.newPage(), '陈晨', address)
}

const source = new URL('../cast/sources/nutrition.md', import.meta.url)
async function printed(): Promise<Buffer> {
  const told = piece({
    ...{ documentId: 'JR-9101', version: 1, title: '居家营养指导', shortTitle: '居家营养', kind: 'document' },
    ...{ kinds: ['news'], product: 'EXMAB', approvalNumber: 'DEMO-2026-9101' },
  })
  return (await printDocument(told, readFileSync(source, 'utf8'))).bytes
}

const heading = '资料编号,类型,标题,类别,产品,文件,正文\n'
const list =
  heading +
  'JR-9101,文档,居家营养指导,学术,EXMAB,文件夹/居家营养.pdf,\n' +
  'JR-9102,话术,随访问候,非推广,,,{doctor}您好，我是{rep}。\n' +
  'JR-9103,话术,复查提醒,重要,,,{doctor}您好，请按时复查。\n'
const ours = ['JR-9101', 'JR-9102', 'JR-9103']

const chooseList = ({ page }: Desk, name: string, text: string | Buffer) =>
  page
    .getByLabel('清单', { exact: true })
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text as string) })

/** Submits these of the list at once; what became of each. */
async function submitTogether({ page, button, sheet }: Desk, titles: readonly string[]): Promise<(string | null)[]> {
  for (const title of titles) await page.getByRole('checkbox', { name: `选择 ${title} v1` }).check()
  await button(`提交审批 ${titles.length}`).click()
  await sheet.getByRole('button', { name: `提交审批：${titles.length} 份` }).click()
  await page.getByRole('status').filter({ hasText: '全部处理完' }).waitFor()
  await page.reload()
  const row = (title: string) => page.getByRole('row').filter({ hasText: title })
  return Promise.all(titles.map((title) => row(title).textContent()))
}

/** The result of each row, from top to bottom. */
const results = ({ page }: Desk): Promise<string[]> => page.locator('.import-rows tbody .badge').allTextContents()

async function runDry(author: Desk): Promise<string[]> {
  await author.button('试运行').click()
  await author.page.getByText('试运行完成，什么都没有改。').waitFor()
  return results(author)
}

async function runReally(author: Desk, rows: number): Promise<string[]> {
  await author.button(`正式导入 ${rows} 行`).click()
  await author.page.getByText('导入完成。').waitFor()
  return results(author)
}

const versions = () =>
  bench
    .records()
    .rows(
      'select document_id, title, state, file_name from content_item where document_id in (?) order by document_id',
      [ours],
    )

describe('pieces by a list', () => {
  test('are tried dry, the bad row is put right in what was downloaded, and the same again changes nothing', async () => {
    const author = await authorAt('/content/imports/new')
    await chooseList(author, '十二月.csv', list)
    await author.page.getByText('清单提到 1 个文件，还缺 1 个').waitFor()
    await author.page
      .getByLabel('选择文件', { exact: true })
      .setInputFiles({ name: '居家营养.pdf', mimeType: 'application/pdf', buffer: await printed() })
    await author.page.getByText('清单提到 1 个文件，都已上传').waitFor()
    await author.page.reload()
    await author.page.getByText('清单提到 1 个文件，都已上传').waitFor()
    await expectOpenToAll(author.page)

    expect(await runDry(author)).toEqual(['会新建', '会新建', '出错'])
    expect(await author.page.getByRole('row').filter({ hasText: 'JR-9103' }).textContent()).toContain(
      '类别：没有这个值',
    )
    await expectOpenToAll(author.page)
    expect(await versions()).toEqual([])
    const [saved] = await Promise.all([author.page.waitForEvent('download'), author.button('下载出错的行').click()])
    const errors = readFileSync(await saved.path())
    expect([...errors.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(errors.toString()).toContain('"JR-9103","话术","复查提醒","重要"')
    expect(errors.toString()).not.toContain('JR-9102')

    expect(await runReally(author, 2)).toEqual(['已新建', '已新建', '出错'])
    await author.page.getByRole('link', { name: '选改好的清单' }).click()
    const right = errors.toString().replace('"重要"', '"非推广"')
    await chooseList(author, '十二月-改好.csv', right)
    await author.page.getByText('十二月-改好.csv · 1 行').waitFor()
    expect(await runDry(author)).toEqual(['会新建'])
    expect(await runReally(author, 1)).toEqual(['已新建'])
    const made = { state: 'draft', file_name: '' }
    expect(await versions()).toEqual([
      { ...made, document_id: 'JR-9101', title: '居家营养指导', file_name: '居家营养.pdf' },
      { ...made, document_id: 'JR-9102', title: '随访问候' },
      { ...made, document_id: 'JR-9103', title: '复查提醒' },
    ])

    await author.page.getByRole('link', { name: '看我的草稿' }).click()
    const titles = ['居家营养指导', '随访问候', '复查提醒']
    for (const title of titles) await author.page.getByRole('link', { name: title, exact: true }).waitFor()
    const [booklet, ...phrases] = await submitTogether(author, titles)
    expect(booklet).toMatch(/没有做成.*没有填最后一天/s)
    for (const phrase of phrases) expect(phrase).toMatch(/没有做成.*卡片标题没有填/s)
    await expectOpenToAll(author.page)

    await author.page.goto(author.page.url().replace(/\/content.*/, '/content/imports/new'))
    await chooseList(author, '十二月.csv', list.replace('重要', '非推广'))
    await author.page.getByText('十二月.csv · 3 行').waitFor()
    expect(await runDry(author)).toEqual(['没有变化', '没有变化', '没有变化'])
    await author.page.getByText('没有要导入的行。').waitFor()
    expect(await versions()).toHaveLength(3)

    await author.page.getByRole('link', { name: '回到导入记录' }).click()
    const earlier = author.page.locator('.imports tbody tr')
    await expect.poll(() => earlier.count()).toBe(5)
    expect(await earlier.first().textContent()).toMatch(/十二月\.csv.*试运行.*已完成/s)
    await expectOpenToAll(author.page)
  })
})
