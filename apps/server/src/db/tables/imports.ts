import type { Generated } from 'kysely'
import type { Truth } from './columns.ts'

export type ImportRunTable = {
  id: string
  personId: string
  uploadId: string
  csvHash: string
  dry: Truth
  state: 'waiting' | 'running' | 'done' | 'failed'
  rowsDone: Generated<number>
  rowsFailed: Generated<number>
  createdAt: Date
  doneAt: Date | null
  /** Rows of the list; null until it is read. */
  rowCount: number | null
  rowsNew: Generated<number>
  rowsNewVersion: Generated<number>
  rowsChanged: Generated<number>
  rowsUnchanged: Generated<number>
}

/** Row 0 is the list as a whole. */
export type ImportRowTable = {
  runId: string
  number: number
  outcome: 'new' | 'new_version' | 'changed' | 'unchanged' | 'failed'
  field: Generated<string>
  problem: Generated<string>
  documentId: string | null
  /** Where it stands in the list as a spreadsheet counts. */
  line: number | null
}
