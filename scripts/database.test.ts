import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { answers, placeOf, startDatabase, stopDatabase } from './lib/database.mjs'

type Connection = { query: (statement: string) => Promise<[unknown, unknown]>; end: () => Promise<void> }

const { createConnection } = createRequire(new URL('../apps/server/package.json', import.meta.url))(
  'mysql2/promise',
) as {
  createConnection: (url: string) => Promise<Connection>
}

let dir: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'vouch-db-'))
})

afterEach(async () => {
  await stopDatabase(dir)
  rmSync(dir, { recursive: true, force: true })
})

async function ask(url: string, statement: string): Promise<unknown> {
  const connection = await createConnection(url)
  try {
    const [rows] = await connection.query(statement)
    return rows
  } finally {
    await connection.end()
  }
}

const pidIn = (folder: string): number => Number(readFileSync(placeOf(folder).pidFile, 'utf8'))

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('it did not happen within 15 s')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z')
  } catch {
    return false
  }
}

test('what was committed is there after the database was killed', async () => {
  const { url } = await startDatabase({ dir, name: 'vouch_test' })
  await ask(url, 'create table kept (word varchar(20))')
  await ask(url, "insert into kept values ('准信')")
  const killed = pidIn(dir)
  process.kill(killed, 'SIGKILL')
  await until(() => !isAlive(killed))
  await startDatabase({ dir, name: 'vouch_test' })
  expect(await ask(url, 'select word from kept')).toEqual([{ word: '准信' }])
})

test('it commits durably, in UTC, compares byte by byte and listens on no port', async () => {
  const { url } = await startDatabase({ dir })
  const settings =
    '@@innodb_flush_log_at_trx_commit flush, @@time_zone zone, @@collation_server collation, @@skip_networking closed'
  expect(await ask(url, `select ${settings}`)).toEqual([
    { flush: 1, zone: '+00:00', collation: 'utf8mb4_bin', closed: 1 },
  ])
})

test('a second start finds it running', async () => {
  await startDatabase({ dir })
  const first = pidIn(dir)
  await startDatabase({ dir })
  expect(pidIn(dir)).toBe(first)
})

test('a folder whose path is too long for a socket gets its socket elsewhere', async () => {
  const far = join(dir, 'a'.repeat(120))
  const { url, stop } = await startDatabase({ dir: far })
  expect(Buffer.byteLength(placeOf(far).socket)).toBeLessThan(107)
  expect(await ask(url, 'select 1 one')).toEqual([{ one: 1 }])
  await stop()
  expect(await answers(placeOf(far).socket)).toBe(false)
})

test('it does not outlive a script that was killed', async () => {
  const library = fileURLToPath(new URL('lib/database.mjs', import.meta.url))
  const code = `import { startDatabase } from ${JSON.stringify(library)}
    await startDatabase({ dir: ${JSON.stringify(dir)} }); setInterval(() => {}, 1000)`
  const script = spawn(process.execPath, ['--input-type=module', '-e', code])
  await until(() => answers(placeOf(dir).socket))
  const database = pidIn(dir)
  script.kill('SIGKILL')
  await until(() => !isAlive(database))
})
