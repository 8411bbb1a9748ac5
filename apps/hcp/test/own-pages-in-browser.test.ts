import { gzipSync } from 'node:zlib'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ensureFonts } from '../../../scripts/lib/apt.mjs'
import { chromiumArguments, loadChromium } from '../../../scripts/lib/chromium.mjs'
import type { Language, View } from '../src/hcp-page.ts'
import { renderPage } from '../src/render.ts'
import { servePage } from './page-server.ts'
import { ask, ownViews } from './sample-own-pages.ts'
import { buildPage } from './sample-pages.ts'

const phone = { viewport: { width: 375, height: 667 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }

let browser: Browser
let site: Awaited<ReturnType<typeof servePage>>
beforeAll(async () => {
  await ensureFonts()
  site = await servePage('', buildPage(ask))
  browser = await chromium.launch({ executablePath: (await loadChromium()) ?? '', args: chromiumArguments })
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

async function open(view: View, given: BrowserContextOptions & { language?: Language; demo?: boolean } = {}) {
  const { language = 'zh-CN', demo = false, ...options } = given
  site.shown.page = buildPage(view, { language, demo })
  site.posted.splice(0)
  const context = await browser.newContext({ ...phone, ...options })
  const page = await context.newPage()
  await page.goto(`${site.url}/l/token`)
  return { page, close: () => context.close() }
}

describe.each(Object.entries(ownViews))('the page %s', (_, view) => {
  test('has no accessibility fault and no sideways scroll at 100 % and 200 % text, in both languages and themes, at 300 px', async () => {
    const faces = [
      { colorScheme: 'light', language: 'zh-CN', viewport: phone.viewport },
      { colorScheme: 'dark', language: 'en-US', viewport: { width: 300, height: 640 } },
    ] as const
    for (const face of faces) {
      const { page, close } = await open(view, face)
      await page.evaluate(() => {
        for (const one of document.querySelectorAll('details')) one.open = true
      })
      for (const size of ['100%', '200%']) {
        await page.evaluate((fontSize) => Object.assign(document.documentElement.style, { fontSize }), size)
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(violations.map(({ id, nodes }) => `${id} ${nodes.map((node) => node.html).join(' ')}`)).toEqual([])
        const sideways = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        expect(sideways).toBe(0)
      }
      await close()
    }
  })

  test('has targets no finger can miss, and no script', async () => {
    const { page, close } = await open(view)
    expect(await page.locator('script').count()).toBe(0)
    const small = await page.evaluate(() =>
      Array.from(document.querySelectorAll('main a, main button, main summary, main label, .foot summary, .to-mine a'))
        .filter((target) => target.closest('p') === null || target.closest('.act') !== null)
        .filter((target) => target.getBoundingClientRect().height > 0)
        .filter((target) => target.getBoundingClientRect().height < 44)
        .map((target) => target.textContent?.trim()),
    )
    expect(small).toEqual([])
    await close()
  })

  test('says nothing that is not a word', async () => {
    for (const language of ['zh-CN', 'en-US'] as const) {
      const html = await renderPage(buildPage(view, { language }))
      expect(html.replaceAll(/<style>.*?<\/style>|<textarea.*?<\/textarea>/gs, '')).not.toMatch(
        /undefined|null|\[object|NaN|Invalid/,
      )
    }
  })
})

describe('the consent page', () => {
  test('is answered by keys alone, without a script: the first box, then the yes', async () => {
    const { page, close } = await open(ask, { javaScriptEnabled: false, isMobile: false, hasTouch: false })
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('value') ?? '')
    await page.getByRole('checkbox', { name: /接收医学资料/ }).focus()
    await page.keyboard.press('Space')
    for (let tabs = 0; tabs < 6 && (await focused()) !== 'agree'; tabs += 1) await page.keyboard.press('Tab')
    await Promise.all([page.waitForResponse(/consent/), page.keyboard.press('Enter')])
    expect(site.posted.map(({ path }) => path)).toEqual(['/l/token/consent'])
    const sent = new URLSearchParams(site.posted[0]?.body)
    expect([sent.getAll('agree'), sent.get('answer'), sent.get('shown_receive')]).toEqual([['receive'], 'agree', '2'])
    await close()
  })

  test('shows both answers without scrolling on a small phone, under the banner of the demonstration too', async () => {
    for (const language of ['zh-CN', 'en-US'] as const) {
      for (const viewport of [phone.viewport, { width: 300, height: 640 }]) {
        const { page, close } = await open(ask, { language, viewport, demo: true, javaScriptEnabled: false })
        for (const answer of await page.locator('.two button').all()) {
          const box = await answer.boundingBox()
          expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThanOrEqual(viewport.height)
          const onTop = await answer.evaluate((button) => {
            const { x, y, width, height } = button.getBoundingClientRect()
            return document.elementFromPoint(x + width / 2, y + height / 2) === button
          })
          expect(onTop).toBe(true)
        }
        await close()
      }
    }
  })

  test('lets nothing that has the focus stand behind the answers, at 200 % text as well', async () => {
    for (const size of ['100%', '200%']) {
      const { page, close } = await open(ask, { demo: true })
      await page.evaluate((fontSize) => Object.assign(document.documentElement.style, { fontSize }), size)
      for (const target of await page.locator('main :is(input:not([type=hidden]), summary)').all()) {
        await page.evaluate(() => scrollTo(0, 0))
        await target.focus()
        const [box, answers] = [await target.boundingBox(), await page.locator('.two').boundingBox()]
        expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual((answers?.y ?? 0) + 1)
      }
      await close()
    }
  })

  test('offers a yes and a no of the same size, and the full text one tap away', async () => {
    const { page, close } = await open(ask)
    const [yes, no] = await Promise.all(
      ['同意', '暂不同意'].map((name) => page.getByRole('button', { name, exact: true }).boundingBox()),
    )
    expect([yes?.width, yes?.height]).toEqual([no?.width, no?.height])
    await page.getByText('看完整说明').tap()
    expect(await page.getByRole('heading', { name: '您的权利' }).isVisible()).toBe(true)
    await close()
  })

  test('takes three taps for both and the yes; taking it back takes two', async () => {
    const giving = await open(ask)
    let given = 0
    for (const target of [
      giving.page.getByRole('checkbox', { name: /接收/ }),
      giving.page.getByRole('checkbox', { name: /阅读/ }),
      giving.page.getByRole('button', { name: '同意', exact: true }),
    ]) {
      await target.tap()
      given += 1
    }
    await expect.poll(() => site.posted.length).toBe(1)
    await giving.close()

    const taking = await open(ownViews['given'] ?? ask)
    let taken = 0
    for (const target of [taking.page.getByText('撤回同意', { exact: true }), taking.page.getByText('确认撤回')]) {
      await target.tap()
      taken += 1
    }
    await expect.poll(() => site.posted.map(({ path }) => path)).toEqual(['/me/withdraw'])
    expect(taken).toBeLessThanOrEqual(given)
    expect(taken).toBe(2)
    await taking.close()
  })
})

test('a page weighs little: less than 12 kB for each, its style less than 8 kB', async () => {
  const sizes = await Promise.all(
    Object.entries(ownViews).map(async ([name, view]) => [name, gzipSync(await renderPage(buildPage(view))).length]),
  )
  expect(sizes.filter(([, size]) => Number(size) > 12_000)).toEqual([])
  const [, style = ''] = /<style>(.*?)<\/style>/s.exec(await renderPage(buildPage(ask))) ?? []
  expect(gzipSync(style).length).toBeLessThan(8_000)
})
