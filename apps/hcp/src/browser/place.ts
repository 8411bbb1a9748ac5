const key = 'vouch.places'
const most = 20
/** Sooner than here the reader is there by the first stroke of a finger. */
const worthIt = 3

type Places = { day: string; at: Record<string, number> }

const today = (): string => new Date().toDateString()

/** Where this browser was in its pages today. It stays on this device and says nothing to anybody. */
function read(): Places {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? '') as Places // written by keepPlace
    if (kept.day === today()) return kept
  } catch {
    // nothing kept, or the browser forbids it
  }
  return { day: today(), at: {} }
}

export function keepPlace(path: string, page: number): void {
  const { day, at } = read()
  const { [path]: _before, ...others } = at
  const newest = Object.entries(others).slice(1 - most)
  try {
    localStorage.setItem(key, JSON.stringify({ day, at: Object.fromEntries([...newest, [path, page]]) }))
  } catch {
    // forbidden or full: the page is read from its beginning
  }
}

/** Offers to go on where the reader was today; nothing moves by itself, because what it is stands at the top. */
export function offerPlace(path: string, link: HTMLAnchorElement | null): void {
  const page = read().at[path] ?? 1
  if (!link || page < worthIt || location.hash !== '' || !document.getElementById(`p${page}`)) return
  link.textContent = (link.dataset['resume'] ?? '').replace('{n}', String(page))
  link.href = `#p${page}`
  link.hidden = false
  link.addEventListener('click', () => (link.hidden = true))
}
