export type PageView = { page: number; viewId: string; visibleMs: number }

/** Shorter looks are scrolling past, not reading; longer ones are told in pieces, so that little is lost at the end. */
export const shortestMs = 2_000
export const longestMs = 15_000

/**
 * Measures how long each page is the one being looked at. `turnTo` names the page in the middle of the screen, or null
 * when the screen is hidden; each finished look of two seconds or more is told once, with an id of its own.
 */
export function createPageClock(tell: (view: PageView) => void, newId: () => string, now: () => number = Date.now) {
  let current: { page: number; since: number } | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const finish = () => {
    clearTimeout(timer)
    if (!current) return
    const visibleMs = Math.min(now() - current.since, longestMs)
    if (visibleMs >= shortestMs) tell({ page: current.page, viewId: newId(), visibleMs })
    current = null
  }
  const turnTo = (page: number | null) => {
    if (page === (current?.page ?? null)) return
    finish()
    if (page !== null) begin(page)
  }
  const begin = (page: number) => {
    current = { page, since: now() }
    timer = setTimeout(() => {
      finish()
      begin(page)
    }, longestMs)
  }
  return { turnTo }
}
