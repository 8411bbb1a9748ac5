import { sql } from 'kysely'
import { appendOnly, erasable } from '../../db/migrate.ts'
import { databaseOf, fault, ok, type Bench, type Found } from './check.ts'
import { grantWords } from './words/data.ts'

/** Answers of MySQL and MariaDB to who may not: on a table, or on one of its columns. */
const notAllowed = [1142, 1143]

type Right = 'select' | 'update' | 'delete'

/**
 * Asks for the plan of a statement, which needs the same rights as the statement and does nothing: rights that come
 * through roles or from the whole server count as well, and no list of grants has to be read.
 */
async function may(bench: Bench, right: Right, table: string, column: string): Promise<boolean> {
  const [from, field] = [sql.id(table), sql.id(column)]
  const statements = {
    select: sql`explain select ${field} from ${from} where 1 = 0`,
    update: sql`explain update ${from} set ${field} = ${field} where 1 = 0`,
    delete: sql`explain delete from ${from} where 1 = 0`,
  }
  try {
    await statements[right].execute(databaseOf(bench))
    return true
  } catch (thrown) {
    if (notAllowed.includes((thrown as { errno?: number }).errno ?? 0)) return false
    throw thrown
  }
}

/** What is a record can only be added to, also by whoever takes over the application (design.md section 8). */
export async function checkGrants(bench: Bench): Promise<Found> {
  const { rows } = await sql<{ name: string; columnName: string }>`
    select table_name as name, min(column_name) as column_name from information_schema.columns
    where table_schema = database() and table_name not like 'kysely%' group by table_name order by table_name`.execute(
    databaseOf(bench),
  )
  const tooMuch: string[] = []
  const tooLittle: string[] = []
  for (const { name, columnName } of rows) {
    const changes = await may(bench, 'update', name, columnName)
    const removes = await may(bench, 'delete', name, columnName)
    const [isRecord, isErasable] = [appendOnly.includes(name), erasable.includes(name)]
    const extra = [isRecord || isErasable ? changes && 'update' : false, isRecord && removes && 'delete'].filter(
      Boolean,
    )
    if (extra.length > 0) tooMuch.push(`${name}: ${extra.join(', ')}`)
    const lacks = [
      !(await may(bench, 'select', name, columnName)) && 'select',
      !isRecord && !isErasable && !changes && 'update',
      !isRecord && !removes && 'delete',
    ].filter(Boolean)
    if (lacks.length > 0) tooLittle.push(`${name}: ${lacks.join(', ')}`)
  }
  if (tooMuch.length > 0) return fault(grantWords.tooMuch(tooMuch))
  const hidden = [...appendOnly, ...erasable].filter((name) => !rows.some((row) => row.name === name))
  if (tooLittle.length + hidden.length > 0) return fault(grantWords.tooLittle([...tooLittle, ...hidden]))
  return ok(grantWords.fine(appendOnly.length))
}
