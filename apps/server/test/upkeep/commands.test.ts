import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { poolOptions } from '../../src/db/database.ts'
import { buildCompany } from '../builders.ts'
import { builtFolder, buildServer } from '../faults/real-server.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { everyRow, startMachine, type Machine } from './machine.ts'

/** The delivered programs, as an operator starts them. */
let folder: string
let machine: Machine
let server: TestServer
let to: string
let settings: string
beforeAll(async () => {
  folder = buildServer().replace(/main\.js$/, '')
  machine = await startMachine()
  server = await startTestServer({ databaseUrl: machine.url })
  await buildCompany(server)
  to = join(machine.folder, 'backups')
  settings = join(machine.folder, 'vouch.env')
  mkdirSync(join(machine.folder, 'files'))
  writeFileSync(join(machine.folder, 'files/a'), '准信')
  const { demo: _, ...config } = server.deps.config
  const lines = { ...config, FILES_URL: `file:${join(machine.folder, 'files')}`, OWNER_DATABASE_URL: server.ownerUrl }
  writeFileSync(
    settings,
    Object.entries(lines)
      .map(([name, value]) => `${name}='${value}'\n`)
      .join(''),
  )
})
afterAll(async () => {
  await server.stop()
  await machine.remove()
  rmSync(builtFolder, { recursive: true, force: true })
})

function start(name: string, ...args: string[]) {
  const env = { PATH: process.env['PATH'] ?? '' }
  const child = spawn(process.execPath, [`${folder}${name}.js`, '--env', settings, ...args], { env })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (said += String(piece)))
  const ended = once(child, 'close').then(([code, signal]) => ({ how: (code ?? signal) as number | string, said }))
  return { child, ended }
}
const run = (name: string, ...args: string[]) => start(name, ...args).ended

describe('a backup that is killed', () => {
  it('leaves nothing that looks complete, and the next one is whole', async () => {
    const lock = await createConnection(poolOptions(server.ownerUrl))
    await lock.query('lock tables send write') // here it waits, after the tables before it
    const { child, ended } = start('backup', '--to', to)
    const written = () => readdirSync(join(to, readdirSync(to)[0] ?? '', 'database'))
    await expect
      .poll(() => (readdirSync(machine.folder).includes('backups') ? written() : []), { timeout: 15_000 })
      .toContain('policy.rows.gz')
    child.kill('SIGKILL')
    expect((await ended).how).toBe('SIGKILL')
    await lock.end()

    const [left, ...others] = readdirSync(to)
    expect(others).toEqual([])
    expect(left).toMatch(/^\.vouch-.*\.partial$/)
    expect((await run('backup', '--to', to)).how).toBe(0)
    expect(readdirSync(to).filter((name) => !name.startsWith('.'))).toHaveLength(1)
  })
})

describe('the commands tell each step, and no password', () => {
  let before: Record<string, unknown>
  let folderOfBackup: string
  const heard: string[] = []
  const hear = async (name: string, ...args: string[]) => {
    const ended = await run(name, ...args)
    heard.push(ended.said)
    return ended
  }
  beforeAll(async () => {
    before = await everyRow(server.ownerUrl)
    const made = await hear('backup', '--to', join(machine.folder, 'more'), '--lang', 'zh')
    expect(made).toMatchObject({ how: 0, said: expect.stringMatching(/v 数据库 .*\n.*v 文件 {2}1 .*\n.*v 备份完成：/) })
    folderOfBackup = join(machine.folder, 'more', readdirSync(join(machine.folder, 'more'))[0] ?? '')
    await server.owner.deleteFrom('hospital').execute()
  })
  afterAll(() => {
    for (const said of heard) {
      expect(said).not.toContain('mysql://')
      expect(said).not.toContain(server.deps.config.SECRET_KEY)
    }
  })

  it('restore refuses what is not empty', async () => {
    const refused = await hear('restore', folderOfBackup, '--lang', 'en')
    expect(refused).toMatchObject({ how: 1, said: expect.stringContaining('is not empty') })
  })

  it('and puts back what changed when that was said', async () => {
    const restored = await hear('restore', folderOfBackup, '--over', '--lang', 'en')
    expect(restored).toMatchObject({ how: 0, said: expect.stringMatching(/v restored: \d+ rows, 1 files/) })
    expect(await everyRow(server.ownerUrl)).toEqual(before)
  })

  it('rotate-keys changes the key of the settings for the one beside it', async () => {
    const env = join(machine.folder, 'rotating.env')
    writeFileSync(env, `${readFileSync(settings, 'utf8')}SECRET_KEY_ALSO='${'o'.repeat(40)}'\n`)
    const rotated = await hear('rotate-keys', '--env', env, '--lang', 'en')
    expect(rotated).toMatchObject({ how: 0, said: expect.stringContaining('still counts: link, ticket, cookie') })
    expect(await server.owner.selectFrom('keptKey').select('proves').execute()).toHaveLength(3)
  })

  it('upgrade looks at the release although no step is due', async () => {
    const upgraded = await hear('upgrade', '--to', to, '--lang', 'en')
    expect(upgraded).toMatchObject({
      how: 0,
      said: expect.stringMatching(/v check the release .*\n.*v upgraded: 0 steps/),
    })
  })

  it('admin prints a link that works once, and none for a name or role that is none', async () => {
    const made = await hear('admin', '--lang', 'zh')
    expect(made).toMatchObject({ how: 0, said: expect.stringMatching(/\/console\/set-up#[\w-]{43}\n/) })
    heard.pop() // the link is the one secret that is meant to be told
    expect(await hear('admin', '--of', '没有的人')).toMatchObject({
      how: 1,
      said: expect.stringContaining('没有生成链接'),
    })
    expect(await hear('admin', '--role', 'auditor')).toMatchObject({ how: 1, said: expect.stringContaining('--role') })
  })

  it.each([
    { name: 'backup', says: '用法：backup --to' },
    { name: 'restore', says: '用法：restore' },
    { name: 'upgrade', says: '用法：upgrade --to' },
    { name: 'rotate-keys', says: '旧密钥写在 SECRET_KEY_ALSO' },
  ])('$name says what it needs', async ({ name, says }) => {
    expect(await hear(name)).toMatchObject({ how: 1, said: expect.stringContaining(says) })
  })
})
