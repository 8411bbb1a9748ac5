import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { serveStub, startMood, type Mood } from './stub-server.ts'

const folder = fileURLToPath(new URL('..', import.meta.url))
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const switches = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
]

/** The built console in Chromium against the stub. A fault in the page's own log fails the test it was in. */
export function useConsole() {
  let built: string
  let browser: Browser
  let stub: Awaited<ReturnType<typeof serveStub>>
  let page: Page
  let said: string[]

  beforeAll(async () => {
    built = mkdtempSync(join(tmpdir(), 'vouch-console-'))
    const env = { ...process.env, NODE_ENV: 'production' } // as it is delivered: the tests' own mode weighs more
    execFileSync('npx', ['vite', 'build', '--outDir', built, '--emptyOutDir'], { cwd: folder, stdio: 'ignore', env })
    stub = await serveStub(built)
    browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: switches })
  }, 60_000)

  afterAll(async () => {
    await browser.close()
    stub.close()
    rmSync(built, { recursive: true, force: true })
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
    async faultsOfAxe(): Promise<string[]> {
      // Not as a script element: the page's policy would refuse it.
      await page.evaluate(axe)
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
      const { violations } = await page.evaluate(
        (only) => (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run(document, { runOnly: only }), // put there above
        tags,
      )
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
    },
    sideways: () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
  }
}
