import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { check } from './row-error.ts'
import type { Kind, RowValues } from './row-values.ts'

/** Documents of the rows before, with the kind each says it is. */
export type Seen = ReadonlyMap<string, Kind | undefined>

/**
 * Each piece of a script is a document of ours, or of a row before it that will make one: so a dry run finds what the
 * run itself will find.
 */
export async function checkScript(
  db: Kysely<Database>,
  { runId, seen }: { runId: string; seen: Seen },
  { kind, script }: RowValues,
): Promise<void> {
  if (!script) return
  check(kind === 'script', 'script', 'not_valid')
  const ours = await db
    .selectFrom('contentItem')
    .select('documentId')
    .distinct()
    .where('documentId', 'in', script)
    .where('kind', '!=', 'script')
    .execute()
  const known = new Set(ours.map(({ documentId }) => documentId))
  const missing = script.filter((documentId) => !known.has(documentId))
  if (missing.length === 0) return
  const rows = await db
    .selectFrom('importRow')
    .select('documentId')
    .where('runId', '=', runId)
    .where('documentId', 'in', missing)
    .where('outcome', '=', 'new')
    .execute()
  for (const { documentId } of rows) if (documentId && seen.get(documentId) !== 'script') known.add(documentId)
  check(
    script.every((documentId) => known.has(documentId)),
    'script',
    'not_known',
  )
}
