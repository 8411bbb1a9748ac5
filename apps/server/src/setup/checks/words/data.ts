import type { Both } from '@vouch/contract'
import { both, type Said } from '../check.ts'
import { line } from './common.ts'

/** Why a database does not let us in, by the driver's code. */
const reasons: Record<string, { is: Both; fix: Both }> = {
  ECONNREFUSED: {
    is: both('没有人在那个地址和端口上应答', 'nobody answers at that address and port'),
    fix: both(
      '启动数据库，核对 DATABASE_URL 的主机和端口',
      'start the database; compare host and port of DATABASE_URL',
    ),
  },
  ENOENT: {
    is: both('socket 文件不在', 'its socket is not there'),
    fix: both('启动数据库，核对 DATABASE_URL 的 socketPath', 'start the database; compare socketPath of DATABASE_URL'),
  },
  ENOTFOUND: {
    is: both('主机名解析不到', 'the host name is not known'),
    fix: both('核对 DATABASE_URL 的主机名和本机的 DNS', 'compare the host of DATABASE_URL and the DNS of this machine'),
  },
  ER_ACCESS_DENIED_ERROR: {
    is: both('账号或密码不对', 'account or password are wrong'),
    fix: both(
      '用 APP_DATABASE_URL 重跑 migrate，它会把密码设成一致',
      'run migrate again with APP_DATABASE_URL: it sets the password to match',
    ),
  },
  ER_DBACCESS_DENIED_ERROR: {
    is: both('这个账号没有这个库的权限，或库不存在', 'this account has no rights there, or there is no such database'),
    fix: both(
      '重跑 migrate，它会建库并给应用账号权限',
      'run migrate again: it makes the database and gives the rights',
    ),
  },
  ER_BAD_DB_ERROR: {
    is: both('库不存在', 'there is no such database'),
    fix: both('跑一次 migrate，它会建库', 'run migrate: it makes the database'),
  },
}
const slow = {
  is: both('2 秒内没有应答', 'no answer within 2 seconds'),
  fix: both('检查网络、防火墙和数据库的负载', 'look at the network, the firewall and the load of the database'),
}

export const connectionWords = {
  fine: (version: string, ms: number): Said => ({
    fact: both(`${version}，${ms} 毫秒应答`, `${version}, answers in ${ms} ms`),
  }),
  gone: (code: string): Said => {
    const { is, fix } =
      reasons[code] ?? (code === 'busy' || code === 'ETIMEDOUT' ? slow : { is: line(code), fix: slow.fix })
    return { fact: both(`连不上：${is.zh}`, `not reachable: ${is.en}`), fix }
  },
  old: (version: string): Said => ({
    fact: both(`${version} 太旧`, `${version} is too old`),
    fix: both('升级到 MySQL 8.0 或 MariaDB 10.11 以上', 'upgrade to MySQL 8.0, MariaDB 10.11 or newer'),
  }),
}

export const durabilityWords = {
  fine: (shown: string): Said => ({ fact: both(`提交即落盘（${shown}）`, `a commit is on disk (${shown})`) }),
  weak: (settings: readonly string[]): Said => ({
    fact: both(
      `断电会丢掉已提交的记录：${settings.join('，')}`,
      `a power cut loses what was committed: ${settings.join(', ')}`,
    ),
    fix: both(
      '数据库配置里设 innodb_flush_log_at_trx_commit=1；开了 binlog 的话还要 sync_binlog=1；然后重启数据库',
      'set innodb_flush_log_at_trx_commit=1 and, where a binlog is written, sync_binlog=1; then restart the database',
    ),
  }),
}

export const sessionWords = {
  fine: (): Said => ({ fact: both('READ COMMITTED，UTC，严格模式，可写', 'READ COMMITTED, UTC, strict, writable') }),
  wrong: (settings: readonly string[]): Said => ({
    fact: both(`连接的设置不对：${settings.join('，')}`, `the session is set wrongly: ${settings.join(', ')}`),
    fix: both(
      '检查数据库前面的连接代理是否改写或丢掉了 SET SESSION',
      'see whether a proxy before the database rewrites or drops SET SESSION',
    ),
  }),
  readOnly: (): Said => ({
    fact: both('数据库是只读的', 'the database is read-only'),
    fix: both('DATABASE_URL 要指向主库，不能是只读副本', 'let DATABASE_URL name the writer, not a replica'),
  }),
  statementLog: (): Said => ({
    fact: both(
      'binlog_format=STATEMENT，READ COMMITTED 下无法写入',
      'binlog_format=STATEMENT refuses writes under READ COMMITTED',
    ),
    fix: both('数据库配置里设 binlog_format=ROW', 'set binlog_format=ROW'),
  }),
}

export const charsetWords = {
  fine: (): Said => ({
    fact: both('库和每张表都是 utf8mb4，按字节比较', 'database and tables are utf8mb4, compared by bytes'),
  }),
  wrong: (names: readonly string[]): Said => ({
    fact: both(
      `${names.length} 处不是 utf8mb4，生僻字会丢`,
      `not utf8mb4, so that rare characters get lost: ${names.length}`,
    ),
    details: names.map(line),
    fix: both(
      '对列出的库或表执行 ALTER … CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
      'ALTER each of them to CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    ),
  }),
  loose: (collation: string): Said => ({
    fact: both(
      `库的默认排序规则是 ${collation}，不区分大小写`,
      `the default collation is ${collation}, which ignores case`,
    ),
    fix: both(
      'ALTER DATABASE … COLLATE utf8mb4_bin；已有的表不受影响',
      'ALTER DATABASE … COLLATE utf8mb4_bin; tables there are not touched',
    ),
  }),
}

const runMigrate = both(
  '停下服务，用库主账号跑 node apps/server/dist/migrate.js，再启动',
  'stop the servers, run node apps/server/dist/migrate.js as the owner, start them again',
)

export const migrationWords = {
  fine: (count: number): Said => ({ fact: both(`${count} 步都已执行`, `all ${count} steps are done`) }),
  none: (): Said => ({ fact: both('库里还没有表', 'there are no tables yet'), fix: runMigrate }),
  unreadable: (): Said => ({
    fact: both('应用账号看不到已执行的步骤', 'the application’s account may not see which steps are done'),
    fix: both('再跑一次 migrate，它会补上权限', 'run migrate again: it gives the right'),
  }),
  behind: (missing: readonly string[]): Said => ({
    fact: both(`还差 ${missing.length} 步`, `steps missing: ${missing.length}`),
    details: missing.slice(0, 10).map(line),
    fix: runMigrate,
  }),
  ahead: (count: number): Said => ({
    fact: both(`库比程序新 ${count} 步`, `steps by which the database is ahead of the program: ${count}`),
    fix: both(
      '有服务器还在跑旧版本：都升到同一版本',
      'an older version still runs here: bring all servers to the same one',
    ),
  }),
}

export const grantWords = {
  fine: (count: number): Said => ({
    fact: both(
      `${count} 张只增不改的表，应用账号改不了也删不了`,
      `the application can neither change nor remove rows of ${count} tables of record`,
    ),
  }),
  tooMuch: (tables: readonly string[]): Said => ({
    fact: both(
      `应用账号能改或删 ${tables.length} 张留痕的表`,
      `tables of record that the application’s account may change or thin out: ${tables.length}`,
    ),
    details: tables.map(line),
    fix: both(
      '应用不要用库主账号：跑 migrate 建立受限账号，DATABASE_URL 换成它，并收回多余的 GRANT',
      'do not run as the owner: let migrate make the limited account, put it into DATABASE_URL, revoke other grants',
    ),
  }),
  tooLittle: (tables: readonly string[]): Said => ({
    fact: both(
      `应用账号缺 ${tables.length} 张表的权限`,
      `tables on which the application’s account lacks rights: ${tables.length}`,
    ),
    details: tables.map(line),
    fix: both('再跑一次 migrate，它会补上权限', 'run migrate again: it gives the rights'),
  }),
}
