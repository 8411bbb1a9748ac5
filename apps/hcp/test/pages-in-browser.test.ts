import { gzipSync } from 'node:zlib'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { ensureFonts } from '../../../scripts/lib/apt.mjs'
import { chromiumArguments, loadChromium } from '../../../scripts/lib/chromium.mjs'
import type { Language, View } from '../src/hcp-page.ts'
import { buildScript, servePage } from './page-server.ts'
import {
  article,
  film,
  buildEnded,
  buildImage,
  buildPage,
  buildReading,
  neutral,
  otherReader,
  safetyForm,
  safetyReceived,
  trouble,
} from './sample-pages.ts'

const phone = { viewport: { width: 375, height: 667 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }

const views: Record<string, View> = {
  neutral,
  'another reader': otherReader('contact'),
  document: buildReading({ pages: [buildImage(1), buildImage(2)] }),
  article: buildReading({ kind: 'article', pages: [], body: article }),
  video: buildReading({ kind: 'video', pages: [], video: { ...film, captions: null } }),
  'video with captions': buildReading({ kind: 'video', pages: [], video: film }),
  ended: buildEnded({ why: 'withdrawn', reason: '安全性信息更新', successor: { title: '研究摘要', version: 4 } }),
  asked: buildEnded({ asked: true }),
  'report of a reaction': safetyForm,
  'report that came back': { ...safetyForm, wrong: 'empty' },
  'report received': safetyReceived,
  trouble,
}

vi.setConfig({ testTimeout: 30_000 })

let browser: Browser
let site: Awaited<ReturnType<typeof servePage>>
let script: string
beforeAll(async () => {
  await ensureFonts()
  script = await buildScript()
  site = await servePage(script, buildPage(neutral))
  browser = await chromium.launch({ executablePath: (await loadChromium()) ?? '', args: chromiumArguments })
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})
beforeEach(() => void site.posted.splice(0))

/** Opens what is shown; faults of the page and shifts of its layout are collected from the first moment. */
async function open(
  view: View,
  { language = 'zh-CN' as Language, ...options }: BrowserContextOptions & { language?: Language } = {},
) {
  site.shown.page = buildPage(view, { language })
  const context = await browser.newContext({ ...phone, ...options })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  page.on('pageerror', (fault) => faults.push(fault.message))
  await page.addInitScript(() => {
    const shifts: number[] = []
    Object.assign(window, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { value: number }).value)
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await page.goto(`${site.url}/l/token`)
  return { page, faults, close: () => context.close() }
}

const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
const shifted = (page: Page) =>
  page.evaluate(() => (window as Window & { shifts?: number[] }).shifts?.reduce((sum, one) => sum + one, 0))

describe.each(Object.entries(views))('the page %s', (_, view) => {
  test('has no accessibility fault and no sideways scroll, at 100 % and 200 % text in both languages and themes', async () => {
    const faces = [
      { colorScheme: 'light', language: 'zh-CN' },
      { colorScheme: 'dark', language: 'en-US' },
    ] as const
    for (const face of faces) {
      const { page, faults, close } = await open(view, face)
      for (const size of ['100%', '200%']) {
        await page.evaluate((fontSize) => Object.assign(document.documentElement.style, { fontSize }), size)
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(violations.map(({ id, nodes }) => `${id} ${nodes.map((node) => node.html).join(' ')}`)).toEqual([])
        expect(await sideways(page)).toBe(0)
      }
      expect(faults.filter((fault) => !fault.includes('404'))).toEqual([])
      await close()
    }
  })
})

describe('the reading page', () => {
  test('does not shift while pictures arrive and while it is scrolled through', async () => {
    const { page, close } = await open(buildReading())
    await page.waitForLoadState('networkidle')
    for (let step = 0; step < 12; step += 1) {
      await page.mouse.wheel(0, 500)
      await page.waitForTimeout(80)
    }
    expect(await shifted(page)).toBe(0)
    await close()
  })

  test('loads the first picture and few others, and no large one, on a phone', async () => {
    site.shown.page = buildPage(buildReading())
    const context = await browser.newContext(phone)
    const page = await context.newPage()
    const asked: string[] = []
    page.on('request', (request) => request.url().includes('/pages/') && asked.push(request.url()))
    await page.goto(`${site.url}/l/token`, { waitUntil: 'networkidle' })
    expect(asked.some((url) => url.endsWith('/pages/1/720.webp'))).toBe(true)
    expect(asked.filter((url) => url.includes('/1080.'))).toEqual([])
    expect(asked.length).toBeLessThan(6)
    await context.close()
  })

  test('is reported as opened once it was looked at for two seconds, and once only', async () => {
    const { page, close } = await open(buildReading())
    await page.waitForTimeout(1_500)
    expect(site.posted).toEqual([])
    await expect.poll(() => site.posted.length, { timeout: 3_000 }).toBe(1)
    expect(site.posted[0]).toMatchObject({ path: '/l/token/opened', type: 'application/json' })
    expect(JSON.parse(site.posted[0]?.body ?? '')).toEqual({
      openingId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4/),
    })
    await page.waitForTimeout(2_500)
    expect(site.posted).toHaveLength(1)
    await close()
  })

  test('tells what was read only where that was agreed to', async () => {
    for (const recordsReading of [false, true]) {
      site.posted.splice(0)
      const { page, close } = await open(buildReading({ recordsReading }))
      await page.locator('#p2').scrollIntoViewIfNeeded()
      await page.locator('#p2 .sheet').hover()
      await page.waitForTimeout(2_600)
      await page.evaluate(() => dispatchEvent(new Event('pagehide')))
      await page.waitForTimeout(300)
      const read = site.posted.filter(({ path }) => path === '/l/token/read')
      expect(read).toHaveLength(recordsReading ? 1 : 0)
      if (recordsReading) {
        const [[number, , ms] = []] = (JSON.parse(read[0]?.body ?? '') as { views: [number, string, number][] }).views
        expect(number).toBeGreaterThan(0)
        expect(ms).toBeGreaterThanOrEqual(2_000)
      }
      await close()
    }
  })

  test('switches big type at once and remembers it, without moving away', async () => {
    const { page, faults, close } = await open(buildReading())
    const before = await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)
    await page.getByRole('button', { name: '大字' }).click()
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).not.toBe(before)
    await expect.poll(() => site.posted).toMatchObject([{ path: '/l/token/look', body: 'size=large' }])
    expect(await sideways(page)).toBe(0)
    expect(faults).toEqual([])
    await close()
  })

  test('asks for the smallest pictures from the tap on data saver on', async () => {
    const { page, close } = await open(buildReading())
    await page.waitForLoadState('networkidle')
    await page.getByRole('button', { name: '省流量' }).click()
    const asked: string[] = []
    page.on('request', (request) => request.url().includes('/pages/') && asked.push(request.url()))
    await page.locator('#p12').scrollIntoViewIfNeeded()
    await expect.poll(() => asked.length).toBeGreaterThan(0)
    await page.waitForTimeout(300)
    expect(asked.filter((url) => !url.endsWith('/480.webp'))).toEqual([])
    await close()
  })

  test('enlarges a tapped page to its largest picture, keeps focus in it and gives it back', async () => {
    const { page, close } = await open(buildReading())
    await page.getByRole('link', { name: '放大第 1 页' }).click()
    const layer = page.getByRole('dialog', { name: '放大第 1 页' })
    await layer.waitFor()
    expect(await layer.locator('img').getAttribute('src')).toContain('/pages/1/1080.webp')
    await layer.getByRole('button', { name: '放大' }).click()
    expect(await layer.locator('.zoom-view').evaluate((view) => view.scrollWidth)).toBe(750)
    const { violations } = await new AxeBuilder({ page }).include('dialog').analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
    await page.keyboard.press('Escape')
    await layer.waitFor({ state: 'detached' })
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('放大第 1 页')
    await close()
  })

  test('leads to any page from its table of contents', async () => {
    const { page, close } = await open(buildReading())
    await page.locator('[data-contents]').click()
    await page.locator('#contents a[href="#p7"]').click()
    await expect
      .poll(() => page.locator('#p7').evaluate((part) => Math.abs(part.getBoundingClientRect().top)))
      .toBeLessThan(120)
    await close()
  })

  test('is whole without any script', async () => {
    const { page, close } = await open(buildReading(), { javaScriptEnabled: false })
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('PD-1')
    expect(await page.locator('.page').count()).toBe(12)
    await page.getByText('文字版').first().click()
    expect(await page.getByText('中位无进展生存期').first().isVisible()).toBe(true)
    expect(await page.locator('[data-look] button').count()).toBe(2)
    await close()
  })
})

describe('the report of an adverse reaction', () => {
  const happened = (page: Page) => page.getByRole('textbox', { name: '发生了什么' })

  test('is kept for this tab until it is taken, over a change of language and a way back', async () => {
    const { page, faults, close } = await open(safetyForm)
    await happened(page).fill('用药第三天皮疹')
    await page.getByRole('radio', { name: '严重 死亡' }).check()
    await page.reload()
    expect(await happened(page).inputValue()).toBe('用药第三天皮疹')
    expect(await page.getByRole('radio', { name: '严重 死亡' }).isChecked()).toBe(true)
    site.shown.page = buildPage(safetyReceived)
    await page.reload()
    site.shown.page = buildPage(safetyForm)
    await page.reload()
    expect(await happened(page).inputValue()).toBe('')
    expect(faults).toEqual([])
    await close()
  })

  test('says that it was not sent while the network is away, and keeps what was typed', async () => {
    const { page, close } = await open(safetyForm)
    await happened(page).fill('用药第三天皮疹')
    await page.context().setOffline(true)
    await page.getByRole('button', { name: '提交报告' }).click()
    await page.getByText('网络断了，还没有提交').waitFor()
    expect(await happened(page).inputValue()).toBe('用药第三天皮疹')
    expect(site.posted).toEqual([])
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
    await close()
  })

  test('is filled in and sent by keyboard alone', async () => {
    const { page, close } = await open(safetyForm)
    await happened(page).focus()
    await page.keyboard.type('rash')
    await page.keyboard.press('Tab')
    await page.keyboard.type('example')
    for (const key of ['Tab', 'Tab', 'ArrowDown', 'Tab', 'Tab', 'Tab', 'Enter']) await page.keyboard.press(key)
    await expect.poll(() => site.posted.length).toBeGreaterThan(0)
    const sent = Object.fromEntries(new URLSearchParams(site.posted[0]?.body))
    expect(sent).toMatchObject({ happened: 'rash', product: 'example', seriousness: 'serious' })
    expect(site.posted[0]?.path).toBe('/l/token/safety')
    await close()
  })
})

test('the script weighs less than 12 kB', () => {
  expect(gzipSync(script, { level: 9 }).length).toBeLessThan(12_000)
})
