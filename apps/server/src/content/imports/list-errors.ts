import type { Deps } from '../../deps.ts'
import { contentName } from '../../files/file-names.ts'
import type { Session } from '../../people/sessions.ts'
import { loadImport } from './list-import.ts'
import { readList } from './read-list.ts'
import { problemText, type Language } from './problem-text.ts'

const headings = { zh: ['行号', '有问题的列', '问题'], en: ['Row', 'Column at fault', 'Problem'] }
/** What a spreadsheet would take for a formula, wherever it begins. */
const formula = /^\s*[=+\-@\t\r＝＋－＠]/

/**
 * The rows that failed as a list of its own: as they stood, and why. Put right, it can be imported as it is. Cells that
 * a spreadsheet would run are marked as text; the mark is taken back when the list is read again.
 */
export async function listErrors(
  { db, files }: Deps,
  me: Session,
  { importId, language }: { importId: string; language: Language },
): Promise<string> {
  const run = await loadImport(db, me, importId)
  const failed = await db
    .selectFrom('importRow')
    .select(['number', 'field', 'problem'])
    .where('runId', '=', run.id)
    .where('outcome', '=', 'failed')
    .orderBy('number')
    .execute()
  const list = await readList(await files.read(contentName(run.csvHash))).catch(() => ({ headings: [], rows: [] }))
  const lines = failed.map(({ number, field, problem }) => {
    const cells = list.rows[number - 1]?.cells ?? []
    const own = list.headings.map((_, place) => cells[place] ?? '')
    return [...own, String(number), field, problemText(problem, language)]
  })
  return asCsv([[...list.headings, ...headings[language]], ...lines])
}

/** With the mark by which Excel knows UTF-8. */
export function asCsv(lines: string[][]): string {
  const cell = (text: string) => `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
  return `\ufeff${lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('')}`
}
