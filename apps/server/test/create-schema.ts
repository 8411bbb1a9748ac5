import { createConnection, type Connection } from 'mysql2/promise'
import { poolOptions } from '../src/db/database.ts'
import { createDatabaseIfMissing, migrate } from '../src/db/migrate.ts'

/** By database server: what makes the newest structure, once somebody walked all the steps to it. */
const known = new Map<string, Promise<string>>()

/**
 * Makes a database with the newest structure. The first of a worker goes step by step, as an operator's does; the others
 * are made as it was then, rows of the steps included, in one packet.
 */
export async function createSchema(ownerUrl: string): Promise<void> {
  const server = new URL(ownerUrl)
  server.pathname = ''
  const statements = known.get(server.href)
  if (!statements) {
    const first = migrate(ownerUrl).then(() => within(ownerUrl, readSchema))
    known.set(server.href, first)
    return void (await first)
  }
  const text = await statements
  await createDatabaseIfMissing(ownerUrl)
  await within(ownerUrl, (connection) => connection.query(text))
}

async function within<T>(url: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await createConnection({ ...poolOptions(url), dateStrings: true, bigNumberStrings: true })
  try {
    return await work(connection)
  } finally {
    await connection.end()
  }
}

async function readSchema(connection: Connection): Promise<string> {
  const ask = async (sql: string, values: unknown[] = []) =>
    (await connection.query({ sql, values, rowsAsArray: true }))[0] as unknown[][]
  const statements: string[] = []
  for (const [table] of await ask('show tables')) {
    const [[, created] = []] = await ask('show create table ??', [table])
    statements.push(String(created))
    const rows = await ask('select * from ??', [table])
    if (rows.length > 0) statements.push(connection.format('insert into ?? values ?', [table, rows]))
  }
  return statements.join('; ')
}
