import type { Deps } from '../../deps.ts'
import { errorTable } from '../../error-table.ts'
import { contentName } from '../../files/file-names.ts'
import type { Session } from '../../people/sessions.ts'
import { headingOf } from './columns.ts'
import { loadImport } from './list-import.ts'
import { readList } from './read-list.ts'
import { problemText, type Language } from './problem-text.ts'

/** The rows of an import that failed, as a list. */
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
  return errorTable(list, failed, { language, headingOf, said: problemText })
}
