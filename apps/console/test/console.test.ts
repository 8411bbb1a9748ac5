import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { serveStub } from './stub-server.ts'

const folder = fileURLToPath(new URL('..', import.meta.url))
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const switches = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
]

vi.setConfig({ testTimeout: 30_000 })

let built: string
let browser: Browser
let stub: Awaited<ReturnType<typeof serveStub>>
let page: Page
let said: string[]

beforeAll(async () => {
  built = mkdtempSync(join(tmpdir(), 'vouch-console-'))
  execFileSync('npx', ['vite', 'build', '--outDir', built, '--emptyOutDir'], { cwd: folder, stdio: 'ignore' })
  stub = await serveStub(built)
  browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: switches })
}, 60_000)

afterAll(async () => {
  await browser.close()
  stub.close()
  rmSync(built, { recursive: true, force: true })
})

beforeEach(() => {
  Object.assign(stub.mood, { signedIn: true, list: 'ok', me: 'ok', lateMs: 0 })
  said = []
})
afterEach(async () => {
  await page.context().close()
  if (said.length > 0) throw new Error(said.join('\n'))
})

async function open(address: string, options: BrowserContextOptions = {}): Promise<void> {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 800 }, ...options })
  page = await context.newPage()
  page.on('pageerror', (fault) => said.push(fault.message))
  page.on('console', (line) => {
    if (line.type() === 'error' && !/Failed to load resource/.test(line.text())) said.push(line.text())
  })
  await page.goto(`${stub.url}/console${address}`)
}

const rows = () => page.locator('tbody[role] tr.send')
const countRows = () => expect.poll(() => rows().count())
const path = () => page.url().slice(stub.url.length)
const button = (name: string) => page.getByRole('button', { name, exact: true })

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

const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

describe('the console in a browser', () => {
  test('asks to sign in, keeps the address, and starts the sign-in with it', async () => {
    stub.mood.signedIn = false
    await open('/sends?show=unknown&q=%E5%BC%A0')
    await page.getByRole('link', { name: '用企业微信登录' }).waitFor()
    expect(path()).toBe('/console/sends?show=unknown&q=%E5%BC%A0')
    expect(await faultsOfAxe()).toEqual([])
    await page.getByRole('link', { name: '用企业微信登录' }).click()
    expect(new URL(page.url()).searchParams.get('next')).toBe('/console/sends?show=unknown&q=%E5%BC%A0')
  })

  test('lists, filters and searches by address, and Back goes back', async () => {
    await open('/')
    await countRows().toBe(20)
    expect(path()).toBe('/console/sends')
    await page.getByRole('link', { name: '已拦下' }).click()
    await countRows().toBe(15)
    expect(path()).toBe('/console/sends?show=refused')
    await page.keyboard.press('/')
    await page.keyboard.type('手册', { delay: 30 })
    await expect.poll(path).toBe('/console/sends?show=refused&q=%E6%89%8B%E5%86%8C')
    await countRows().toBeLessThan(15)
    await page.goBack()
    await countRows().toBe(15)
    await page.goBack()
    await countRows().toBe(20)
    expect(await page.getByRole('searchbox').inputValue()).toBe('')
  })

  test('is worked by keys: into the rows, unfold, fold', async () => {
    await open('/sends')
    await countRows().toBe(20)
    await page.keyboard.press('/')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    const detail = page.locator('.send-more')
    await detail.getByText('拦下的原因').waitFor()
    expect(await detail.textContent()).toContain('医生尚未同意接收')
    await page.keyboard.press('Escape')
    await expect.poll(() => detail.count()).toBe(0)
  })

  test('goes on to the end page by page, and an error on the way keeps what is there', async () => {
    await open('/sends')
    await countRows().toBe(20)
    stub.mood.list = 'broken'
    await button('更多').click()
    await page.getByText('更早的记录没有读到').waitFor()
    await countRows().toBe(20)
    stub.mood.list = 'ok'
    await button('更多').click()
    await countRows().toBe(40)
    await button('更多').click()
    await countRows().toBe(60)
    expect(await page.getByRole('status').allTextContents()).toContain('共 60 条，到头了')
    expect(await button('更多').count()).toBe(0)
  })

  test('keeps the head of the table in sight and never covers what has the focus', async () => {
    await open('/sends')
    await countRows().toBe(20)
    await page.locator('.send-toggle').last().focus()
    await page.locator('.send-toggle').first().focus()
    await page.mouse.wheel(0, 300)
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(80)
    const head = await page.locator('thead th').first().boundingBox()
    expect(head?.y).toBeGreaterThanOrEqual(0)
    await page.keyboard.press('ArrowDown')
    const focus = await page.locator('.send-toggle:focus').boundingBox()
    expect(focus?.y).toBeGreaterThanOrEqual((head?.y ?? 0) + (head?.height ?? 0))
    expect((await rows().first().boundingBox())?.height).toBeLessThanOrEqual(33)
  })

  test('says that nothing could be read, with a number, and tries again', async () => {
    stub.mood.list = 'broken'
    await open('/sends')
    await page.getByText(/问题编号 GEN-03 internal · \d\d:\d\d:\d\d/).waitFor()
    expect(await faultsOfAxe()).toEqual([])
    stub.mood.list = 'ok'
    await button('重试').click()
    await countRows().toBe(20)
  })

  test('without a network shows what it had, and when that was', async () => {
    await open('/sends')
    await countRows().toBe(20)
    await page.context().setOffline(true)
    await page.getByText(/网络断了。看到的是 \d\d:\d\d:\d\d 读取的/).waitFor()
    await countRows().toBe(20)
    await page.context().setOffline(false)
  })

  for (const width of [1280, 320]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const lang of ['zh', 'en']) {
        test(`has no fault of access at ${width} px, ${colorScheme}, ${lang}`, async () => {
          await open(`/sends?lang=${lang}`, { viewport: { width, height: 900 }, colorScheme })
          await countRows().toBe(20)
          for (const place of [0, 1, 2]) await page.locator('.send-toggle').nth(place).click()
          expect(await faultsOfAxe()).toEqual([])
          expect(await sideways()).toBeLessThanOrEqual(0)
        })
      }
    }
  }
})
