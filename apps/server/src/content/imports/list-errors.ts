import { asCsv } from '../../csv.ts'
import type { Deps } from '../../deps.ts'
import { contentName } from '../../files/file-names.ts'
import type { Session } from '../../people/sessions.ts'
import { headingOf, type Field } from './columns.ts'
import { loadImport } from './list-import.ts'
import { readList } from './read-list.ts'
import { problemText, type Language } from './problem-text.ts'

const headings = { zh: ['行号', '有问题的列', '问题'], en: ['Row', 'Column at fault', 'Problem'] }
/**
 * The rows that failed as a list of its own: as they stood, and why. Put right, it can be imported as it is. Cells that
 * a spreadsheet would run are marked as text; the mark is taken back when the list is read again.
 */
export async function listErrors(
  deps: Deps,
  me: Session,
  { importId, language }: { importId: string; language: Language },
): Promise<string> {
  const { db, files } = deps
  const run = await loadImport(deps, me, importId)
  const failed = await db
    .selectFrom('importRow')
    .select(['number', 'field', 'problem'])
    .where('runId', '=', run.id)
    .where('outcome', '=', 'failed')
    .orderBy('number')
    .execute()
  const list = await readList(await files.read(contentName(run.csvHash))).catch(() => ({ headings: [], rows: [] }))
  const kept = list.headings.flatMap((heading, place) => (isOwnHeading(heading) ? [] : [place]))
  const lines = failed.map(({ number, field, problem }) => {
    const { cells = [], line = 0 } = list.rows[number - 1] ?? {}
    return [
      ...kept.map((place) => cells[place] ?? ''),
      String(line || ''),
      field && headingOf(field as Field, language),
      problemText(problem, language),
    ] // the list's own name of a column
  })
  return asCsv([[...kept.map((place) => list.headings[place]!), ...headings[language]], ...lines])
}

/** What we added to a list of errors before; it says nothing when the list comes back. */
export const isOwnHeading = (heading: string): boolean => [...headings.zh, ...headings.en].includes(heading)
