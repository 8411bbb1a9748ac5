import type { KeyObject } from 'node:crypto'
import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { createConnection, type Connection } from 'mysql2'
import { poolOptions } from '../db/database.ts'
import { writeChecked } from './checked-file.ts'
import { tablePath, type KeptTable } from './manifest.ts'
import type { Progress } from './tell.ts'

/** Bytes of rows that are packed together. */
const bundleBytes = 256 * 1024

type Row = (string | null)[]
type Table = Pick<KeptTable, 'name' | 'create' | 'columns' | 'binary'>

/**
 * Writes every table as it was at one instant, while the application goes on: rows are values as the database says them, so
 * MySQL and MariaDB understand each other's. The application's own account may do this.
 */
export async function dumpDatabase(
  url: string,
  folder: string,
  { key, progress }: { key: KeyObject | undefined; progress: Progress },
): Promise<{ migrations: string[]; tables: KeptTable[] }> {
  const connection = createConnection(poolOptions(url))
  connection.on('error', () => {}) // each question tells of it
  const ask = <T>(text: string, values: unknown[] = []) => asked<T>(connection, text, values)
  try {
    await ask(
      `set session time_zone = '+00:00' /*M!100108 , max_statement_time = 0 */ /*!80000 , max_execution_time = 0 */`,
    )
    await ask('set session transaction isolation level repeatable read')
    await ask('start transaction with consistent snapshot, read only')
    const migrations = await ask<{ name: string }>('select name as name from kysely_migration order by name')
    const tables: KeptTable[] = []
    for (const table of await describeTables(ask)) {
      const tell = (rows: number) => progress(`${table.name} ${rows}`)
      const count = { rows: 0 }
      const lines = Readable.from(linesOf(connection, table, count, tell))
      const kept = await writeChecked(tablePath(folder, table.name), lines.pipe(createGzip()), key)
      tables.push({ ...table, ...kept, rows: count.rows })
    }
    return { migrations: migrations.map(({ name }) => name), tables }
  } finally {
    connection.destroy()
  }
}

type Ask = <T>(text: string, values?: unknown[]) => Promise<T[]>

async function describeTables(ask: Ask): Promise<Table[]> {
  const names = await ask<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = database() and table_type = 'BASE TABLE' and table_name not like 'kysely%' order by table_name`,
  )
  const columns = await ask<{ tableName: string; name: string; type: string }>(
    `select table_name as tableName, column_name as name, data_type as type from information_schema.columns
     where table_schema = database() and extra not like '%GENERATED%' order by table_name, ordinal_position`,
  )
  const tables: Table[] = []
  for (const { name } of names) {
    const [made] = await ask<Record<string, string>>('show create table ??', [name])
    const own = columns.filter(({ tableName }) => tableName === name)
    tables.push({
      ...{ name, create: made?.['Create Table'] ?? '', columns: own.map((column) => column.name) },
      binary: own.filter(({ type }) => /binary|blob/.test(type)).map((column) => column.name),
    })
  }
  return tables
}

function asked<T>(connection: Connection, text: string, values: unknown[]): Promise<T[]> {
  return new Promise((resolve, reject) => {
    connection.query(text, values, (fault, rows) => (fault ? reject(fault) : resolve(rows as T[])))
  })
}

/** The rows of a table, one JSON list a line, some hundred lines at a time; no more than these are in memory. */
async function* linesOf(
  connection: Connection,
  { name, columns, binary }: Table,
  count: { rows: number },
  tell: (rows: number) => void,
): AsyncGenerator<string> {
  const isBinary = new Set(binary)
  const rows = connection
    .query({
      sql: 'select ?? from ??',
      values: [columns, name],
      rowsAsArray: true,
      typeCast: (field) =>
        isBinary.has(field.name) ? (field.buffer()?.toString('base64') ?? null) : field.string('utf8'),
    })
    .stream({ highWaterMark: 200 })
  let bundle = ''
  for await (const row of rows as AsyncIterable<Row>) {
    bundle += `${JSON.stringify(row)}\n`
    count.rows += 1
    if (bundle.length < bundleBytes) continue
    tell(count.rows)
    yield bundle
    bundle = ''
  }
  if (bundle !== '') yield bundle
}
