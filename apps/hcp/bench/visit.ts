import type { Browser } from 'playwright-core'

const mbit = 1_000_000 / 8
const settlingMs = 500
const wechat =
  'Mozilla/5.0 (Linux; Android 13; wv) AppleWebKit/537.36 Chrome/126 Mobile Safari/537.36 MicroMessenger/8.0.50 NetType/4G Language/zh_CN'

/** Phones and networks: that of assurance.md section 8, and a slow 4G as others measure it. Both with a CPU four times slower. */
export const profiles = {
  usual: { says: 'usual (100 ms, 9/3 Mbps)', roundTripMs: 100, down: 9 * mbit, up: 3 * mbit },
  slow: { says: 'slow 4G (150 ms, 1.6/0.75 Mbps)', roundTripMs: 150, down: 1.6 * mbit, up: 0.75 * mbit },
}
export type Profile = keyof typeof profiles
const slower = 4

/** One load. Times in ms from navigation; sizes in bytes as they travelled. */
export type Visit = {
  text: number
  page: number
  html: number
  js: number
  picture: number
  pictures: number
  shift: number
}

type Probe = { textAt: number; pageAt: number; shift: number; shown: Promise<void> }
type Probed = Window & { probe: Probe }

/** Opens a page in a browser that knows nothing, and waits until the first page of the document is painted. */
export async function visit(browser: Browser, url: string, profile: Profile): Promise<Visit> {
  const context = await browser.newContext({
    ...{ viewport: { width: 375, height: 667 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
    ...{ locale: 'zh-CN', userAgent: wechat },
  })
  await context.addInitScript(watch)
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  const { roundTripMs: latency, down: downloadThroughput, up: uploadThroughput } = profiles[profile]
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency, downloadThroughput, uploadThroughput },
  })
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower })
  await page.waitForTimeout(settlingMs)
  await page.goto(url, { waitUntil: 'commit' })
  await page.evaluate(() => (window as unknown as Probed).probe.shown)
  await page.waitForTimeout(settlingMs)
  const seen = await page.evaluate(read)
  await context.close()
  return seen
}

/** Runs in the page before anything else: notes when the heading and the first picture are there, painted two frames later. */
function watch(): void {
  let done = () => {}
  const probe: Probe = { textAt: 0, pageAt: 0, shift: 0, shown: new Promise((resolve) => (done = resolve)) }
  Object.assign(window, { probe })
  const twoFrames = (act: () => void): void => void requestAnimationFrame(() => requestAnimationFrame(act))
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) probe.shift += (entry as PerformanceEntry & { value: number }).value
  }).observe({ type: 'layout-shift', buffered: true })
  const shown = (): void => {
    probe.pageAt = performance.now()
    done()
  }
  const look = (): void => {
    const picture = document.querySelector<HTMLImageElement>('img.sheet')
    if (!probe.textAt && document.querySelector('h1')) {
      probe.textAt = -1
      twoFrames(() => (probe.textAt = performance.now()))
    }
    if (!picture?.complete || picture.naturalWidth === 0) return void requestAnimationFrame(look)
    void picture.decode().finally(() => twoFrames(shown))
  }
  look()
}

/** Runs in the page. */
function read(): Visit {
  const { textAt, pageAt, shift } = (window as unknown as Probed).probe
  const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  const loads = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
  const pictures = loads.filter(({ name }) => name.endsWith('.webp'))
  const first = pictures.find(({ name }) => name.includes('/pages/1/'))
  return {
    ...{ text: textAt, page: pageAt, shift, html: page?.encodedBodySize ?? 0 },
    js: loads.find(({ name }) => name.endsWith('.js'))?.encodedBodySize ?? 0,
    picture: first?.encodedBodySize ?? 0,
    pictures: pictures.filter(({ startTime }) => startTime < pageAt).length,
  }
}
