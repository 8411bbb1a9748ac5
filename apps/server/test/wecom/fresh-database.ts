import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import { createConnection } from 'mysql2/promise'
import { openDatabase, poolOptions } from '../../src/db/database.ts'
import { migrate } from '../../src/db/migrate.ts'
import type { Database } from '../../src/db/schema.ts'

/** An empty, migrated database of its own on the test server; `drop` closes and removes it. */
export async function freshDatabase(): Promise<{ db: Kysely<Database>; drop: () => Promise<void> }> {
  const url = new URL(process.env['TEST_DATABASE_URL'] ?? '')
  const name = `vouch_${randomBytes(6).toString('hex')}`
  url.pathname = `/${name}`
  await migrate(url.href)
  const db = openDatabase(url.href, 12)
  const drop = async () => {
    await db.destroy()
    // By the driver alone: a busy machine may take longer than the application ever waits.
    const connection = await createConnection(poolOptions(process.env['TEST_DATABASE_URL'] ?? ''))
    await connection.query('drop database ??', [name])
    await connection.end()
  }
  return { db, drop }
}
