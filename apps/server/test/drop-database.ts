import { createConnection } from 'mysql2/promise'
import { poolOptions } from '../src/db/database.ts'

/** Removes the database of a test, by the driver alone: a busy machine may take longer than the application ever waits. */
export async function dropDatabase(url: string): Promise<void> {
  const { database, ...server } = poolOptions(url)
  const connection = await createConnection(server)
  await connection.query('drop database ??', [database])
  await connection.end()
}
