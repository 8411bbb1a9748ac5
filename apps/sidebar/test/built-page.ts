import { fileURLToPath } from 'node:url'
import AxeBuilder from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { type Chat, launch, type Look, openContext, openList } from './browser.ts'
import { type FakeServer, startFakeServer } from './fake-server.ts'
import { buildAnswers } from './world.ts'

const dist = fileURLToPath(new URL('../dist', import.meta.url))
/** Screenshots of all states go here when it is set. */
const album = process.env['SIDEBAR_ALBUM']

/** The built page in Chromium, as WeCom's webview shows it, with the endpoints of the contract played. Call it once, at the top. */
export function useBuiltPage() {
  let browser: Browser
  let fake: FakeServer
  let contexts: BrowserContext[] = []
  let faults: string[] = []

  beforeAll(async () => {
    browser = await launch()
  }, 60_000)
  afterAll(async () => {
    await browser.close()
  })
  beforeEach(async () => {
    fake = await startFakeServer(dist, buildAnswers())
    faults = []
  })
  afterEach(async () => {
    for (const context of contexts) await context.close()
    contexts = []
    await fake.close()
  })

  /** A browser of one test, closed after it. */
  async function newContext(look: Look = {}, chat: Partial<Chat> = {}): Promise<BrowserContext> {
    const context = await openContext(browser, look, chat)
    contexts.push(context)
    context.setDefaultTimeout(10_000)
    context.on('weberror', (fault) => faults.push(String(fault.error())))
    context.on(
      'console',
      (said) => said.type() === 'error' && /Content Security Policy/.test(said.text()) && faults.push(said.text()),
    )
    return context
  }

  return {
    newContext,
    fake: () => fake,
    faults: () => faults,
    open: async (look: Look = {}, chat: Partial<Chat> = {}, search = ''): Promise<Page> =>
      openList(await newContext(look, chat), fake.url, search),
    calls: (name: string) => fake.calls.filter((call) => call.name === name),
    factKinds: () =>
      fake.calls.filter(({ name }) => name === 'recordFact').map(({ input }) => (input as { kind: string }).kind),
  }
}

export const handed = (page: Page) => page.evaluate(() => window.handed)
export const setChat = (page: Page, chat: Partial<Chat>) =>
  page.evaluate((change) => Object.assign(window.chat, change), chat)
export const photo = async (page: Page, name: string) =>
  void (album && (await page.screenshot({ path: `${album}/${name}.png` })))
export const sideways = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

/** Fails with whatever keeps people from using the page as it now is. */
export async function expectNoBarrier(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(250)
  await photo(page, name)
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  expect(await sideways(page)).toBeLessThanOrEqual(0)
}
