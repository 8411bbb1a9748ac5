import { beforeEach, describe, expect, test, vi } from 'vitest'
import { useConsole } from './in-browser.ts'

vi.setConfig({ testTimeout: 30_000 })

const { open, mood, path, faultsAt, faultsOfAxe, page } = useConsole()

beforeEach(() => {
  mood().roles = ['author']
})
const button = (name: string) => page().getByRole('button', { name, exact: true })
const link = (name: string) => page().getByRole('link', { name, exact: true })
const asked = (to: string) => mood().asked.filter(({ path: one }) => one === to)
const file = (name: string, mimeType = 'application/pdf') => ({ name, mimeType, buffer: Buffer.from(name) })
const rows = () => page().locator('.import-rows tbody tr')

describe('a new import', () => {
  test('keeps its list in the address, takes the files it names from what is chosen, and runs dry', async () => {
    await open('/content/imports/new')
    const chooseList = page().getByLabel('清单', { exact: true }).locator('input[type=file]')
    await chooseList.setInputFiles(file('清单.csv', 'text/csv'))
    await page().getByText('清单提到 3 个文件，还缺 2 个').waitFor()
    expect(path()).toBe('/console/content/imports/new?list=up1')
    await page().getByText('这些列不认识，不会导入：备注').waitFor()

    mood().asked.length = 0
    await page()
      .getByLabel('选择文件', { exact: true })
      .setInputFiles([file('剂量卡片.png', 'image/png'), file('给药周期.pdf'), file('别的.pdf')])
    await page().getByText('2 个文件都已上传').waitFor()
    await page().getByText('另有 1 个文件清单没有提到').waitFor()
    const announced = asked('uploads').map(({ body }) => [body['fileName'], body['purpose']])
    expect(announced).toEqual([
      ['剂量卡片.png', 'card'],
      ['给药周期.pdf', 'content'],
    ])
    expect(asked('imports/lists').length).toBeGreaterThan(0)

    await page().reload()
    await page().getByText('清单提到 3 个文件').waitFor()
    expect(await faultsOfAxe()).toEqual([])
    await button('试运行').click()
    await expect.poll(path).toBe('/console/content/imports/dry2')
    await page().getByText('试运行完成，什么都没有改。').waitFor()
    expect(asked('imports').at(-1)?.body).toMatchObject({ csvUploadId: 'up1', dry: true })
  })

  test('says what keeps a list from being read, and that a list is gone', async () => {
    mood().imports.listProblem = 'heading_missing'
    await open('/content/imports/new?list=up1')
    await page().getByText('这份清单读不了：缺少必需的列（标题）').waitFor()
    expect(await button('试运行').count()).toBe(0)
  })

  test('is for authors', async () => {
    mood().roles = ['medical']
    await open('/content/imports/new')
    await page().getByText('只有内容编辑可以导入。').waitFor()
  })

  test('goes on by itself after the line was cut, and a press is one import', async () => {
    await open('/content/imports/new?list=up1')
    await page().getByText('清单提到 3 个文件').waitFor()
    mood().list = 'broken'
    await button('试运行').click()
    await page().getByText('没有开始：').waitFor()
    mood().list = 'ok'
    await button('试运行').click()
    await expect.poll(path).toBe('/console/content/imports/dry2')
    const ids = asked('imports').map(({ body }) => body['requestId'])
    expect(new Set(ids).size).toBe(1)
  })
})

describe('an import', () => {
  test('shows how far it is, then every row; errors alone by address; and runs for real', async () => {
    mood().imports.running = 2
    await open('/content/imports/dry1')
    await page().getByText('进行中 · 已处理 5/14 行').waitFor()
    expect(await button('正式导入 8 行').count()).toBe(0)
    await page().getByText('试运行完成').waitFor()
    await expect.poll(() => rows().count()).toBe(14)
    expect(await rows().nth(3).textContent()).toMatch(/6\s*DOC-2026-1003.*出错.*文件：没有上传这个文件/s)
    await link('只看出错 (4)').click()
    await expect.poll(path).toBe('/console/content/imports/dry1?show=failed')
    await expect.poll(() => rows().count()).toBe(4)
    const [saved] = await Promise.all([page().waitForEvent('download'), button('下载出错的行').click()])
    expect(saved.suggestedFilename()).toBe('2026 年 12 月资料清单-errors.csv')
    await button('正式导入 8 行').click()
    await expect.poll(path).toBe('/console/content/imports/run2')
    await page().getByText('导入完成。').waitFor()
    expect(asked('imports').at(-1)?.body).toMatchObject({ csvUploadId: 'up1', dry: false })
    expect(await link('看我的草稿').getAttribute('href')).toBe('/console/content?show=mine')
    await page().goBack()
    await page().getByText('试运行完成').waitFor()
  })

  test('that could not be read says so, and the list of earlier ones has the numbers', async () => {
    await open('/content/imports')
    const line = page().getByRole('row').filter({ hasText: '缺少必需的列' })
    await line.waitFor()
    expect(await page().locator('.imports tbody tr').first().textContent()).toMatch(/试运行.*已完成/s)
    await line.getByRole('link').click()
    await page().getByText('没有完成：缺少必需的列（标题）').waitFor()
  })
})

const screens = [
  { says: 'imports', address: '/content/imports', shown: '2026 年 12 月资料清单.csv' },
  { says: 'a new import', address: '/content/imports/new?list=up1', shown: '2026 年 12 月资料清单.csv' },
  { says: 'a dry run', address: '/content/imports/dry1', shown: 'DOC-2026-1003' },
  { says: 'a real run', address: '/content/imports/run1?show=failed', shown: 'DOC-2026-1003' },
]

describe('has no fault of access', () => {
  for (const { says, address, shown } of screens) {
    test.each([
      { colorScheme: 'light' as const, lang: 'zh' },
      { colorScheme: 'dark' as const, lang: 'en' },
    ])(`${says} at every width, $colorScheme, $lang`, async ({ colorScheme, lang }) => {
      await open(`${address}${address.includes('?') ? '&' : '?'}lang=${lang}`, { colorScheme })
      await page().getByText(shown).first().waitFor({ state: 'attached' })
      expect(await faultsAt([1280, 375, 320], `${says}-${lang}`)).toEqual([])
    })
  }
})
