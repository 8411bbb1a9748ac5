import { sql } from 'kysely'
import { appendOnly, migrationNames } from '../../db/migrate.ts'
import { both, databaseOf, fault, ok, warning, type Bench, type Check, type Found } from './check.ts'
import { checkGrants } from './grant-check.ts'
import { charsetWords, connectionWords, durabilityWords, migrationWords, sessionWords } from './words/data.ts'

const server = both('数据库服务器的配置文件（my.cnf）', 'the configuration of the database server (my.cnf)')
const migrate = both('部署说明 deploy/README 第 2 步', 'step 2 of deploy/README')

/** Values of this session, by name; an engine leaves out what it does not know. */
async function variables(bench: Bench, names: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ Variable_name: string; Value: string }>`
    show variables where variable_name in (${sql.join(names)})`.execute(databaseOf(bench).withoutPlugins())
  return new Map(rows.map((row) => [row.Variable_name, row.Value]))
}

async function checkConnection(bench: Bench): Promise<Found> {
  const began = performance.now()
  try {
    const version = (await variables(bench, ['version'])).get('version') ?? ''
    const [major = 0, minor = 0] = version.split('.').map(Number)
    const isMaria = /mariadb/i.test(version)
    const isOld = isMaria ? major < 10 || (major === 10 && minor < 11) : major < 8
    const shown = `${isMaria ? 'MariaDB' : 'MySQL'} ${version.replace(/-.*/, '')}`
    return isOld
      ? fault(connectionWords.old(shown))
      : ok(connectionWords.fine(shown, Math.round(performance.now() - began)))
  } catch (thrown) {
    return fault(connectionWords.gone(String((thrown as { code?: unknown }).code ?? 'unknown')))
  }
}

async function checkDurability(bench: Bench): Promise<Found> {
  const known = await variables(bench, ['innodb_flush_log_at_trx_commit', 'log_bin', 'sync_binlog'])
  const flush = known.get('innodb_flush_log_at_trx_commit')
  const weak = flush === '1' ? [] : [`innodb_flush_log_at_trx_commit=${flush}`]
  const logs = known.get('log_bin') === 'ON'
  if (logs && known.get('sync_binlog') !== '1') weak.push(`sync_binlog=${known.get('sync_binlog')}`)
  if (weak.length > 0) return fault(durabilityWords.weak(weak))
  return ok(durabilityWords.fine(`innodb_flush_log_at_trx_commit=1${logs ? ', sync_binlog=1' : ''}`))
}

async function checkSession(bench: Bench): Promise<Found> {
  const names = ['transaction_isolation', 'tx_isolation', 'time_zone', 'sql_mode', 'read_only', 'super_read_only']
  const known = await variables(bench, [...names, 'log_bin', 'binlog_format'])
  const isolation = known.get('transaction_isolation') ?? known.get('tx_isolation') ?? ''
  const wrong = [
    ...(isolation === 'READ-COMMITTED' ? [] : [`isolation=${isolation}`]),
    ...(known.get('time_zone') === '+00:00' ? [] : [`time_zone=${known.get('time_zone')}`]),
    ...(known.get('sql_mode')?.includes('STRICT_TRANS_TABLES') ? [] : ['sql_mode']),
  ]
  if (wrong.length > 0) return fault(sessionWords.wrong(wrong))
  if (['read_only', 'super_read_only'].some((name) => known.get(name) === 'ON')) return fault(sessionWords.readOnly())
  const logs = known.get('log_bin') === 'ON' && known.get('binlog_format') === 'STATEMENT'
  return logs ? fault(sessionWords.statementLog()) : ok(sessionWords.fine())
}

async function checkCharset(bench: Bench): Promise<Found> {
  const db = databaseOf(bench).withoutPlugins()
  const [schema, tables] = await Promise.all([
    sql<{ name: string; charset: string; collation: string }>`
      select schema_name as name, default_character_set_name as charset, default_collation_name as collation
      from information_schema.schemata where schema_name = database()`.execute(db),
    sql<{ name: string; collation: string }>`
      select table_name as name, table_collation as collation from information_schema.tables
      where table_schema = database() and table_collation not like 'utf8mb4%' order by table_name limit 20`.execute(db),
  ])
  const own = schema.rows[0]
  const wrong = tables.rows.map(({ name, collation }) => `${name} ${collation}`)
  if (own && own.charset !== 'utf8mb4') wrong.unshift(`${own.name} ${own.charset}`)
  if (wrong.length > 0) return fault(charsetWords.wrong(wrong))
  return own && !own.collation.endsWith('_bin') ? warning(charsetWords.loose(own.collation)) : ok(charsetWords.fine())
}

const noSuchTable = 1146
const notAllowed = 1142

async function checkMigrations(bench: Bench): Promise<Found> {
  try {
    const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(databaseOf(bench))
    const done = new Set(rows.map(({ name }) => name))
    const missing = migrationNames.filter((name) => !done.has(name))
    if (missing.length > 0) return fault(migrationWords.behind(missing))
    const strange = [...done].filter((name) => !migrationNames.includes(name))
    return strange.length > 0 ? warning(migrationWords.ahead(strange.length)) : ok(migrationWords.fine(done.size))
  } catch (thrown) {
    const { errno } = thrown as { errno?: number }
    if (errno === noSuchTable) return fault(migrationWords.none())
    if (errno !== notAllowed) throw thrown
    // An account without any right on it is told the same whether it is there or not.
    const { rows } = await sql`show tables like ${appendOnly[0]}`.execute(databaseOf(bench))
    return rows.length === 0 ? fault(migrationWords.none()) : warning(migrationWords.unreadable())
  }
}

export const dataChecks = {
  'data.connection': {
    group: 'data',
    title: both('连接', 'Connection'),
    where: both('DATABASE_URL', 'DATABASE_URL'),
    settings: ['DATABASE_URL'],
    cheap: true,
    run: checkConnection,
  },
  'data.durability': {
    group: 'data',
    title: both('提交落盘', 'Durability'),
    where: server,
    after: ['data.connection'],
    settings: ['DATABASE_URL'],
    cheap: true,
    run: checkDurability,
  },
  'data.session': {
    group: 'data',
    title: both('隔离级别和时区', 'Isolation and time zone'),
    where: server,
    after: ['data.connection'],
    settings: ['DATABASE_URL'],
    cheap: true,
    run: checkSession,
  },
  'data.charset': {
    group: 'data',
    title: both('字符集', 'Character set'),
    where: server,
    after: ['data.connection'],
    settings: ['DATABASE_URL'],
    run: checkCharset,
  },
  'data.migrations': {
    group: 'data',
    title: both('库结构', 'Structure'),
    where: migrate,
    after: ['data.connection'],
    settings: ['DATABASE_URL'],
    run: checkMigrations,
  },
  'data.grants': {
    group: 'data',
    title: both('应用账号的权限', 'Rights of the application'),
    where: migrate,
    after: ['data.migrations'],
    settings: ['DATABASE_URL'],
    run: checkGrants,
  },
} satisfies Record<string, Check>
