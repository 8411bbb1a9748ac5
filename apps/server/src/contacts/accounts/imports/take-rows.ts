import type { Transaction } from 'kysely'
import type { Database } from '../../../db/schema.ts'
import type { Deps } from '../../../deps.ts'
import type { ListRun } from '../../../list-imports.ts'
import type { AccountListRow } from './account-columns.ts'
import { findAround } from './around-rows.ts'
import { planRow, type Plan } from './plan-row.ts'
import { readAccountRow, type AccountValues, type RowFault } from './read-account-row.ts'
import type { Group } from './row-groups.ts'
import { writePlans } from './write-plans.ts'

export type TakenRow = {
  number: number
  line: number
  outcome: Plan['outcome'] | 'failed'
  field: string
  problem: string
  notes: string
  accountId: string | null
}
type Some = { rows: readonly AccountListRow[]; groups: Map<string, Group>; today: string }

/** Some rows of a list: looked at, or written with their accounts held as each send holds them. */
export async function takeRows(
  deps: Deps,
  trx: Transaction<Database>,
  run: ListRun,
  { rows, groups, today }: Some,
): Promise<TakenRow[]> {
  const read = rows.map((row) => ({ row, values: readAccountRow(row) }))
  const good = read.flatMap(({ values }) => (isFault(values) ? [] : [values]))
  if (good.length === 0) return read.map(({ row, values }) => takenOf(row, values))
  const around = await findAround(trx, good, run.stage === 'writing')
  const plans = read.map(({ row, values }) => {
    if (isFault(values)) return { row, values, plan: values }
    const group = groups.get(values.externalId)! // every row that can be read is in one
    return { row, values, plan: planRow({ values, group, number: row.number, around, today, newId: deps.newId }) }
  })
  if (run.stage === 'writing') {
    const written = plans.flatMap(({ values, plan }) =>
      isFault(values) || isFault(plan) ? [] : [{ ...plan, externalId: values.externalId }],
    )
    const actor = { kind: 'admin' as const, id: run.releasedBy ?? run.personId }
    await writePlans(deps, trx, written, { actor, at: deps.now(), runId: run.id })
  }
  return plans.map(({ row, plan }) => takenOf(row, plan, run.stage === 'writing'))
}

const isFault = (one: AccountValues | Plan | RowFault): one is RowFault => 'problem' in one

function takenOf({ number, line }: AccountListRow, plan: Plan | AccountValues | RowFault, written = false): TakenRow {
  if (isFault(plan)) return { number, line, outcome: 'failed', ...plan, notes: '', accountId: null }
  if (!('outcome' in plan)) throw new Error('a row that can be read has a plan')
  const { outcome, notes, accountId } = plan
  const known = accountId !== '' && (outcome !== 'new' || written) ? accountId : null
  return { number, line, outcome, field: '', problem: '', notes: notes.join(','), accountId: known }
}
