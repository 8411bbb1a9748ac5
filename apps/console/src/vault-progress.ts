import type { VaultStatus } from './api.ts'

export const counted = ['published', 'held', 'ended', 'quarantined'] as const
export type Change = { name: (typeof counted)[number]; by: number }

/** How far a check is that was asked for here. `drawing` and everything before it go on by themselves. */
export type Progress =
  | { kind: 'asked' | 'running' | 'comparing' | 'late' }
  | { kind: 'drawing'; count: number }
  | { kind: 'done'; changes: Change[] }
  | { kind: 'failed'; problem: string }

const lateMs = 20_000
/** Pages take seconds; a rendition that Vault has not made yet may take minutes, and is no reason to keep anybody. */
const longestDrawingMs = 90_000

/** What became of a check since it was asked for, from how the connection stood then and stands now. */
export function progressOf(before: VaultStatus, now: VaultStatus, waitedMs: number): Progress {
  if (now.running || now.comparing) return { kind: now.comparing ? 'comparing' : 'running' }
  if (now.problem !== null) return { kind: 'failed', problem: now.problem }
  const ended = now.cycleAt !== null && now.cycleAt.getTime() > (before.cycleAt?.getTime() ?? 0)
  if (now.asked || !ended) return { kind: waitedMs > lateMs ? 'late' : 'asked' }
  if (now.waiting > 0 && now.brake === null && waitedMs < longestDrawingMs)
    return { kind: 'drawing', count: now.waiting }
  const changes = counted.map((name) => ({ name, by: now[name] - before[name] }))
  return { kind: 'done', changes: changes.filter(({ by }) => by !== 0) }
}

export const isOver = ({ kind }: Progress): boolean => kind === 'done' || kind === 'failed' || kind === 'late'
