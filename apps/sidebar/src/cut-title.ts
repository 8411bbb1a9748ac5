export type TitlePart = { text: string; marked: boolean }

/** Cuts a title at [start, length] pairs in UTF-16 units. Pairs that overlap or lie outside are made harmless. */
export function cutTitle(title: string, highlights: readonly (readonly [number, number])[]): TitlePart[] {
  const parts: TitlePart[] = []
  let at = 0
  for (const [start, length] of [...highlights].sort(byStart)) {
    const from = Math.max(at, start)
    const until = Math.min(title.length, start + length)
    if (until <= from) continue
    if (from > at) parts.push({ text: title.slice(at, from), marked: false })
    parts.push({ text: title.slice(from, until), marked: true })
    at = until
  }
  if (at < title.length) parts.push({ text: title.slice(at), marked: false })
  return parts
}

function byStart(one: readonly [number, number], other: readonly [number, number]): number {
  return one[0] - other[0]
}
