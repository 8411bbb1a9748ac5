/** The database program found on this machine: where it is, how a data folder is made, how it is started. */
import { spawn } from 'node:child_process'
import {
  accessSync,
  constants,
  createReadStream,
  existsSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { userInfo } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

const systemTables = ['mysql_system_tables.sql', 'mysql_performance_tables.sql', 'mysql_system_tables_data.sql']
const usualFolders = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin', '/usr/local/mysql/bin']

/**
 * The first server program that can be used, MariaDB before MySQL, or undefined.
 * Shape: `{ kind: 'mariadb' | 'mysql', binary, share }`; `share` holds MariaDB's system tables as SQL.
 */
export function findEngine(folders = [...(process.env.PATH ?? '').split(delimiter), ...usualFolders]) {
  for (const name of ['mariadbd', 'mysqld']) {
    for (const folder of folders.filter(Boolean)) {
      const binary = join(folder, name)
      if (!isProgram(binary)) continue
      const share = findShare(binary)
      // a mysqld that is only MariaDB's other name points to mariadbd
      const kind = realpathSync(binary).endsWith('mariadbd') ? 'mariadb' : 'mysql'
      if (kind === 'mysql' || share) return { kind, binary, share }
    }
  }
  return undefined
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function findShare(binary) {
  const base = dirname(dirname(realpathSync(binary)))
  return [join(base, 'share/mysql'), join(base, 'share/mariadb'), join(base, 'share'), '/usr/share/mysql'].find(
    (folder) => existsSync(join(folder, systemTables[0])),
  )
}

/**
 * What every start needs: no file of the machine is read, root has to be said aloud, and temporary tables lie in a folder
 * of our own, because a server that starts deletes those of every other server with the same folder.
 */
function always(dataDir) {
  const tmpDir = join(dirname(dataDir), 'tmp')
  mkdirSync(tmpDir, { recursive: true })
  const asRoot = userInfo().uid === 0 ? ['--user=root'] : []
  return ['--no-defaults', `--datadir=${dataDir}`, `--tmpdir=${tmpDir}`, ...asRoot]
}

/** Makes the data folder. It appears under its name only when complete, so a killed first start leaves no half of one. */
export async function createDataFolder(engine, dataDir, logFd) {
  const draft = `${dataDir}.new`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { recursive: true, mode: 0o700 })
  await (engine.kind === 'mariadb' ? bootstrapMariadb : initializeMysql)(engine, draft, logFd)
  renameSync(draft, dataDir)
}

/** mariadb-install-db needs programs of other packages, so its SQL is fed to the server itself, one statement per line. */
async function bootstrapMariadb(engine, dataDir, logFd) {
  const options = ['--bootstrap', '--innodb-log-file-size=10M', '--innodb-doublewrite=0', '--skip-log-bin']
  const child = spawn(engine.binary, [...always(dataDir), ...options], { stdio: ['pipe', logFd, logFd] })
  const ended = exitOf(child, 'bootstrap')
  child.stdin.on('error', () => {}) // the exit code tells more than a broken pipe
  child.stdin.write('create database if not exists mysql;\nuse mysql;\n')
  child.stdin.write('SET @auth_root_socket=NULL;\nSET @skip_auth_anonymous=1;\n')
  for (const name of systemTables) await pour(join(engine.share, name), child.stdin)
  child.stdin.end()
  await ended
}

function pour(path, target) {
  return new Promise((resolve, reject) => {
    createReadStream(path).on('end', resolve).on('error', reject).pipe(target, { end: false })
  })
}

async function initializeMysql(engine, dataDir, logFd) {
  const child = spawn(engine.binary, [...always(dataDir), '--initialize-insecure'], { stdio: ['ignore', logFd, logFd] })
  await exitOf(child, 'initialize')
}

function exitOf(child, step) {
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`database ${step} ended with code ${code}`))))
  })
}

/**
 * The arguments of the running server: durable commits, UTC, utf8mb4, reachable through its socket only. Its log is as
 * large as its memory for pages: in a full one every writer waits until pages are on disk.
 */
export function serverArguments(engine, place, cache) {
  const mysqlOnly = ['--mysqlx=OFF', '--secure-file-priv=NULL', '--performance-schema=OFF']
  return [
    ...always(place.dataDir),
    `--socket=${place.socket}`,
    `--pid-file=${place.pidFile}`,
    `--init-file=${place.initFile}`,
    '--skip-networking',
    '--skip-name-resolve',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_bin',
    '--default-time-zone=+00:00',
    '--max-connections=300',
    '--max-allowed-packet=64M',
    `--innodb-buffer-pool-size=${cache}`,
    '--innodb-flush-log-at-trx-commit=1',
    ...(engine.kind === 'mariadb'
      ? [`--innodb-log-file-size=${cache}`]
      : [...mysqlOnly, `--innodb-redo-log-capacity=${cache}`]),
  ]
}
