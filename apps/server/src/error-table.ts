import { asCsv } from './csv.ts'
import type { Table } from './read-csv.ts'

export type ListLanguage = 'zh' | 'en'
type Failed = { number: number; field: string; problem: string }
export type Words<Field extends string> = {
  language: ListLanguage
  headingOf: (field: Field, language: ListLanguage) => string
  said: (problem: string, language: ListLanguage) => string
  /** A cell as it may be shown again; as it stood when left out. */
  shown?: (cell: string) => string
}

const added = { zh: ['行号', '有问题的列', '问题'], en: ['Row', 'Column at fault', 'Problem'] }

/**
 * The rows that failed as a list of its own: as they stood, and why. Put right, it can be imported as it is. Cells that
 * a spreadsheet would run are marked as text; the mark is taken back when the list is read again.
 */
export function errorTable<Field extends string>(
  list: Table<Field>,
  failed: readonly Failed[],
  { language, headingOf, said, shown = (cell) => cell }: Words<Field>,
): string {
  const kept = list.headings.flatMap((heading, place) => (isOwnHeading(heading) ? [] : [place]))
  const lines = failed.map(({ number, field, problem }) => {
    const { cells = [], line = 0 } = list.rows[number - 1] ?? {}
    return [
      ...kept.map((place) => shown(cells[place] ?? '')),
      ...[String(line || ''), field && headingOf(field as Field, language), said(problem, language)], // the list's own name of a column
    ]
  })
  return asCsv([[...kept.map((place) => list.headings[place]!), ...added[language]], ...lines])
}

/** What we added to a list of errors before; it says nothing when the list comes back. */
export const isOwnHeading = (heading: string): boolean => [...added.zh, ...added.en].includes(heading)
