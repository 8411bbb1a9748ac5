import { ListError, readLines, type Line } from '../../read-csv.ts'
import { columnOf, type Field } from './columns.ts'

/**
 * `number` counts rows of content from 1, `line` all of them as a spreadsheet does. `cells` are the row as it stood,
 * `fields` those under a known heading.
 */
export type ListRow = { number: number; line: number; cells: string[]; fields: Partial<Record<Field, string>> }
export type List = { headings: string[]; rows: ListRow[] }

/** Reads a list as Excel, WPS or a program wrote it. Throws ListError. */
export async function readList(bytes: Uint8Array): Promise<List> {
  const [first, ...rest] = await readLines(bytes)
  if (!first) throw new ListError('list_empty')
  const rows = nameFields(first.cells, rest)
  if (rows.length === 0) throw new ListError('list_empty')
  return { headings: first.cells, rows }
}

/** A row whose document begins with # is a remark, as in our template. */
function nameFields(headings: string[], rows: Line[]): ListRow[] {
  const columns = headings.map(columnOf)
  const twice = columns.find((field, at) => field && columns.indexOf(field) !== at)
  if (twice) throw new ListError('heading_twice', twice)
  const missing = (['document_id', 'title'] as const).find((field) => !columns.includes(field))
  if (missing) throw new ListError('heading_missing', missing)
  const named = rows.map((row) => {
    const fields: ListRow['fields'] = {}
    for (const [place, field] of columns.entries()) if (field) fields[field] = row.cells[place] ?? ''
    return { ...row, fields }
  })
  return named
    .filter(({ fields }) => !fields.document_id?.startsWith('#'))
    .map((row, at) => ({ ...row, number: at + 1 }))
}
