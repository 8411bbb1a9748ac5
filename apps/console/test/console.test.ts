import { describe, expect, test, vi } from 'vitest'
import { useConsole } from './in-browser.ts'
import { sendChoice } from './samples.ts'

vi.setConfig({ testTimeout: 30_000 })

const { open, mood, path, faultsOfAxe, sideways, page: now } = useConsole()

const rows = () => now().locator('tbody[role] tr.send')
const countRows = () => expect.poll(() => rows().count())
const button = (name: string) => now().getByRole('button', { name, exact: true })

describe('the console in a browser', () => {
  test('asks to sign in, keeps the address, and starts the sign-in with it', async () => {
    mood().signedIn = false
    await open('/sends?show=unknown&q=%E5%BC%A0')
    await now().getByRole('link', { name: '用企业微信登录' }).waitFor()
    expect(path()).toBe('/console/sends?show=unknown&q=%E5%BC%A0')
    expect(await faultsOfAxe()).toEqual([])
    await now().getByRole('link', { name: '用企业微信登录' }).click()
    expect(new URL(now().url()).searchParams.get('next')).toBe('/console/sends?show=unknown&q=%E5%BC%A0')
  })

  test('lists, filters and searches by address, and Back goes back', async () => {
    await open('/')
    await expect.poll(path).toBe('/console/home')
    await now().getByRole('link', { name: '发送记录', exact: true }).click()
    await countRows().toBe(20)
    expect(path()).toBe('/console/sends')
    await now().getByRole('link', { name: '已拦下' }).click()
    await countRows().toBe(15)
    expect(path()).toBe('/console/sends?show=refused')
    await now().keyboard.press('/')
    await now().keyboard.type('手册', { delay: 30 })
    await expect.poll(path).toBe('/console/sends?show=refused&q=%E6%89%8B%E5%86%8C')
    await countRows().toBeLessThan(15)
    await now().goBack()
    await countRows().toBe(15)
    await now().goBack()
    await countRows().toBe(20)
    expect(await now().getByRole('searchbox').inputValue()).toBe('')
  })

  test('is worked by keys: into the rows, unfold, fold', async () => {
    await open('/sends')
    await countRows().toBe(20)
    await now().keyboard.press('/')
    await now().keyboard.press('ArrowDown')
    await now().keyboard.press('ArrowDown')
    await now().keyboard.press('Enter')
    const detail = now().locator('.send-more')
    await detail.getByText('拦下的原因').waitFor()
    expect(await detail.textContent()).toContain('医生尚未同意接收')
    await now().keyboard.press('Escape')
    await expect.poll(() => detail.count()).toBe(0)
  })

  test('goes on to the end page by page, and an error on the way keeps what is there', async () => {
    await open('/sends')
    await countRows().toBe(20)
    mood().list = 'broken'
    await button('更多').click()
    await now().getByText('更早的记录没有读到').waitFor()
    await countRows().toBe(20)
    mood().list = 'ok'
    await button('更多').click()
    await countRows().toBe(40)
    await button('更多').click()
    await countRows().toBe(60)
    expect(await now().getByRole('status').allTextContents()).toContain('共 60 条，到头了')
    expect(await button('更多').count()).toBe(0)
  })

  test('filters by a doctor that is looked for, keeps it in the address, and shows one send whole', async () => {
    await open('/sends')
    await now().locator('.send-filters summary').click()
    await now().getByRole('searchbox', { name: '医生', exact: true }).fill('张')
    await now().getByRole('button', { name: '张伟 仁和医院（示例）' }).click()
    await expect.poll(path).toContain(`doctor=${sendChoice.id}`)
    await now().getByRole('button', { name: '去掉：医生 张伟' }).waitFor()
    await now().getByLabel('从', { exact: true }).fill('2026-05-01')
    await expect.poll(path).toContain('from=2026-05-01')
    await now().getByRole('button', { name: '时间 (+08:00) 降序' }).click()
    await expect.poll(path).toContain('order=at')
    await now()
      .getByRole('columnheader', { name: '时间 (+08:00) 升序' })
      .and(now().locator('[aria-sort=ascending]'))
      .waitFor()
    await open('/sends/01KAJ7ZQ0V6R3X8T2M5N9P4WBC')
    await now().getByText('第 2 版 · 同意书').waitFor()
    expect(await faultsOfAxe()).toEqual([])
  })

  test('keeps the head of the table in sight and never covers what has the focus', async () => {
    await open('/sends')
    await countRows().toBe(20)
    await now().locator('.send-toggle').last().focus()
    await now().locator('.send-toggle').first().focus()
    await now().mouse.wheel(0, 300)
    await expect.poll(() => now().evaluate(() => window.scrollY)).toBeGreaterThan(80)
    const head = await now().locator('thead th').first().boundingBox()
    expect(head?.y).toBeGreaterThanOrEqual(0)
    await now().keyboard.press('ArrowDown')
    const focus = await now().locator('.send-toggle:focus').boundingBox()
    expect(focus?.y).toBeGreaterThanOrEqual((head?.y ?? 0) + (head?.height ?? 0))
    expect((await rows().first().boundingBox())?.height).toBeLessThanOrEqual(33)
  })

  test('says that nothing could be read, with a number, and tries again', async () => {
    mood().list = 'broken'
    await open('/sends')
    await now()
      .getByText(/问题编号 GEN-03 internal · \d\d:\d\d:\d\d/)
      .waitFor()
    expect(await faultsOfAxe()).toEqual([])
    mood().list = 'ok'
    await button('重试').click()
    await countRows().toBe(20)
  })

  test('without a network shows what it had, and when that was', async () => {
    await open('/sends')
    await countRows().toBe(20)
    await now().context().setOffline(true)
    await now()
      .getByText(/网络断了。看到的是 \d\d:\d\d:\d\d 读取的/)
      .waitFor()
    await countRows().toBe(20)
    await now().context().setOffline(false)
  })

  for (const width of [1280, 320]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const lang of ['zh', 'en']) {
        test(`has no fault of access at ${width} px, ${colorScheme}, ${lang}`, async () => {
          await open(`/sends?lang=${lang}`, { viewport: { width, height: 900 }, colorScheme })
          await countRows().toBe(20)
          for (const place of [0, 1, 2]) await now().locator('.send-toggle').nth(place).click()
          await now().locator('.send-whole button').first().click()
          await now().locator('.send-filters summary').click()
          await now().locator('.weighed').waitFor()
          expect(await faultsOfAxe()).toEqual([])
          expect(await sideways()).toBeLessThanOrEqual(0)
        })
      }
    }
  }
})
