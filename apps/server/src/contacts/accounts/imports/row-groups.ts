import type { AccountListRow } from './account-columns.ts'
import { saysOf } from './plan-row.ts'
import { readAccountRow, type AccountValues } from './read-account-row.ts'

/** What a list as a whole says of one doctor: a row for each who serves them is normal. */
export type Group = {
  /** Number of the first row that can be read. */
  first: number
  says: string
  /** Where somebody serves them today, in the order of the list. */
  territories: string[]
  /** Of the first row. */
  territory: string
}

export function groupRows(rows: readonly AccountListRow[], today: string): Map<string, Group> {
  const groups = new Map<string, Group>()
  for (const row of rows) {
    const values = readAccountRow(row)
    if ('problem' in values) continue
    const group = groups.get(values.externalId) ?? {
      ...{ first: row.number, says: saysOf(values), territories: [], territory: values.territory },
    }
    if (isToday(values, today) && !group.territories.includes(values.territory))
      group.territories.push(values.territory)
    groups.set(values.externalId, group)
  }
  return groups
}

const isToday = ({ fromDay, untilDay, active }: AccountValues, today: string): boolean =>
  active && (!fromDay || fromDay <= today) && (!untilDay || untilDay >= today)
