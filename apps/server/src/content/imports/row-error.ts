import type { Field } from './columns.ts'
import type { RowFault, RowProblem } from './row-values.ts'

/** A row that cannot be imported, thrown on the way to its plan. */
export class RowError extends Error {
  readonly fault: RowFault
  constructor(field: Field | '', problem: RowProblem) {
    super(problem)
    this.fault = { field, problem }
  }
}

export function check(holds: unknown, field: Field, problem: RowProblem): asserts holds {
  if (!holds) throw new RowError(field, problem)
}
