import type { Deps } from './deps.ts'

/** What is done without anybody asking, at most so often. It runs on one instance at a time, wherever that is. */
export type Job = {
  name: string
  everyMs: number
  /** Asks WeCom, and rests until the company is connected: what it owes stays owed. */
  asksWecom?: true
  work: (deps: Deps) => Promise<void>
}
