import { describe, expect, test, vi } from 'vitest'
import type { ContentDetail } from '../src/api.ts'
import { buildDetail, buildDiff, buildDraft } from './content-samples.ts'
import { useConsole } from './in-browser.ts'

vi.setConfig({ testTimeout: 30_000 })

const { open, mood, path, faultsAt, page } = useConsole()

const button = (name: string) => page().getByRole('button', { name, exact: true })
const asked = (to: string) => mood().asked.filter(({ path: one }) => one === to)
const compared = () => page().getByRole('region', { name: '版本对比' })
const row = (name: string) =>
  compared()
    .locator('.compare-row')
    .filter({ has: page().getByRole('heading', { name }) })
const piece = '/content/01KAH2D8Y4S7C1F6G9J3K5M100'
const other = '01KAH2D8Y4S7C1F6G9J3K5M101'

/** The same draft after a colleague saved these. */
const savedBy = (who: string, change: Partial<ContentDetail>): ContentDetail =>
  buildDraft({
    ...{ revision: 8, ...change },
    trail: [{ at: new Date(), actor: who, event: 'content.edited', reason: null, before: {}, after: {} }],
  })

describe('two versions', () => {
  test('in review are held against what is in force, word by word and page by page', async () => {
    await open(piece)
    await compared().getByText('v3 已批准 → v4 审批中').waitFor()
    expect(asked('content/diffs')[0]?.body).toMatchObject({ withItemId: null })
    expect(await row('标题').locator('ins').textContent()).toContain('周期')
    expect(await row('科室').locator('del').allTextContents()).toEqual(['心血管内科'])
    expect(await row('科室').locator('ins').allTextContents()).toEqual(['胸外科'])
    expect(await row('片区').textContent()).toContain('不限')
    expect(await row('最后一天').textContent()).toContain('+08:00')
    expect(await row('第 2 页').locator('del').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringContaining('两')]),
    )
    expect(await row('第 2 页').locator('img').count()).toBe(2)
    await compared().getByText('3 页中显示 2 页').waitFor()
    expect(await row('第 1 页').count()).toBe(0)
    await compared().getByLabel('只看有改动的页').uncheck()
    expect(await row('第 1 页').textContent()).toContain('画面一样')
    expect(await row('第 3 页').textContent()).toContain('这一版没有这一页')
  })

  test('are chosen, laid out and closed in the address', async () => {
    await open(piece)
    await compared().getByLabel('和哪一版比').waitFor()
    await compared().getByLabel('和哪一版比').selectOption(other)
    await expect.poll(path).toBe(`/console${piece}?with=${other}`)
    await button('合在一起').click()
    await expect.poll(path).toBe(`/console${piece}?with=${other}&view=list`)
    expect(await row('标题').textContent()).toContain('剂量与给药新增：周期')
    await button('收起').click()
    await expect.poll(path).toBe(`/console${piece}?with=none&view=list`)
    expect(await compared().count()).toBe(0)
    await button('对比版本').click()
    await compared().waitFor()
  })

  test('that say the same are said to; what could not be read can be asked again', async () => {
    mood().diff = buildDiff({ fields: [], fileChanged: false, pages: [] })
    await open(piece)
    await compared().getByText('v3 已批准 和 v4 审批中 的文字、范围、文件和页面都一样').waitFor()
    await page().route('**/content/diffs', (route) => route.abort('connectionreset'), { times: 1 })
    await page().reload()
    await compared().getByRole('button', { name: '重试' }).click()
    await compared().getByText('都一样').waitFor()
  })

  test('of an article are compared by what is read of them', async () => {
    mood().detail = buildDetail({ kind: 'article' })
    const body = { field: 'body', before: '<h1>要点</h1><p>每两周</p>', after: '<h1>要点</h1><p><b>每三周</b></p>' }
    mood().diff = buildDiff({ fields: [body], fileChanged: false, pages: [] })
    await open(piece)
    expect(await row('正文').textContent()).not.toContain('<')
    mood().diff = buildDiff({
      fields: [{ ...body, after: '<h2>要点</h2><p>每两周</p>' }],
      fileChanged: false,
      pages: [],
    })
    await page().reload()
    await compared().getByText('文字没有变，只改了排版').waitFor()
  })
})

describe('two authors of one draft', () => {
  test('the second sees what the first saved, chooses field by field, and loses nothing', async () => {
    mood().detail = buildDraft()
    await open(piece)
    await page().getByLabel('标题', { exact: true }).fill('我的标题')
    await page().getByLabel('卡片说明').fill('我的说明')
    mood().overtakenBy = savedBy('方圆', { title: '方圆的标题', shortTitle: '方圆的短标题', cardDesc: '方圆的说明' })
    await button('保存').click()
    const clash = page().locator('.clash')
    await clash.getByText(/方圆 在 .+ 先保存了/).waitFor()
    expect(await clash.textContent()).toContain('只有对方改的，已读入：短标题')
    expect(await page().getByLabel('短标题').inputValue()).toBe('方圆的短标题')
    expect(await page().getByLabel('标题', { exact: true }).inputValue()).toBe('我的标题')
    const title = clash.getByRole('group', { name: '标题', exact: true })
    await title.getByRole('radio', { name: /方圆/ }).check()
    expect(await page().getByLabel('标题', { exact: true }).inputValue()).toBe('方圆的标题')
    await title.getByRole('radio', { name: /我的/ }).check()
    expect(await page().getByLabel('标题', { exact: true }).inputValue()).toBe('我的标题')
    await title.getByRole('radio', { name: /方圆/ }).check()
    expect(await faultsAt([1280], 'conflict')).toEqual([])
    await button('保存').click()
    await page().getByText('已保存').waitFor()
    const [, second] = asked('content/edits')
    expect(second?.body).toEqual({ contentItemId: mood().detail.contentItemId, revision: 8, cardDesc: '我的说明' })
    expect(await clash.count()).toBe(0)
  })

  test('what is typed outlives a reload, and is still told apart from what was saved meanwhile', async () => {
    mood().detail = buildDraft()
    await open(piece)
    await page().getByLabel('标题', { exact: true }).fill('没保存的标题')
    await page().waitForTimeout(500)
    mood().detail = savedBy('方圆', { title: '方圆的标题' })
    page().once('dialog', (dialog) => void dialog.accept())
    await page().reload()
    await page().locator('.clash').getByText('方圆').first().waitFor()
    expect(await page().getByLabel('标题', { exact: true }).inputValue()).toBe('没保存的标题')
    await button('放弃这些改动').click()
    expect(await page().getByLabel('标题', { exact: true }).inputValue()).toBe('方圆的标题')
  })

  test('what can no longer be saved can be copied', async () => {
    mood().detail = buildDraft()
    await open(piece)
    await page().getByLabel('标题', { exact: true }).fill('来不及保存的标题')
    mood().overtakenBy = buildDetail({ revision: 8 })
    await button('保存').click()
    await page().getByText('这一版不能再改了').waitFor()
    expect(await page().locator('.unsaved').getByLabel('标题').inputValue()).toBe('来不及保存的标题')
  })

  test('the text of a page both changed is chosen; one that only I changed is saved after all', async () => {
    mood().detail = buildDraft()
    await open(piece)
    const text = () => page().getByLabel('第 1 页的文字')
    await page().getByText('第 1 页的文字').click()
    await text().fill('我改的第一页')
    mood().overtakenBy = savedBy('方圆', { title: '方圆的标题' })
    await button('保存这一页的文字').click()
    await expect.poll(() => asked('content/page-texts').length).toBe(2)
    expect(asked('content/page-texts')[1]?.body).toMatchObject({ revision: 8, text: '我改的第一页' })
    const pages = buildDraft().pages.map((one) => (one.number === 1 ? { ...one, text: '方圆改的第一页' } : one))
    mood().overtakenBy = savedBy('方圆', { revision: 9, pages })
    await button('保存这一页的文字').click()
    await page().getByText('这一页的文字别处也改了').waitFor()
    expect(await text().inputValue()).toBe('我改的第一页')
    await button('用对方的').click()
    expect(await text().inputValue()).toBe('方圆改的第一页')
  })
})

const renewed = buildDetail({
  ...{ lifeState: 'approved', may: ['renew', 'withdraw'], maySign: ['compliance'] },
  renewal: { until: new Date('2028-03-31T15:59:59.000Z'), signed: ['medical', 'legal'] },
})

describe('a script', () => {
  test('is put together from approved pieces by their titles, and in order', async () => {
    const script = [
      { documentId: 'DOC-A', title: '开场白', approved: true },
      { documentId: 'DOC-B', title: '研究摘要', approved: false },
    ]
    mood().detail = buildDraft({ kind: 'script', scriptPieces: ['DOC-A', 'DOC-B'], script })
    await open(piece)
    const lines = () => page().locator('.script-pieces li .script-title').allTextContents()
    await expect.poll(lines).toEqual(['1. 开场白 ', '2. 研究摘要 没有批准的版本'])
    await button('上移：研究摘要').click()
    await expect.poll(async () => (await lines())[0]).toContain('1. 研究摘要')
    await page().getByLabel('按标题找已批准的资料或话术').fill('手册')
    await page()
      .getByRole('button', { name: /^加入：免疫相关不良反应管理手册/ })
      .first()
      .click()
    await button('去掉：开场白').click()
    expect(await faultsAt([1280], 'script')).toEqual([])
    await button('保存').click()
    await page().getByText('已保存').waitFor()
    expect(asked('content/edits')[0]?.body['scriptPieces']).toEqual(['DOC-B', '01KAH2D8Y4S7C1F6G9J3K5DOC'])
  })
})

describe('a renewal', () => {
  test('that others began is signed for the day they asked for', async () => {
    mood().detail = renewed
    await open(piece)
    await page().getByText('申请延长到 2028-03-31').waitFor()
    await button('延长有效期').click()
    expect(
      await page()
        .getByLabel(/新的最后一天/)
        .inputValue(),
    ).toBe('2028-03-31')
    await page().getByText('医学 · 法务已经签了这一天').waitFor()
    expect(asked('content/renewals')[0]?.body).toMatchObject({ renewsUntil: '2028-03-31T15:59:59.000Z' })
  })
})

describe('has no fault of access', () => {
  for (const view of ['', '&view=list']) {
    test.each([
      { colorScheme: 'light' as const, lang: 'zh' },
      { colorScheme: 'dark' as const, lang: 'en' },
    ])(`a comparison${view} at every width, $colorScheme, $lang`, async ({ colorScheme, lang }) => {
      await open(`${piece}?with=base${view}&lang=${lang}`, { colorScheme })
      await page().locator('.compare-row img').first().waitFor()
      expect(await faultsAt([1280, 375], `comparison${view ? '-list' : ''}-${lang}`)).toEqual([])
    })
  }
})
