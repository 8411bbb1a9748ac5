/**
 * The value that so large a part stays below, from counts by stretch; within a stretch values are taken to lie evenly. What
 * is longer than the last border is told as that border. Null when nothing was counted.
 */
export function quantile(counts: readonly number[], borders: readonly number[], part: number): number | null {
  const all = counts.reduce((sum, n) => sum + n, 0)
  if (all === 0) return null
  const wanted = part * all
  let below = 0
  for (const [place, n] of counts.entries()) {
    if (n > 0 && below + n >= wanted) {
      const from = borders[place - 1] ?? 0
      const until = borders[place] ?? from
      return from + ((until - from) * (wanted - below)) / n
    }
    below += n
  }
  return borders.at(-1) ?? null
}
