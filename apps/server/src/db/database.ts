import {
  CamelCasePlugin,
  CompiledQuery,
  Kysely,
  MysqlDialect,
  type Compilable,
  type Transaction,
  type UnknownRow,
} from 'kysely'
import { createPool, type PoolConnection, type PoolOptions } from 'mysql2'
import { AppError } from '../errors.ts'
import type { Database } from './schema.ts'

/** Longest a request waits for a connection or for one statement, in ms; then it is answered `busy`. */
const patienceMs = 2_000

const sessionSettings = [
  `set session transaction isolation level read committed`,
  `set session time_zone = '+00:00'`,
  `set session sql_mode = 'STRICT_TRANS_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,ONLY_FULL_GROUP_BY,NO_ENGINE_SUBSTITUTION'`,
  `set session innodb_lock_wait_timeout = 2`,
  // Longest list in one column: MySQL’s 1 kB cuts, MariaDB’s 1 MB is set aside anew for each.
  `set session group_concat_max_len = 262144`,
]

/** Reads `mysql://user:password@host:port/database?socketPath=…` into what mysql2 wants. */
export function poolOptions(url: string): PoolOptions {
  const parsed = new URL(url)
  const socketPath = parsed.searchParams.get('socketPath')
  return {
    ...(socketPath ? { socketPath } : { host: parsed.hostname, port: Number(parsed.port || 3306) }),
    user: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    database: decodeURIComponent(parsed.pathname.slice(1)),
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    supportBigNumbers: true,
    connectTimeout: patienceMs,
    multipleStatements: true,
  }
}

type Done<T> = (fault: unknown, result?: T) => void
type Query = (sql: string, values: unknown, done: Done<unknown>) => unknown

const nothing = { insertId: 0, affectedRows: 0 }

/**
 * A connection as kysely uses it, with two habits of its own. It gives up on an answer after `patienceMs` and ends the
 * connection, because whatever came next, a rollback too, would wait behind it without limit. And `begin` travels with
 * the first statement of a transaction, `commit` with the last when `writeTogether` says so: every round trip less is
 * time in which nobody else waits for the lock.
 */
function impatient(connection: PoolConnection) {
  const raw = connection.query.bind(connection) as (...given: unknown[]) => unknown // overloads narrowed to the one kysely uses
  let ended = false
  const ask: Query = (sql, values, done) => {
    if (ended) return sql === 'rollback' ? done(null, nothing) : done(new AppError('busy'))
    const timer = setTimeout(() => {
      ended = true
      connection.destroy()
      done(new AppError('busy'))
    }, patienceMs)
    return raw({ sql, values }, (fault: unknown, result: unknown) => {
      if (ended) return
      clearTimeout(timer)
      done(fault, result)
    })
  }
  let state: 'outside' | 'beginning' | 'inside' | 'committed' = 'outside'

  const query: Query = (sql, values, done) => {
    if (sql === 'begin') {
      state = 'beginning'
      return done(null, nothing)
    }
    const before = state
    if (sql === 'commit' || sql === 'rollback') {
      state = 'outside'
      return before === 'inside' ? ask(sql, values, done) : done(null, nothing)
    }
    if (before === 'outside') return ask(sql, values, done)
    state = 'inside'
    return ask(before === 'beginning' ? `begin; ${sql}` : sql, values, (fault, results) => {
      if (!fault && sql.endsWith('; commit')) state = 'committed'
      if (fault || before !== 'beginning') return done(fault, results)
      const [, first, ...others] = results as unknown[] // the answer to begin itself comes first
      done(null, others.length > 0 ? [first, ...others] : first)
    })
  }
  return Object.assign(Object.create(connection) as PoolConnection, { query, release: () => connection.release() })
}

/**
 * Opens the pool: READ COMMITTED, UTC, strict. `connections` bounds what this instance asks of the database.
 * Nothing is connected until the first statement.
 */
export function openDatabase(url: string, connections = 24): Kysely<Database> {
  const pool = createPool({ ...poolOptions(url), connectionLimit: connections })
  pool.on('connection', (connection) => {
    for (const setting of sessionSettings) connection.query(setting)
  })
  return new Kysely<Database>({
    dialect: new MysqlDialect({
      pool: {
        getConnection: (done: Done<PoolConnection>) => {
          let waiting = true
          const timer = setTimeout(() => {
            waiting = false
            done(new AppError('busy'), undefined as never)
          }, patienceMs)
          pool.getConnection((fault, connection) => {
            if (!waiting) return connection?.release()
            clearTimeout(timer)
            done(fault, fault ? connection : impatient(connection))
          })
        },
        end: (done: (fault: unknown) => void) => pool.end(done),
      } as never, // kysely's own narrow view of a mysql2 pool
    }),
    plugins: [new CamelCasePlugin()],
  })
}

const camelCase = new CamelCasePlugin()

type Asked<Rows extends unknown[]> = { [Place in keyof Rows]: Compilable<Rows[Place]> }
type Answered<Rows extends unknown[]> = { [Place in keyof Rows]: Rows[Place][] }

/** Asks several questions in one packet, each after the one before has its locks. Values are escaped by the driver. */
export async function readTogether<Rows extends unknown[]>(
  trx: Transaction<Database>,
  questions: [...Asked<Rows>],
): Promise<Answered<Rows>> {
  const { rows } = await trx.withoutPlugins().executeQuery<UnknownRow[]>(inOnePacket(questions))
  const named = rows.map(async (answer) => {
    const result = await camelCase.transformResult({ result: { rows: answer }, queryId: { queryId: '' } })
    return result.rows
  })
  return (await Promise.all(named)) as Answered<Rows> // in the order of the questions
}

/** Writes the rows of a decision and commits, in one packet: the last thing a transaction does. All stand or none. */
export async function writeTogether(trx: Transaction<Database>, writes: Compilable[]): Promise<void> {
  await trx.executeQuery(inOnePacket(writes, '; commit'))
}

function inOnePacket(statements: Compilable[], end = ''): CompiledQuery<UnknownRow[]> {
  const compiled = statements.map((statement) => statement.compile())
  const text = compiled.map(({ sql }) => sql).join('; ')
  return CompiledQuery.raw(
    text + end,
    compiled.flatMap(({ parameters }) => [...parameters]),
  ) as CompiledQuery<UnknownRow[]>
}

/** Same on MySQL and MariaDB: deadlock, lock wait, snapshot conflict (toolchain.md 3.3). */
const passing = new Set([1213, 1205, 1020])
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export const errnoOf = (fault: unknown): number | undefined =>
  typeof fault === 'object' && fault !== null && 'errno' in fault ? Number(fault.errno) : undefined

/** The one way to write: a transaction, repeated whole up to 3 times on a passing conflict, then `busy`. */
export async function transact<T>(db: Kysely<Database>, work: (trx: Transaction<Database>) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(work)
    } catch (fault) {
      if (!passing.has(errnoOf(fault) ?? 0)) throw fault
      if (attempt === 4) throw new AppError('busy')
      await pause(Math.random() * 80 * attempt)
    }
  }
}
