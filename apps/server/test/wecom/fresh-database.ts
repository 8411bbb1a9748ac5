import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import { openDatabase } from '../../src/db/database.ts'
import type { Database } from '../../src/db/schema.ts'
import { createSchema } from '../create-schema.ts'
import { dropDatabase } from '../drop-database.ts'

/** An empty, migrated database of its own on the test server; `drop` closes and removes it. */
export async function freshDatabase(): Promise<{ db: Kysely<Database>; drop: () => Promise<void> }> {
  const url = new URL(process.env['TEST_DATABASE_URL'] ?? '')
  const name = `vouch_${randomBytes(6).toString('hex')}`
  url.pathname = `/${name}`
  await createSchema(url.href)
  const db = openDatabase(url.href, 12)
  const drop = async () => {
    await db.destroy()
    await dropDatabase(url.href)
  }
  return { db, drop }
}
