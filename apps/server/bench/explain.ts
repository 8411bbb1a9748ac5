import { CompiledQuery, type Kysely, type KyselyPlugin } from 'kysely'
import type { Database } from '../src/db/schema.ts'

/** Larger tables are never read whole; of a smaller one that is sometimes the quickest way. */
const large = 1_000

/** Runs `work` and has every statement it asked explained; `scans` names the tables that would be read from end to end. */
export async function explainAll(db: Kysely<Database>, work: (spied: Kysely<Database>) => Promise<void>) {
  const asked = new Map<string, readonly unknown[]>()
  const spy: KyselyPlugin = {
    transformQuery: ({ node, queryId }) => {
      const { sql, parameters } = db.getExecutor().compileQuery(node, queryId)
      asked.set(sql, parameters)
      return node
    },
    transformResult: async ({ result }) => result,
  }
  await work(db.withPlugin(spy))
  const scans: string[] = []
  for (const [text, parameters] of asked) {
    const { rows } = await db.executeQuery<{ table: string | null; type: string | null; rows: number | null }>(
      CompiledQuery.raw(`explain ${text}`, [...parameters]),
    )
    for (const { table, type, rows: read } of rows)
      if (type?.toLowerCase() === 'all' && Number(read) > large) scans.push(String(table))
  }
  return { statements: asked.size, scans }
}
