import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { useBench } from './bench.ts'
import { sitDown } from './office.ts'
import { barriersIn, photoPath, sidewaysIn } from './sight.ts'

const bench = useBench({ still: true })

/** Between them they may open every screen; who comes later looks at what nobody saw before. */
const colleagues = ['许岚', '陈晨', '沈航', '罗安', '唐伟']
const wide = { width: 1280, height: 900 }
const narrow = { width: 320, height: 640 }

/** Screens by their address with the ids taken out, such as `/console/doctors/of/…`. */
const screenOf = (address: string): string =>
  new URL(address).pathname
    .split('/')
    .map((part) => (/[A-Z\d]/.test(part) ? '…' : part))
    .join('/')

describe('the console', () => {
  test(
    'shows every screen that a link leads to without a barrier, in both languages, wide and narrow',
    {
      timeout: 300_000,
    },
    async () => {
      const seen = new Set<string>()
      const faults: string[] = []
      for (const name of colleagues) {
        const context = await bench.newBrowser()
        const page = await context.newPage()
        page.on('pageerror', (fault) => faults.push(`${page.url()} ${fault.message}`))
        page.on('response', (answer) => {
          if (answer.status() >= 500) faults.push(`${page.url()} ${answer.status()} ${answer.url()}`)
        })
        await sitDown(page, name, '/')
        await walk(page, seen, faults)
        await context.close()
      }
      expect(faults).toEqual([])
      expect(seen.size).toBeGreaterThan(25)
    },
  )
})

/** Follows links as far as they lead; a screen that a colleague saw is only asked where it leads from there. */
async function walk(page: Page, seen: Set<string>, faults: string[]): Promise<void> {
  const visited = new Set<string>()
  const queue = [page.url()]
  for (let address = queue.shift(); address; address = queue.shift()) {
    const screen = screenOf(address)
    if (visited.has(screen) || (seen.has(screen) && screen.includes('…'))) continue
    visited.add(screen)
    await page.goto(address)
    const headed = page.locator('main h1').first().waitFor()
    await headed.catch(() => faults.push(`${address} has no heading`))
    await page.waitForLoadState('networkidle')
    queue.push(...(await linksOn(page)))
    if (!seen.has(screen)) faults.push(...(await look(page)).map((fault) => `${screen} ${fault}`))
    seen.add(screen)
  }
}

async function look(page: Page): Promise<string[]> {
  const found = (await barriersIn(page)).map((barrier) => `zh 1280: ${barrier.slice(0, 300)}`)
  await page.screenshot({
    path: photoPath(`screen${screenOf(page.url()).replaceAll('/', '-')}-zh-1280`),
    fullPage: true,
  })
  await page.setViewportSize(narrow)
  if ((await sidewaysIn(page)) > 0) found.push('zh 320: scrolls sideways')
  await page.getByRole('button', { name: 'English' }).first().click()
  await page.locator('html[lang^=en]').waitFor()
  if ((await sidewaysIn(page)) > 0) found.push('en 320: scrolls sideways')
  found.push(...(await barriersIn(page)).map((barrier) => `en 320: ${barrier.slice(0, 300)}`))
  await page.screenshot({
    path: photoPath(`screen${screenOf(page.url()).replaceAll('/', '-')}-en-320`),
    fullPage: true,
  })
  await page.getByRole('button', { name: '中文' }).first().click()
  await page.setViewportSize(wide)
  return found
}

const linksOn = (page: Page): Promise<string[]> =>
  page
    .locator('a[href^="/console/"]:not([download]):not([target=_blank])')
    .evaluateAll((links) => links.map((link) => (link as unknown as { href: string }).href))
