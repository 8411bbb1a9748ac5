import type { KeyObject } from 'node:crypto'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { createDatabaseIfMissing, migrate, migrationNames } from '../db/migrate.ts'
import { withDatabase, type Connection } from './accounts.ts'
import { readKept } from './checked-file.ts'
import { UpkeepFault } from './fault.ts'
import { linesIn } from './lines.ts'
import { tablePath, type KeptTable, type Manifest } from './manifest.ts'
import type { Progress } from './tell.ts'

/** Rows and letters of one insert. */
const [mostRows, mostLetters] = [1_000, 1_000_000]

/** Throws when the backup comes from a release newer than this one. */
export function checkKnown({ migrations }: Manifest): void {
  const stranger = migrations.find((name) => !migrationNames.includes(name))
  if (stranger)
    throw new UpkeepFault(
      `这个备份来自更新的版本（${stranger}）。没有改动任何内容；请用做备份的那个版本或更新的版本恢复`,
      `this backup comes from a newer release (${stranger}). Nothing was changed; restore with that release or a newer one`,
    )
}

/**
 * Makes the database what it was: the structure by the same steps it came from, then every row as it was written, then a
 * count. What was there before is gone; the application's account must be locked or unknown meanwhile.
 */
export async function loadDatabase(
  ownerUrl: string,
  folder: string,
  { manifest, key, progress }: { manifest: Manifest; key: KeyObject | undefined; progress: Progress },
): Promise<number> {
  await dropTables(ownerUrl)
  await migrate(ownerUrl, manifest.migrations.at(-1))
  return withDatabase(ownerUrl, async (connection) => {
    await connection.query(
      `set session unique_checks = 0, foreign_key_checks = 0, sql_mode = 'STRICT_TRANS_TABLES,NO_AUTO_VALUE_ON_ZERO'`,
    )
    let sum = 0
    for (const table of manifest.tables) {
      if (!(await hasTable(connection, table.name))) await connection.query(table.create)
      await connection.query('delete from ??', [table.name]) // what the steps of the structure put there
      const rows = await loadTable(connection, folder, {
        table,
        key,
        tell: (count) => progress(`${table.name} ${count}`),
      })
      if (rows !== table.rows) throw new Error(`${table.name}: ${rows} of ${table.rows} rows came back`)
      sum += rows
    }
    return sum
  })
}

/** Everything in the database, whoever made it. */
export async function tableNames(connection: Connection): Promise<string[]> {
  const [rows] = await connection.query(
    'select table_name as name from information_schema.tables where table_schema = database() order by table_name',
  )
  return (rows as { name: string }[]).map(({ name }) => name)
}

async function dropTables(ownerUrl: string): Promise<void> {
  await createDatabaseIfMissing(ownerUrl)
  await withDatabase(ownerUrl, async (connection) => {
    await connection.query('set session foreign_key_checks = 0')
    for (const name of await tableNames(connection)) await connection.query('drop table ??', [name])
  })
}

async function hasTable(connection: Connection, name: string): Promise<boolean> {
  return (await tableNames(connection)).includes(name)
}

async function loadTable(
  connection: Connection,
  folder: string,
  { table, key, tell }: { table: KeptTable; key: KeyObject | undefined; tell: (rows: number) => void },
): Promise<number> {
  const text = Readable.from(readKept(tablePath(folder, table.name), key)).compose(createGunzip())
  const binary = table.columns.map((column) => table.binary.includes(column))
  let [rows, batch, letters]: [number, unknown[][], number] = [0, [], 0]
  const insert = async () => {
    if (batch.length > 0) await connection.query('insert into ?? (??) values ?', [table.name, table.columns, batch])
    rows += batch.length
    tell(rows)
    ;[batch, letters] = [[], 0]
  }
  await connection.query('start transaction')
  for await (const line of linesIn(text)) {
    const values = JSON.parse(line) as (string | null)[]
    batch.push(values.map((value, at) => (value !== null && binary[at] ? Buffer.from(value, 'base64') : value)))
    letters += line.length
    if (batch.length >= mostRows || letters >= mostLetters) await insert()
  }
  await insert()
  await connection.query('commit')
  return rows
}
