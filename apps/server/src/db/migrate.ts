import { Kysely, Migrator, MysqlDialect, type Migration } from 'kysely'
import { createPool } from 'mysql2'
import { createConnection } from 'mysql2/promise'
import { poolOptions } from './database.ts'

const files = import.meta.glob<Migration>('./migrations/*.ts', { eager: true })

/** Tables whose rows are facts: the application's account may add and read them, never change or remove them. */
export const appendOnly = [
  'fact',
  'consent',
  'audit_entry',
  'send',
  'policy',
  'consent_text',
  'consent_answer',
  'consent_claim',
  'undone_consent',
  'contact_answer',
  'welcome_text',
  'content_approval',
  'link_revocation',
  'link_visit',
  'content_ask',
  'stored_file',
  'recall_reader',
  'expiry_warning',
  'safety_report',
  'safety_step',
  'content_writer',
  'role_step',
]

/** Rows that are never changed, but removed when the person they are about has them erased. */
export const erasable = ['page_view']

/** Every step to the newest structure. */
export const migrationNames = Object.keys(files).map((path) => path.replace(/^.*\/(.*)\.ts$/, '$1'))

/**
 * Brings a database to the newest structure, or to that of the step `upTo`; makes it when missing. Safe to repeat. Returns
 * what was applied.
 */
export async function migrate(ownerUrl: string, upTo?: string): Promise<string[]> {
  await createDatabaseIfMissing(ownerUrl)
  const db = new Kysely<unknown>({
    dialect: new MysqlDialect({ pool: createPool({ ...poolOptions(ownerUrl), connectionLimit: 2 }) }),
  })
  try {
    const migrations = Object.fromEntries(
      Object.entries(files).map(([path, migration]) => [path.replace(/^.*\/(.*)\.ts$/, '$1'), migration]),
    )
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
    const { error, results } = await (upTo ? migrator.migrateTo(upTo) : migrator.migrateToLatest())
    if (error) throw error
    return (results ?? []).map((result) => result.migrationName)
  } finally {
    await db.destroy()
  }
}

/** An empty database, where there is none. */
export async function createDatabaseIfMissing(ownerUrl: string): Promise<void> {
  const { database, ...options } = poolOptions(ownerUrl)
  const connection = await createConnection(options)
  try {
    await connection.query(`create database if not exists ?? default character set utf8mb4 collate utf8mb4_bin`, [
      database,
    ])
  } finally {
    await connection.end()
  }
}

/**
 * Gives the application's account what it needs and no more (design.md section 8): SELECT and INSERT everywhere,
 * UPDATE and DELETE only outside the append-only tables. The account is made when missing; safe to repeat.
 */
export async function grantApplication(ownerUrl: string, applicationUrl: string): Promise<void> {
  const owner = poolOptions(ownerUrl)
  const application = poolOptions(applicationUrl)
  const connection = await createConnection(owner)
  try {
    const [rows] = await connection.query(
      'select table_name as name from information_schema.tables where table_schema = ?',
      [owner.database],
    )
    const names = (rows as { name: string }[]).map((row) => row.name).filter((name) => name !== 'kysely_migration_lock')
    const { user, password } = application
    const statements = ['localhost', '%'].flatMap((host) => [
      connection.format('create user if not exists ?@? identified by ?', [user, host, password]),
      connection.format('alter user ?@? identified by ?', [user, host, password]),
      ...names.map((name) =>
        connection.format(`grant ${rightsOn(name)} on ??.?? to ?@?`, [owner.database, name, user, host]),
      ),
    ])
    await connection.query(statements.join('; '))
  } finally {
    await connection.end()
  }
}

function rightsOn(table: string): string {
  if (table === 'kysely_migration') return 'select' // so that a check can say what is missing
  if (appendOnly.includes(table)) return 'select, insert'
  return erasable.includes(table) ? 'select, insert, delete' : 'select, insert, update, delete'
}
