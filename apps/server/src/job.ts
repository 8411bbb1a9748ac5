import type { Deps } from './deps.ts'

/** What is done without anybody asking, at most so often. It runs on one instance at a time, wherever that is. */
export type Job = { name: string; everyMs: number; work: (deps: Deps) => Promise<void> }
