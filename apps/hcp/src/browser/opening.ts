/** A fetch is not an opening: the page must be looked at this long, without a break (assurance.md 2.2, fact O). */
export const openingMs = 2_000

type Sight = Pick<Document, 'visibilityState' | 'addEventListener'>

/** Calls `opened` once, when the page has been visible for two seconds in a row. */
export function whenLookedAt(page: Sight, opened: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let done = false
  const look = () => {
    clearTimeout(timer)
    if (done || page.visibilityState !== 'visible') return
    timer = setTimeout(() => {
      done = true
      opened()
    }, openingMs)
  }
  page.addEventListener('visibilitychange', look)
  look()
}
