import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { ensureFonts } from '../../../scripts/lib/apt.mjs'
import { chromiumArguments, loadChromium } from '../../../scripts/lib/chromium.mjs'
import type { Reading } from '../src/hcp-page.ts'
import { buildScript, servePage } from './page-server.ts'
import { article, buildImage, buildPage, buildReading, film } from './sample-pages.ts'

const phone = { viewport: { width: 375, height: 667 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }

vi.setConfig({ testTimeout: 30_000 })

let browser: Browser
let site: Awaited<ReturnType<typeof servePage>>
beforeAll(async () => {
  await ensureFonts()
  site = await servePage(await buildScript(), buildPage(buildReading()), 20)
  browser = await chromium.launch({ executablePath: (await loadChromium()) ?? '', args: chromiumArguments })
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})
beforeEach(() => {
  site.posted.splice(0)
  site.shown.refused = { posts: 0, pictures: false }
})

const ways = buildReading({
  pages: Array.from({ length: 12 }, (_, index) => ({
    ...buildImage(index + 1),
    text: index === 6 ? '剂量调整\n中度肾功能不全者减量至 Q3W。' : `第 ${index + 1} 部分\n疗效结果。`,
  })),
})

async function open(view: Reading, before?: (page: Page) => Promise<unknown>) {
  site.shown.page = buildPage(view)
  const context = await browser.newContext(phone)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (fault) => faults.push(fault.message))
  await before?.(page)
  await page.goto(`${site.url}/l/token`)
  return { page, context, faults }
}

const barriers = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)

describe('the enlarged page', () => {
  const enlarge = async () => {
    const opened = await open(ways)
    await opened.page.getByRole('link', { name: '放大第 1 页' }).click()
    const view = opened.page.locator('.zoom-view')
    await view.locator('img').evaluate((image: HTMLImageElement) => image.decode())
    return { ...opened, view, width: () => view.evaluate((layer) => Math.round(layer.scrollWidth)) }
  }

  test('follows two fingers, and what is between them stays where it is', async () => {
    const { page, context, view, width, faults } = await enlarge()
    const touch = await context.newCDPSession(page)
    const fingers = (type: string, apart: number) =>
      touch.send('Input.dispatchTouchEvent', {
        type: type as 'touchStart',
        touchPoints: apart ? [-apart, apart].map((x, id) => ({ x: 187 + x, y: 300, id })) : [],
      })
    await fingers('touchStart', 40)
    for (const apart of [50, 60, 70, 80]) await fingers('touchMove', apart)
    await fingers('touchEnd', 0)
    expect(await width()).toBe(750)
    expect(Math.abs((await view.evaluate((layer) => layer.scrollLeft)) - 187.5)).toBeLessThanOrEqual(1)
    expect(faults).toEqual([])
    await context.close()
  })

  test('answers a double tap, and another one', async () => {
    const { page, context, width } = await enlarge()
    for (const wide of [938, 375]) {
      await page.touchscreen.tap(120, 200)
      await page.touchscreen.tap(122, 203)
      await expect.poll(width).toBe(wide)
      await page.waitForTimeout(400)
    }
    await page.touchscreen.tap(120, 200)
    await page.waitForTimeout(500)
    await page.touchscreen.tap(120, 200)
    expect(await width()).toBe(375)
    await context.close()
  })

  test('answers + − 0 and Escape', async () => {
    const { page, context, view, width } = await enlarge()
    for (const [key, wide] of [
      ['+', 750],
      ['+', 1500],
      ['+', 1500],
      ['-', 750],
      ['0', 375],
    ] as const) {
      await page.keyboard.press(key)
      expect(await width()).toBe(wide)
    }
    await page.keyboard.press('Escape')
    await view.waitFor({ state: 'detached' })
    await context.close()
  })
})

describe('finding words', () => {
  test('leaves the pages that hold them, and marks the place on the way there', async () => {
    const { page, context, faults } = await open(ways)
    await page.locator('[data-contents]').click()
    await page.getByRole('searchbox', { name: '在全文里查找' }).fill('q3w')
    await page.getByText('1 页里有').waitFor()
    expect(await page.locator('#contents li:visible').count()).toBe(1)
    expect(await page.locator('#contents li:visible').innerText()).toContain('减量至 Q3W')
    expect(await barriers(page)).toEqual([])
    await page.keyboard.press('Enter')
    const place = page.locator('#p7 mark')
    expect(await place.textContent()).toBe('Q3W')
    await expect.poll(() => place.evaluate((mark) => mark.getBoundingClientRect().top)).toBeLessThan(667)
    await page.locator('[data-contents]').click()
    await page.getByRole('searchbox').fill('不存在的词')
    await page.getByText('全文里没有').waitFor()
    await page.getByRole('searchbox').fill('')
    await expect.poll(() => page.locator('#contents li:visible').count()).toBe(12)
    expect(faults).toEqual([])
    await context.close()
  })

  test('works in an article', async () => {
    const { page, context } = await open(buildReading({ kind: 'article', pages: [], body: article }))
    await page.locator('[data-contents]').click()
    await page.getByRole('searchbox').fill('低表达')
    await page.getByText('1 页里有').waitFor()
    await page.keyboard.press('Enter')
    expect(await page.locator('#p2 mark').textContent()).toBe('低表达')
    await context.close()
  })
})

describe('how it looks', () => {
  test('is kept whole when two switches are tapped one right after the other', async () => {
    const { page, context } = await open(ways)
    await page.getByRole('button', { name: '省流量' }).click()
    await page.getByRole('button', { name: '大字' }).click()
    const looks = () => site.posted.filter(({ path }) => path === '/l/token/look').map(({ body }) => body)
    await expect.poll(looks).toEqual(['saver=on', 'saver=on&size=large'])
    await context.close()
  })
})

describe('coming back', () => {
  test('the same day offers to go on where one was, and moves nothing by itself', async () => {
    const { page, context } = await open(ways)
    expect(await page.locator('.resume').isVisible()).toBe(false)
    await page.locator('#p7').evaluate((part) => part.scrollIntoView({ block: 'center' }))
    await expect.poll(() => page.locator('[data-where]').textContent()).toBe('7 / 12')
    await page.close()
    const again = await context.newPage()
    await again.goto(`${site.url}/l/token`)
    const on = again.getByRole('link', { name: '接着看第 7 页' })
    await on.waitFor()
    expect(await again.evaluate(() => scrollY)).toBe(0)
    expect(await barriers(again)).toEqual([])
    await on.click()
    await expect.poll(() => again.locator('[data-where]').textContent()).toBe('7 / 12')
    expect(await on.isVisible()).toBe(false)
    await again.evaluate(() => {
      const kept = JSON.parse(localStorage.getItem('vouch.places') ?? '{}') as { day: string } // as the page wrote it
      localStorage.setItem('vouch.places', JSON.stringify({ ...kept, day: 'Mon Jan 01 2024' }))
    })
    await again.goto(`${site.url}/l/token`)
    await again.waitForLoadState('networkidle')
    expect(await again.locator('.resume').isVisible()).toBe(false)
    await context.close()
  })
})

describe('a bad network', () => {
  test('is said, keeps what is shown, and pictures that did not come are asked for again once it is back', async () => {
    const { page, context, faults } = await open(ways)
    await page.waitForLoadState('networkidle')
    await context.setOffline(true)
    await page.getByText('网络断了。已经显示的可以继续看').waitFor()
    await page.locator('#p10').scrollIntoViewIfNeeded()
    await page.getByText('第 10 页没有加载出来').waitFor()
    expect(await barriers(page)).toEqual([])
    await context.setOffline(false)
    await expect
      .poll(() => page.locator('#p10 .sheet').evaluate((sheet: HTMLImageElement) => sheet.naturalWidth))
      .toBeGreaterThan(0)
    expect(await page.locator('#p10 .lost').isVisible()).toBe(false)
    expect(faults).toEqual([])
    await context.close()
  })

  test('a picture that failed is loaded again by hand', async () => {
    site.shown.refused.pictures = true
    const { page, context } = await open(ways)
    const lost = page.locator('#p1 .lost')
    await lost.getByText('第 1 页没有加载出来').waitFor()
    site.shown.refused.pictures = false
    await lost.getByRole('button', { name: '再加载' }).click()
    await expect
      .poll(() => page.locator('#p1 .sheet').evaluate((sheet: HTMLImageElement) => sheet.naturalWidth))
      .toBeGreaterThan(0)
    await context.close()
  })
})

describe('the reading record in the browser', () => {
  test('stops for good with the first no', async () => {
    const { page, context } = await open({ ...ways, recordsReading: true })
    site.shown.refused.posts = 409
    const turn = async (part: number) => {
      await page.locator(`#p${part}`).evaluate((section) => section.scrollIntoView({ block: 'center' }))
      await page.waitForTimeout(2_300)
      await page.evaluate(() => dispatchEvent(new Event('pagehide')))
      await page.waitForTimeout(200)
    }
    await turn(2)
    const reads = () => site.posted.filter(({ path }) => path === '/l/token/read').length
    expect(reads()).toBe(1)
    await turn(5)
    expect(reads()).toBe(1)
    await context.close()
  })
})

describe('the menu for passing on', () => {
  test('in a client whose bridge fails keeps nothing else from working', async () => {
    const broken = (page: Page) =>
      page.addInitScript(() => {
        const invoke = () => {
          throw new Error('not here')
        }
        Object.assign(window, { WeixinJSBridge: { invoke } })
      })
    const { page, context, faults } = await open(ways, broken)
    await page.locator('[data-contents]').click()
    await page.getByRole('searchbox').waitFor()
    expect(faults).toEqual([])
    await context.close()
  })

  const inWeChat = (page: Page) =>
    page.addInitScript(() => {
      const called: string[] = []
      Object.assign(window, { called, WeixinJSBridge: { invoke: (name: string) => called.push(name) } })
    })
  const called = (page: Page) => page.evaluate(() => (window as Window & { called?: string[] }).called)

  test('is taken away unless the piece may be passed on', async () => {
    const marked = await open(ways, inWeChat)
    await expect.poll(() => called(marked.page)).toEqual(['hideOptionMenu'])
    await marked.context.close()
    const free = await open({ ...ways, markedFor: null }, inWeChat)
    await free.page.waitForLoadState('networkidle')
    expect(await called(free.page)).toEqual([])
    await free.context.close()
  })
})

describe('captions', () => {
  const view = buildReading({ kind: 'video', pages: [], video: film })
  const mode = (page: Page) => page.locator('video').evaluate((video: HTMLVideoElement) => video.textTracks[0]?.mode)

  test('are shown from the beginning, turned off and on by keyboard, and stay as they were chosen', async () => {
    const { page, context, faults } = await open(view)
    const button = page.getByRole('button', { name: '中文字幕' })
    expect(await mode(page)).toBe('showing')
    await expect
      .poll(() => page.locator('video').evaluate((video: HTMLVideoElement) => video.textTracks[0]?.cues?.length))
      .toBe(1)
    await button.focus()
    await page.keyboard.press('Enter')
    expect([await mode(page), await button.getAttribute('aria-pressed')]).toEqual(['disabled', 'false'])
    await page.reload()
    expect([await mode(page), await button.getAttribute('aria-pressed')]).toEqual(['disabled', 'false'])
    await button.focus()
    await page.keyboard.press('Space')
    expect([await mode(page), await button.getAttribute('aria-pressed')]).toEqual(['showing', 'true'])
    expect(await barriers(page)).toEqual([])
    expect(faults).toEqual([])
    await context.close()
  })

  test('follow the switch of the player itself', async () => {
    const { page, context } = await open(view)
    await page.locator('video').evaluate((video: HTMLVideoElement) => {
      for (const track of video.textTracks) track.mode = 'disabled'
    })
    await expect.poll(() => page.getByRole('button', { name: '中文字幕' }).getAttribute('aria-pressed')).toBe('false')
    await context.close()
  })

  test('are not spoken of where the film has none', async () => {
    const { page, context, faults } = await open({ ...view, video: { ...film, captions: null } })
    expect(await page.getByRole('button', { name: '字幕' }).count()).toBe(0)
    expect(faults).toEqual([])
    await context.close()
  })
})
