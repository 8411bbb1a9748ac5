/** What each list may be ordered by: a column of its rows, backwards with - before it. The first is meant where none is said. */
export const listOrders = {
  accounts: ['doctor', '-doctor'],
  audit: ['-at', 'at'],
  consents: ['-statedAt', 'statedAt'],
  /** Without one: what a search found best, what ends soon soonest, else the newest first. */
  content: ['', 'title', '-title', 'expiresAt', '-expiresAt'],
  people: ['name', '-name'],
  sends: ['-at', 'at'],
} as const
