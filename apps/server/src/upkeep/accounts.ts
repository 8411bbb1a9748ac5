import { createConnection } from 'mysql2/promise'
import { poolOptions } from '../db/database.ts'
import { UpkeepFault } from './fault.ts'

export type Accounts = { ownerUrl: string; applicationUrl: string }

/**
 * The account that owns the database and the one of the application. Beside the application's own settings the owner stands
 * in OWNER_DATABASE_URL; without it DATABASE_URL is the owner and APP_DATABASE_URL the application.
 */
export function accountsFrom(environment: Record<string, string | undefined>): Accounts {
  const owner = environment['OWNER_DATABASE_URL']
  const [ownerUrl, applicationUrl] = owner
    ? [owner, environment['DATABASE_URL']]
    : [environment['DATABASE_URL'], environment['APP_DATABASE_URL']]
  if (!ownerUrl || !applicationUrl)
    throw new UpkeepFault(
      '需要 OWNER_DATABASE_URL（拥有数据库的账号）和 DATABASE_URL（应用的账号）',
      'needs OWNER_DATABASE_URL (the account that owns the database) and DATABASE_URL (the account of the application)',
    )
  if (poolOptions(ownerUrl).user === poolOptions(applicationUrl).user)
    throw new UpkeepFault(
      'OWNER_DATABASE_URL 和 DATABASE_URL 必须是两个不同的数据库账号',
      'OWNER_DATABASE_URL and DATABASE_URL must be two different accounts of the database',
    )
  return { ownerUrl, applicationUrl }
}

/** The hosts `grantApplication` makes the account for. */
const hosts = ['localhost', '%']

/** Nobody writes from here on: the application's account is locked and what it had open is ended. */
export async function lockApplication({ ownerUrl, applicationUrl }: Accounts): Promise<void> {
  const { user } = poolOptions(applicationUrl)
  await withServer(ownerUrl, async (connection) => {
    for (const host of hosts) await connection.query('alter user if exists ?@? account lock', [user, host])
    const [rows] = await connection.query('select id as id from information_schema.processlist where user = ?', [user])
    for (const { id } of rows as { id: number }[]) await connection.query('kill ?', [id]).catch(unlessGone)
  })
}

/** Error 1094: the connection has ended by itself meanwhile. */
function unlessGone(fault: { errno?: number }): void {
  if (fault.errno !== 1094) throw fault
}

export async function unlockApplication({ ownerUrl, applicationUrl }: Accounts): Promise<void> {
  const { user } = poolOptions(applicationUrl)
  await withServer(ownerUrl, async (connection) => {
    for (const host of hosts) await connection.query('alter user if exists ?@? account unlock', [user, host])
  })
}

/** Removes an account that was made for a moment. */
export async function dropAccount(ownerUrl: string, accountUrl: string): Promise<void> {
  await withServer(ownerUrl, async (connection) => {
    for (const host of hosts) await connection.query('drop user if exists ?@?', [poolOptions(accountUrl).user, host])
  })
}

type Connection = Awaited<ReturnType<typeof createConnection>>

/** Works on the server itself, whether the database exists or not. */
export async function withServer<T>(url: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const { database: _, ...server } = poolOptions(url)
  const connection = await createConnection(server)
  try {
    return await work(connection)
  } finally {
    await connection.end()
  }
}

/** Works on the database, by the driver alone: the application's patience is too short for this. */
export async function withDatabase<T>(url: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await createConnection(poolOptions(url))
  try {
    await connection.query(`set session time_zone = '+00:00' /*M!100108 , max_statement_time = 0 */`)
    return await work(connection)
  } finally {
    await connection.end()
  }
}
export type { Connection }
