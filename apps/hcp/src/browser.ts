import { openContents, saveData, saveOnSlowNetwork, switchLook, tuckBar } from './browser/bar.ts'
import { switchCaptions } from './browser/captions.ts'
import { whenLookedAt } from './browser/opening.ts'
import { createPageClock, type PageView } from './browser/page-clock.ts'
import { findInPages } from './browser/find.ts'
import { hideForwarding } from './browser/forward.ts'
import { watchNetwork } from './browser/network.ts'
import { keepPlace, offerPlace } from './browser/place.ts'
import { newId, post } from './browser/post.ts'
import { forget, keepReport } from './browser/report.ts'
import { zoomPages } from './browser/zoom.ts'

/** Only enhances: every page is whole and readable before this runs, and stays so if it never does. */
const reader = document.querySelector<HTMLElement>('[data-reader]')
if (reader) start(reader)

const report = document.querySelector<HTMLFormElement>('[data-report]')
if (report) keepReport(report)
if (document.querySelector('[data-received]')) forget()

function start(main: HTMLElement): void {
  const path = location.pathname
  if (location.hash === '#wechat_redirect') history.replaceState(null, '', path + location.search)

  whenLookedAt(document, () => void post(`${path}/opened`, { openingId: newId() }))
  watchPages(main, path)
  if (main.dataset['forward'] === 'no') hideForwarding()
  const captions = main.querySelector<HTMLElement>('[data-captions]')
  const video = main.querySelector('video')
  if (captions && video) switchCaptions(captions, video.textTracks)

  const bar = document.querySelector<HTMLElement>('[data-bar]')
  if (!bar) return
  tuckBar(bar)
  openContents(bar)
  switchLook(bar, saveData)
  const { close = '', zoomIn = '', zoomOut = '' } = main.dataset
  zoomPages({ close, zoomIn, zoomOut })
  saveOnSlowNetwork(bar)
  offerPlace(path, bar.querySelector('[data-resume]'))
  const net = bar.querySelector<HTMLElement>('[data-net]')
  if (net) watchNetwork(main, net)
  const find = main.querySelector<HTMLFormElement>('[data-find]')
  if (find) findInPages(find, main)
}

/** As many looks as one report may hold. */
const mostWaiting = 60

/** The page in the middle of the screen is the one being read; it is measured only where the HCP agreed to that. */
function watchPages(main: HTMLElement, path: string): void {
  const where = document.querySelector('[data-where]')
  const waiting: PageView[] = []
  let recording = main.dataset['record'] === 'pages'
  const flush = async () => {
    if (waiting.length === 0) return
    const views = waiting.splice(0)
    const told = views.map((view) => [view.page, view.viewId, view.visibleMs])
    const answer = await post(`${path}/read`, { views: told })
    // A no is final: the consent was taken back, or the page is not theirs any more.
    if (answer === 'refused') stop()
    if (answer === 'away') waiting.unshift(...views.slice(-mostWaiting))
  }
  const clock = createPageClock((view) => waiting.push(view), newId)
  const stop = () => {
    recording = false
    clock.turnTo(null)
    waiting.length = 0
  }
  let middle: number | null = null
  const turn = () => {
    if (recording) clock.turnTo(document.visibilityState === 'visible' ? middle : null)
  }

  const sight = watchMiddle((seen) => {
    for (const { isIntersecting, target } of seen) {
      const page = Number((target as HTMLElement).dataset['page'])
      if (isIntersecting) middle = page
      else if (middle === page) middle = null
    }
    if (where && middle !== null) where.textContent = `${middle} / ${main.dataset['parts'] ?? ''}`
    if (middle !== null) keepPlace(path, middle)
    turn()
  })
  for (const page of main.querySelectorAll('[data-page]')) sight.observe(page)
  if (!recording) return
  const leave = () => {
    turn()
    if (document.visibilityState !== 'visible') void flush()
  }
  document.addEventListener('visibilitychange', leave)
  addEventListener('pagehide', () => {
    clock.turnTo(null)
    void flush()
  })
  setInterval(() => void flush(), 10_000)
}

/** Watches the line in the middle of the screen. In a frame of another site margins count only for a root of the page's own. */
function watchMiddle(act: IntersectionObserverCallback): IntersectionObserver {
  const rootMargin = '-50% 0px'
  try {
    return new IntersectionObserver(act, { root: document, rootMargin })
  } catch {
    return new IntersectionObserver(act, { rootMargin }) // older browsers know no such root
  }
}
