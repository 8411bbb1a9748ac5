import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { serveStub, startMood, type Mood } from './stub-server.ts'

const built = fileURLToPath(new URL('../dist', import.meta.url))
/** Pictures of everything that is looked at go here when it is set. */
const album = process.env['CONSOLE_PICTURES']
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const switches = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
]

/** The built console in Chromium against the stub. A fault in the page's own log fails the test it was in. */
export function useConsole() {
  let browser: Browser
  let stub: Awaited<ReturnType<typeof serveStub>>
  let page: Page
  let said: string[]

  beforeAll(async () => {
    stub = await serveStub(built)
    browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: switches })
  }, 60_000)

  afterAll(async () => {
    await browser.close()
    stub.close()
  })

  beforeEach(() => {
    Object.assign(stub.mood, startMood())
    said = []
  })
  afterEach(async () => {
    await page.context().close()
    if (said.length > 0) throw new Error(said.join('\n'))
  })

  return {
    page: (): Page => page,
    mood: (): Mood => stub.mood,
    path: (): string => page.url().slice(stub.url.length),
    async open(address: string, options: BrowserContextOptions = {}): Promise<void> {
      const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 800 }, ...options })
      page = await context.newPage()
      page.on('pageerror', (fault) => said.push(fault.message))
      page.on('console', (line) => {
        if (line.type() === 'error' && !/Failed to load resource/.test(line.text())) said.push(line.text())
      })
      await page.goto(`${stub.url}/console${address}`)
    },
    faultsOfAxe,
    sideways,
    /** Everything an automatic check finds at each of these widths, and where something runs off sideways. */
    async faultsAt(widths: readonly number[], name: string): Promise<string[]> {
      const faults: string[] = []
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 })
        if (album) await page.screenshot({ path: `${album}/${name}-${width}.png`, fullPage: true })
        const wide = (await sideways()) > 0 ? ['runs off sideways'] : []
        faults.push(...[...wide, ...(await faultsOfAxe())].map((fault) => `${width} px: ${fault}`))
      }
      return faults
    },
  }

  function sideways(): Promise<number> {
    return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  }

  async function faultsOfAxe(): Promise<string[]> {
    // Not as a script element: the page's policy would refuse it.
    await page.evaluate(axe)
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    const { violations } = await page.evaluate(
      (only) => (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run(document, { runOnly: only }), // put there above
      tags,
    )
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
  }
}
