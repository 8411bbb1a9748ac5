import {
  CamelCasePlugin,
  CompiledQuery,
  Kysely,
  MysqlDialect,
  type Compilable,
  type Insertable,
  type Transaction,
  type UnknownRow,
} from 'kysely'
import { createPool, type PoolConnection, type PoolOptions } from 'mysql2'
import { AppError } from '../errors.ts'
import type { Database } from './schema.ts'

/** Longest a request waits for a connection or for one statement, in ms; then it is answered `busy`. */
const patienceMs = 2_000
/** The database itself ends a statement nobody waits for any more; else one asked again and again would fill it. */
const longestMs = patienceMs + 1_000

const sessionSettings = [
  `set session transaction isolation level read committed`,
  `set session sql_mode = 'STRICT_TRANS_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,ONLY_FULL_GROUP_BY,NO_ENGINE_SUBSTITUTION'`,
  `set session innodb_lock_wait_timeout = 2`,
  // Each engine reads its own line: MariaDB in seconds and for all statements, MySQL and TiDB in ms and for reading.
  `set session time_zone = '+00:00' /*M!100108 , max_statement_time = ${longestMs / 1_000} */ /*!80000 , max_execution_time = ${longestMs} */`,
  // Of a long list of ids MariaDB makes a table, which an unlucky plan reads anew for every row: seconds instead of ms.
  `/*M!100318 set session in_predicate_conversion_threshold = 0 */`,
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

/** Stands for a value that is known only when the questions are asked. */
export type Later<Given> = <Value>(read: (given: Given) => Value) => Value

/**
 * Several questions in one packet, each after the one before has its locks. Their text depends on nothing but `many`, how
 * many things are asked about: it is built once for each number and kept. Values are escaped by the driver.
 */
export function standing<Given, Rows extends unknown[]>(
  build: (db: Kysely<Database>, later: Later<Given>, many: number) => [...Asked<Rows>],
): (db: Kysely<Database>, given: Given, many?: number) => Promise<Answered<Rows>> {
  const kept = new Map<number, { text: string; parameters: unknown[] }>()
  const later = (<Value>(read: (given: Given) => Value) => new Slot(read)) as unknown as Later<Given> // filled below

  return async (db, given, many = 1) => {
    let known = kept.get(many)
    if (!known) {
      const compiled = build(db, later, many).map((question) => question.compile())
      known = {
        text: compiled.map(({ sql }) => sql).join('; '),
        parameters: compiled.flatMap(({ parameters }) => [...parameters]),
      }
      kept.set(many, known)
    }
    const values = known.parameters.map((value) => (value instanceof Slot ? (value as Slot<Given>).read(given) : value))
    const { rows } = await db
      .withoutPlugins()
      .executeQuery<UnknownRow[]>(CompiledQuery.raw(known.text, values) as never)
    const named = rows.map(async (answer) => {
      const result = await camelCase.transformResult({ result: { rows: answer }, queryId: { queryId: '' } })
      return result.rows
    })
    return (await Promise.all(named)) as Answered<Rows> // in the order of the questions
  }
}

class Slot<Given> {
  readonly read: (given: Given) => unknown
  constructor(read: (given: Given) => unknown) {
    this.read = read
  }
}

export type NewRows = { [Table in keyof Database]?: Insertable<Database[Table]>[] }

/** Writes the rows of a decision and commits, in one packet: the last thing a transaction does. All stand or none. */
export async function writeTogether(trx: Transaction<Database>, rows: NewRows): Promise<void> {
  const inserts = Object.entries(rows).flatMap(([table, those]) =>
    those[0] ? [{ table, columns: Object.keys(those[0]), those: those as Record<string, unknown>[] }] : [],
  )
  if (inserts.length === 0) return
  const texts = inserts.map(({ table, columns }) => `insert into ${snake(table)} (${columns.map(snake)}) values ?`)
  const values = inserts.map(({ columns, those }) => those.map((row) => columns.map((column) => row[column])))
  await trx.executeQuery(CompiledQuery.raw(`${texts.join('; ')}; commit`, values))
}

const snake = (name: string): string => `\`${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}\``

/** Same on MySQL and MariaDB: deadlock, lock wait, snapshot conflict (toolchain.md 3.3); MySQL’s own for a lock not waited for. */
const passing = new Set([1213, 1205, 1020, 3572])
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export const errnoOf = (fault: unknown): number | undefined =>
  typeof fault === 'object' && fault !== null && 'errno' in fault ? Number(fault.errno) : undefined

/** A conflict with somebody else that is over in a moment. */
export const isPassing = (fault: unknown): boolean => passing.has(errnoOf(fault) ?? 0)

/** The one way to write: a transaction, repeated whole up to 3 times on a passing conflict, then `busy`. */
export async function transact<T>(db: Kysely<Database>, work: (trx: Transaction<Database>) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(work)
    } catch (fault) {
      if (!isPassing(fault)) throw fault
      if (attempt === 4) throw new AppError('busy')
      await pause(Math.random() * 80 * attempt)
    }
  }
}
