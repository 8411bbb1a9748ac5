import { writeFileSync } from 'node:fs'
import { describe, expect, test, vi } from 'vitest'
import { buildDetail, buildDraft } from './content-samples.ts'
import { useConsole } from './in-browser.ts'

vi.setConfig({ testTimeout: 30_000 })

const { open, mood, path, faultsAt, faultsOfAxe, page } = useConsole()

const rows = () => page().locator('.contents tbody[role] tr')
const countRows = () => expect.poll(() => rows().count())
const button = (name: string) => page().getByRole('button', { name, exact: true })
const sheet = () => page().getByRole('dialog')
/** The last body that was sent there. */
const asked = (to: string) => mood().asked.findLast(({ path: one }) => one === to)?.body
const piece = '/content/01KAH2D8Y4S7C1F6G9J3K5M100'

describe('the list of content', () => {
  test('is filtered and searched by address, and Back goes back', async () => {
    await open('/content')
    await countRows().toBe(30)
    await page().getByLabel('状态').selectOption({ label: '审批中' })
    await countRows().toBe(3)
    expect(path()).toBe('/console/content?show=in_review')
    await page().keyboard.press('Escape')
    await page().getByRole('searchbox').fill('剂量')
    await expect.poll(path).toBe('/console/content?show=in_review&q=%E5%89%82%E9%87%8F')
    await expect.poll(() => rows().first().locator('mark').textContent()).toBe('剂量')
    await page().goBack()
    await page().goBack()
    await countRows().toBe(30)
    expect(await page().getByRole('searchbox').inputValue()).toBe('')
    expect(await page().getByLabel('类型').locator('option').nth(1).textContent()).toBe('文档 (18)')
  })

  test('is worked by keys: into the rows, and open', async () => {
    await open('/content')
    await countRows().toBe(30)
    await page().keyboard.press('/')
    await page().keyboard.press('ArrowDown')
    await page().keyboard.press('ArrowDown')
    await page().keyboard.press('Enter')
    await expect.poll(path).toBe('/console/content/01KAH2D8Y4S7C1F6G9J3K5M101')
  })

  test('opens a view with its columns by key, without a barrier, and hides them from cards too', async () => {
    await open('/content')
    await countRows().toBe(30)
    expect(await rows().first().locator('[data-label=负责人]').count()).toBe(1)
    await button('视图').press('Enter')
    await sheet().getByRole('link', { name: '审批中' }).waitFor()
    await button('删除视图“审批中”').press('Enter')
    await expect.poll(() => button('撤销').evaluate((one) => one === document.activeElement)).toBe(true)
    expect(await faultsAt([1280, 320], 'views')).toEqual([])
    await page().keyboard.press('Escape')
    await expect.poll(() => button('视图').evaluate((one) => one === document.activeElement)).toBe(true)
    await button('视图').press('Enter')
    await sheet().getByRole('link', { name: '审批中' }).press('Enter')
    await countRows().toBe(3)
    expect(path()).toBe('/console/content?show=in_review&hide=owner')
    expect(await rows().first().locator('[data-label=负责人]').count()).toBe(0)
    await page().getByText('列', { exact: true }).press('Enter')
    await page().getByRole('checkbox', { name: '产品', exact: true }).press('Space')
    await expect.poll(path).toBe('/console/content?show=in_review&hide=owner,product')
    expect(await faultsAt([1280, 320], 'columns')).toEqual([])
  })

  test('says how versions were sent, and takes tags by key, without a barrier', async () => {
    await open('/content', { reducedMotion: 'reduce' })
    await countRows().toBe(30)
    expect(await rows().first().locator('.col-sends').textContent()).toContain('210 / 164 / 35 / 3')
    await page().getByText('是怎么数的').press('Enter')
    await page().getByText('已打开 ÷ 链接。').waitFor()
    expect(await faultsAt([1280, 320], 'figures')).toEqual([])
    await page()
      .getByRole('checkbox', { name: /^选择 PD-1/ })
      .first()
      .press('Space')
    await button('改标签 1').press('Enter')
    await page().keyboard.press('Tab')
    await sheet().getByLabel('加上的标签').fill('老年患者')
    await page().keyboard.press('Enter')
    await sheet().getByText('加到 1 份').waitFor()
    await sheet().getByLabel('旧版').press('Space')
    expect(await faultsAt([1280, 320], 'tags')).toEqual([])
    await sheet().getByRole('button', { name: '改标签：1 份' }).press('Enter')
    await expect.poll(() => asked('content/bulk')).toMatchObject({ add: ['老年患者'], remove: ['旧版'] })
  })

  test('says that nothing fits, and that nothing could be read', async () => {
    mood().list = 'none'
    await open('/content?show=held')
    await page().getByText('没有符合条件的内容').first().waitFor()
    mood().list = 'broken'
    await page().getByRole('link', { name: '清除条件' }).click()
    await page()
      .getByText(/GEN-03 internal/)
      .waitFor()
    mood().list = 'ok'
    await button('重试').click()
    await countRows().toBe(30)
  })
})

describe('a signature', () => {
  test('shows exactly what is signed, checks its number, and leaves for WeCom', async () => {
    await open(piece)
    await button('签名批准').click()
    await sheet().getByText('已在本机核对').waitFor()
    expect(await sheet().textContent()).toContain('更正第 3 页的剂量')
    expect(await sheet().getByLabel('签名的含义').inputValue()).toBe('符合法规与批准的说明书')
    expect(await faultsOfAxe()).toEqual([])
    await button('去企业微信确认并签名').click()
    await expect.poll(() => page().title()).toBe('WeCom')
    const { statementHash } = mood().detail
    expect(asked('content/signings')).toMatchObject({ step: 'legal', decision: 'approve', statementHash, reason: '' })
  })

  test('is not to be had for a text that is not the one of its number', async () => {
    const { statement } = mood().detail
    mood().detail = buildDetail({ statement: statement.replace('scientific', 'promotional') })
    await open(piece)
    await button('签名批准').click()
    await sheet().getByText('编号和内容对不上').waitFor()
    expect(await button('去企业微信确认并签名').isDisabled()).toBe(true)
  })

  test('is told when its signer comes back, and the address forgets it', async () => {
    await open(`${piece}?signing=sg1`)
    await page().getByRole('status').filter({ hasText: '已签名' }).waitFor()
    await expect.poll(path).toBe(`/console${piece}`)
  })
})

describe('a draft', () => {
  test('saves only what was changed, and is not submitted with unsaved words', async () => {
    mood().detail = buildDraft()
    await open(piece)
    await page().getByLabel('最后一天').fill('2027-05-31')
    await page().getByLabel('心血管内科').check()
    await button('提交审批').click()
    await page().getByText('有没保存的修改').waitFor()
    await button('保存').click()
    await page().getByText('已保存').waitFor()
    expect(asked('content/edits')).toEqual({
      ...{ contentItemId: mood().detail.contentItemId, revision: 7 },
      ...{ expiresAt: '2027-05-31T15:59:59.000Z', audience: ['oncology', 'thoracic', 'cardiology'] },
    })
    expect(asked('content/submissions')).toBeUndefined()
  })

  test('says every reason why it cannot be submitted', async () => {
    mood().detail = buildDraft()
    await open(piece)
    await button('提交审批').click()
    await page().getByText('卡片文字不合要求（卡片标题没有填）').waitFor()
  })

  test('takes a file part by part over a line that breaks, and sends only what is missing', async () => {
    mood().detail = buildDraft()
    await open(piece)
    await page().route('**/parts/1', (route) => route.abort('connectionreset'), { times: 1 })
    const file = `${process.env['TMPDIR'] ?? '/tmp'}/vouch-upload-test.pdf`
    writeFileSync(file, Buffer.alloc(2_500_000, 'x'))
    await page().getByLabel('文件', { exact: true }).locator('input[type=file]').setInputFiles(file)
    await page().getByText('网络断了，传了 33%').waitFor()
    await page().getByText('已保存：vouch-upload-test.pdf').waitFor()
    expect(mood().parts).toEqual([1, 3])
    await expect.poll(() => asked('content/edits')).toMatchObject({ fileUploadId: 'up1', revision: 7 })
  })
})

describe('withdrawing', () => {
  test('shows the numbers first, asks for a reason, and lists what is on its way', async () => {
    mood().detail = buildDetail({ lifeState: 'approved', may: ['withdraw', 'expire', 'new_version'], maySign: [] })
    await open(piece)
    await button('撤回').click()
    await sheet().getByText('名代表发过').waitFor()
    expect(await sheet().textContent()).toMatch(/398\s*条链接会显示/)
    expect(await sheet().textContent()).toContain('王磊 → 张伟')
    expect(await button('立即撤回').isDisabled()).toBe(true)
    await sheet().getByLabel('原因').fill('安全性信息更新')
    await sheet().getByLabel('替代资料').selectOption({ label: '剂量与给药周期 v5' })
    expect(await faultsOfAxe()).toEqual([])
    await button('立即撤回').click()
    await sheet().getByText('正在通知 61 名代表').waitFor()
    expect(asked('content/withdrawals')).toMatchObject({
      ...{ reason: '安全性信息更新', successorId: '01KAH2D8Y4S7C1F6G9J3K5M101' },
    })
  })
})

const screens = [
  { says: 'the list', address: '/content', detail: buildDetail(), shown: '免疫相关不良反应管理手册' },
  { says: 'a version in review', address: piece, detail: buildDetail(), shown: 'DEMO-2026-0412' },
  { says: 'a draft', address: piece, detail: buildDraft(), shown: '示例单抗注射液' },
  { says: 'a new document', address: '/content/new', detail: buildDetail(), shown: '示例单抗注射液' },
]

describe('has no fault of access', () => {
  for (const { says, address, detail, shown } of screens) {
    test.each([
      { colorScheme: 'light' as const, lang: 'zh' },
      { colorScheme: 'dark' as const, lang: 'en' },
    ])(`${says} at every width, $colorScheme, $lang`, async ({ colorScheme, lang }) => {
      mood().detail = detail
      await open(`${address}?lang=${lang}`, { colorScheme })
      const words = lang === 'en' && shown.startsWith('示例') ? 'Exemplimab injection' : shown
      await page().getByText(words).first().waitFor({ state: 'attached' })
      expect(await faultsAt([1280, 320], `${says}-${lang}`)).toEqual([])
    })
  }
})
