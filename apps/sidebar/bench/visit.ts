import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { installProbe } from './probe.ts'
import { doctors } from './stub-answers.ts'

const rows = 10
/** Tencent's hop when the page proves who it is (assurance.md 8). */
const identityMs = 100
export const roundTripMs = 100
const slower = 4
const mbit = 1_000_000 / 8
/** Long tasks count until this long after the list. */
const blockingAfterMs = 800
/** A page's process starts, and the one before ends, outside what is measured. */
const settlingMs = 500
const wecom =
  'Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36 wxwork/4.1.36 MicroMessenger/7.0.1'

/** One load of one page. Times in ms from navigation, sizes in bytes as they travelled, before the list. */
export type Visit = {
  list: number
  decided: number
  firstPaint: number
  blocking: number
  js: number
  css: number
  bytes: number
  requests: number
  /** What travelled beside it at low priority, for later; not in the figures above. */
  beside: number
  shift: number
}

/** An empty cache, WeCom's user agent and its bridge. */
export async function openPhone(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 375, height: 667 },
    deviceScaleFactor: 2,
    hasTouch: true,
    locale: 'zh-CN',
    userAgent: wecom,
  })
  await context.addInitScript(installProbe, { rows, contact: doctors[0]?.id ?? '', identityMs })
  return context
}

/** A new page with the slow phone and the slow network of assurance.md 8. */
async function openSlowPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: roundTripMs,
    downloadThroughput: 9 * mbit,
    uploadThroughput: 3 * mbit,
  })
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower })
  await page.waitForTimeout(settlingMs)
  return page
}

/** Opens the page and waits for its list, with `decides` also until it is decided what may be sent. */
export async function visit(
  context: BrowserContext,
  url: string,
  decides: boolean,
): Promise<{ page: Page; seen: Visit }> {
  const page = await openSlowPage(context)
  await page.goto(url, { waitUntil: 'commit' })
  await page.evaluate(() => window.probe.listed)
  if (decides) await page.evaluate(() => window.probe.decided)
  await page.waitForTimeout(blockingAfterMs + 200)
  const { styles, ...seen } = await page.evaluate(readVisit, blockingAfterMs)
  return { page, seen: { ...seen, css: seen.css + (styles ? gzipSync(styles, { level: 6 }).length : 0) } }
}

/** Runs in the page. `styles` is the text of inline style sheets. */
function readVisit(blockingAfterMs: number): Visit & { styles: string } {
  const { rowsAt, listAt, decidedAt, longTasks, shift } = window.probe
  const loads = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  const later = new Set(
    Array.from(document.querySelectorAll<HTMLLinkElement>('link[fetchpriority=low]'), ({ href }) => href),
  )
  const begun = (loads as PerformanceResourceTiming[]).filter(({ startTime }) => startTime < rowsAt) // what these two types hold
  const before = begun.filter(({ name }) => !later.has(name))
  const size = (end: string): number =>
    before
      .filter(({ name, transferSize, responseEnd }) => name.endsWith(end) && transferSize > 0 && responseEnd <= rowsAt)
      .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)
  const counted = longTasks.filter(({ from }) => from < listAt + blockingAfterMs)
  return {
    list: listAt,
    decided: decidedAt,
    firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    blocking: counted.reduce((sum, { ms }) => sum + Math.max(0, ms - 50), 0),
    js: size('.js'),
    css: size('.css'),
    bytes: size(''),
    requests: before.filter(({ transferSize, responseEnd }) => transferSize > 0 || responseEnd > rowsAt).length,
    beside: begun
      .filter(({ name, transferSize }) => later.has(name) && transferSize > 0)
      .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    shift,
    styles: Array.from(document.querySelectorAll('style'), ({ textContent }) => textContent).join('\n'),
  }
}
