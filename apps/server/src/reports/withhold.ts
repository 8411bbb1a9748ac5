type Group = { member: string; readers: number }

/**
 * Groups whose reading is kept back: those about fewer doctors than `fewest`, and, while what is kept back can be worked out
 * from the total and is about too few itself, the smallest of the others as well.
 */
export function withheldGroups(groups: readonly Group[], fewest: number): Set<string> {
  const bySize = groups.filter(({ readers }) => readers > 0).toSorted((one, other) => one.readers - other.readers)
  let hidden = bySize.filter(({ readers }) => readers < fewest).length
  const about = (): number => bySize.slice(0, hidden).reduce((sum, { readers }) => sum + readers, 0)
  while (hidden > 0 && hidden < bySize.length && about() < fewest) hidden += 1
  return new Set(bySize.slice(0, hidden).map(({ member }) => member))
}
