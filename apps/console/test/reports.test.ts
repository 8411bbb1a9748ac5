import { readFileSync } from 'node:fs'
import { describe, expect, test, vi } from 'vitest'
import { useConsole } from './in-browser.ts'

vi.setConfig({ testTimeout: 30_000 })

const { open, mood, path, faultsAt, page } = useConsole()

const button = (name: string) => page().getByRole('button', { name, exact: true })
const asked = () => mood().asked.filter(({ path: one }) => one === 'reports')
const table = () => page().getByRole('table')
const chart = () => page().getByRole('img')
const drawn = () => page().locator('.report-canvas canvas').waitFor()

describe('reports', () => {
  test('begin with sends of the last thirty days: bars, what each number means, and the table', async () => {
    await open('/reports')
    await drawn()
    expect(asked()[0]?.body).toMatchObject({ kind: 'sends', by: 'week', product: '', territory: '' })
    expect(await chart().getAttribute('aria-label')).toContain('数字在下面的表里')
    expect(await table().getByRole('columnheader').allTextContents()).toContain('结果未知')
    expect(await table().getByRole('rowheader').first().textContent()).toBe('2026-04-20 起一周')
    expect(await page().locator('.report-meaning dt').count()).toBe(11)
    expect(await page().locator('main').textContent()).toContain('不能相加当作“已发送”')
    await page().getByText('统计到').waitFor()
  })

  test('keep what is chosen in the address, each choice a step back', async () => {
    await open('/reports')
    await drawn()
    await page().getByLabel('报表', { exact: true }).selectOption('reading')
    await page().getByLabel('按', { exact: true }).selectOption('rep')
    await page().getByText('1 行的阅读数字涉及的医生太少').waitFor()
    expect(path()).toBe('/console/reports?report=reading&by=rep')
    expect(await table().getByRole('row').filter({ hasText: '李娜' }).textContent()).toContain('少于 5 位')
    expect(await table().getByRole('row').filter({ hasText: '王磊' }).textContent()).toMatch(
      /66\.7%.*42 分钟.*1\.6 分钟/s,
    )
    await page().getByLabel('产品').selectOption({ label: '示例单抗' })
    await expect.poll(() => asked().at(-1)?.body).toMatchObject({ kind: 'reading', by: 'rep', product: 'PD1' })
    await page().goBack()
    await expect.poll(path).toBe('/console/reports?report=reading&by=rep')
  })

  test('take days of one’s own, and say when they are none', async () => {
    await open('/reports?period=own&from=2026-05-10&until=2026-05-01')
    await page().getByText('结束的日子要在开始之后').first().waitFor()
    expect(asked()).toEqual([])
    await page().getByLabel('到').fill('2026-05-12')
    await page().getByLabel('到').blur()
    await drawn()
    expect(asked().at(-1)?.body).toMatchObject({ from: '2026-05-10', until: '2026-05-12' })
  })

  test('stand by a column that is pressed, by key too; where rows are cards, by a choice', async () => {
    await open('/reports?by=hospital')
    const head = table().getByRole('columnheader', { name: '医生已打开' })
    const first = () => table().getByRole('rowheader').first().textContent()
    await expect.poll(first).toBe('第 1 人民医院（示例）')
    await head.getByRole('button').click()
    await page().keyboard.press('Enter')
    await expect.poll(path).toBe('/console/reports?by=hospital&order=is:opened')
    expect(await head.getAttribute('aria-sort')).toBe('ascending')
    expect(await first()).toBe('第 15 人民医院（示例）')
    expect(await table().getByRole('rowheader').last().textContent()).toBe('合计')
    expect(asked()).toHaveLength(1)
    await button('导出 CSV').click()
    await expect.poll(() => mood().asked.at(-1)?.body['order']).toBe('is:opened')
    await page().setViewportSize({ width: 320, height: 640 })
    expect(await table().getByRole('button').count()).toBe(0)
    await page().getByLabel('排序').selectOption({ label: '医院 降序' })
    await expect.poll(first).toBe('第 15 人民医院（示例）')
    await page().getByLabel('排序').selectOption({ label: '医院 升序' })
    await expect.poll(first).toBe('第 1 人民医院（示例）')
  })

  test('leave as a table and as a picture', async () => {
    await open('/reports?report=refusals&by=product')
    await drawn()
    const [table1] = await Promise.all([page().waitForEvent('download'), button('导出 CSV').click()])
    expect(table1.suggestedFilename()).toMatch(/^vouch-report-\d{4}-\d\d-\d\d\.csv$/)
    await page().getByText('已导出 1 行').waitFor()
    const [picture] = await Promise.all([page().waitForEvent('download'), button('存成图片').click()])
    expect(picture.suggestedFilename()).toBe('vouch-report-refusals.png')
    const bytes = readFileSync(await picture.path())
    expect(bytes.subarray(1, 4).toString()).toBe('PNG')
    expect(bytes.length).toBeGreaterThan(5_000)
  })

  test('say what is missing: nothing there, not counted yet, counted long ago, no answer', async () => {
    mood().reports.empty = true
    await open('/reports')
    await page().getByText('这段时间没有可统计的').first().waitFor()
    mood().reports.countedUntil = null
    await button('刷新').click()
    await page().getByText('还没有统计过').first().waitFor()
    Object.assign(mood().reports, { empty: false, countedUntil: new Date(Date.now() - 3_600_000) })
    await button('刷新').click()
    await page().getByText('只统计到').waitFor()
    mood().list = 'broken'
    await button('刷新').click()
    await page().getByText('没有刷新成功').waitFor()
    expect(await table().getByRole('row').count()).toBeGreaterThan(3)
  })

  test('nothing in the drawing is lost when it cannot be loaded', async () => {
    await open('/sends')
    await page().locator('table').first().waitFor()
    await page().route(/draw-chart/, (route) => route.abort())
    await page().getByRole('link', { name: '报表' }).click()
    await page().getByText('图没有画出来').waitFor()
    expect(await table().getByRole('row').count()).toBe(6)
  })

  test.each([
    { width: 1280, scheme: 'light', address: '/reports' },
    { width: 375, scheme: 'light', address: '/reports?by=hospital' },
    { width: 320, scheme: 'dark', address: '/reports?report=reading&by=rep&lang=en' },
    { width: 1280, scheme: 'dark', address: '/reports?by=hospital&lang=en' },
  ] as const)('are open to all at $width px, $scheme: $address', async ({ width, scheme, address }) => {
    await open(address, { viewport: { width, height: 800 }, colorScheme: scheme, reducedMotion: 'reduce' })
    await drawn()
    expect(await faultsAt([width], `reports-${scheme}`)).toEqual([])
  })
})
