import { readTable, type Table, type TableRow } from '../../read-csv.ts'
import { columnOf, type Field } from './columns.ts'

export type ListRow = TableRow<Field>
export type List = Table<Field>

/** Reads a list as Excel, WPS or a program wrote it. Throws ListError. */
export const readList = (bytes: Uint8Array): Promise<List> =>
  readTable(bytes, { columnOf, required: ['document_id', 'title'] })
