/** Shanghai has kept UTC+8 without summer time since 1991; the console shows its time in full (ux.md section 10). */
const shanghaiMs = 8 * 3_600_000

const inShanghai = (at: Date): string => new Date(at.getTime() + shanghaiMs).toISOString()

/** 2026-11-21 14:05:12 */
export function dayAndClock(at: Date): string {
  return inShanghai(at).slice(0, 19).replace('T', ' ')
}

/** 14:05:12 */
export function clock(at: Date): string {
  return inShanghai(at).slice(11, 19)
}

/** 2026-11-21 */
export function day(at: Date): string {
  return inShanghai(at).slice(0, 10)
}

/** 2026-11-21 14:05:12 +08:00 */
export function exact(at: Date): string {
  return `${dayAndClock(at)} +08:00`
}

/** Pages in their order, those that follow each other as one: 1–3, 7. */
export function ranges(pages: readonly number[]): string[] {
  const runs: [number, number][] = []
  for (const page of pages) {
    const last = runs.at(-1)
    if (last && page === last[1] + 1) last[1] = page
    else runs.push([page, page])
  }
  return runs.map(([first, last]) => (first === last ? String(first) : `${first}–${last}`))
}
