import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDatabase } from './lib/database.mjs'

/** Gives the server's tests a database of their own in a temporary folder, unless TEST_DATABASE_URL names one. */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env.TEST_DATABASE_URL) return async () => {}
  const dir = mkdtempSync(join(tmpdir(), 'vouch-test-'))
  const database = await startDatabase({ dir, name: 'vouch_test', cache: '512M' })
  process.env.TEST_DATABASE_URL = database.url
  return async () => {
    await database.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}
