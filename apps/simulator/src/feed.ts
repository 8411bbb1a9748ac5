export type FeedKind = 'bridge' | 'api' | 'callback' | 'chat' | 'link' | 'sign-in' | 'http' | 'switch'

/** One line of "what happened". `at` is real time in ms. */
export type FeedEntry = { seq: number; at: number; kind: FeedKind; title: string; ok: boolean; detail: unknown }

export type Feed = {
  tell: (kind: FeedKind, title: string, ok: boolean, detail?: unknown) => void
  /** Says that the state changed, so that stages read it again. */
  changed: () => void
  entries: () => FeedEntry[]
  clear: () => void
  listen: (listener: (entry: FeedEntry | null) => void) => () => void
}

const kept = 1000

export function createFeed(clock: () => number): Feed {
  let entries: FeedEntry[] = []
  let seq = 0
  const listeners = new Set<(entry: FeedEntry | null) => void>()
  return {
    tell(kind, title, ok, detail = null) {
      const entry = { seq: ++seq, at: clock(), kind, title, ok, detail }
      entries = [...entries.slice(1 - kept), entry]
      for (const listener of listeners) listener(entry)
    },
    changed() {
      for (const listener of listeners) listener(null)
    },
    entries: () => entries,
    clear() {
      entries = []
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
