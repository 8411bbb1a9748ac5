import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase, poolOptions } from '../../src/db/database.ts'
import { grantApplication, migrate, migrationNames } from '../../src/db/migrate.ts'
import { lockApplication } from '../../src/upkeep/accounts.ts'
import { makeBackup } from '../../src/upkeep/backup.ts'
import { checkRelease } from '../../src/upkeep/check-release.ts'
import { UpkeepFault } from '../../src/upkeep/fault.ts'
import { upgrade } from '../../src/upkeep/upgrade.ts'
import { startTestServer } from '../test-server.ts'
import { everyRow, listen, startMachine, stepsOf, type Machine } from './machine.ts'

const steps = [...migrationNames].sort()
/** A release that was six steps behind, before a table that the fourth of them makes. */
const strangeTable = 'verify_file'
const at = steps.findIndex((name) => name.endsWith(`create-${strangeTable.replace('_', '-')}`))
const oldSteps = steps.slice(0, at - 3)

let machine: Machine
let config: Awaited<ReturnType<typeof startTestServer>>['deps']['config']
beforeAll(async () => {
  machine = await startMachine()
  const server = await startTestServer({ databaseUrl: machine.url })
  config = server.deps.config
  await server.stop()
})
afterAll(() => machine.remove())

let place: ReturnType<Machine['installation']>
let to: string
let nth = 0
beforeEach(async () => {
  nth += 1
  to = join(machine.folder, `backups-${nth}`)
  place = machine.installation()
  await migrate(place.ownerUrl, oldSteps.at(-1))
  await grantApplication(place.ownerUrl, place.applicationUrl)
  const db = openDatabase(place.applicationUrl, 1)
  await db.insertInto('product').values({ code: 'PD1', name: '示例单抗', nameEn: 'Examplimab' }).execute()
  await db.insertInto('hospital').values({ id: 'h1', name: '仁和', shortName: '仁和' }).execute()
  await db.destroy()
})

const asked = (more: object = {}) => ({
  ...{ ...place, to, words: undefined, now: () => new Date() },
  check: () => checkRelease(place, { ...config, DATABASE_URL: place.applicationUrl }),
  ...more,
})
const query = async (url: string, text: string) => {
  const connection = await createConnection(poolOptions(url))
  try {
    const [rows] = await connection.query(text)
    return rows
  } finally {
    await connection.end()
  }
}
const faultOf = async (work: Promise<unknown>): Promise<string> => {
  const fault = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(fault).toBeInstanceOf(UpkeepFault)
  return fault instanceof UpkeepFault ? fault.said.en : ''
}
/** The old release works on: reads what it wrote, writes more, and still changes no record. */
async function expectOldAtWork() {
  expect(await stepsOf(place.ownerUrl)).toEqual(oldSteps)
  const db = openDatabase(place.applicationUrl, 1)
  expect(await db.selectFrom('product').select(['code', 'name']).execute()).toEqual([{ code: 'PD1', name: '示例单抗' }])
  await db.insertInto('hospital').values({ id: 'h2', name: '协和', shortName: '协和' }).execute()
  await expect(db.deleteFrom('fact').execute()).rejects.toMatchObject({ errno: 1142 })
  await db.destroy()
}

describe('an upgrade', () => {
  it('keeps the old state, takes every step and lets the application in again', async () => {
    const { applied, backup } = await upgrade(asked(), listen())
    expect(applied).toEqual(steps.slice(oldSteps.length))
    expect(await stepsOf(place.ownerUrl)).toEqual(steps)
    expect(backup).not.toBeNull()
    const db = openDatabase(place.applicationUrl, 1)
    expect(await db.selectFrom('hospital').select('id').execute()).toEqual([{ id: 'h1' }])
    await db.destroy()
    expect(readdirSync(to)).toEqual([backup?.slice(to.length + 1)])
    expect(await query(machine.url, `select user from mysql.user where user like 'vouch_check%'`)).toEqual([])
  })

  it('lets nobody write between the backup and its end', async () => {
    const open = openDatabase(place.applicationUrl, 1)
    await open.selectFrom('hospital').select('id').execute()
    let refused: unknown
    const check = async () => {
      refused = await open
        .insertInto('hospital')
        .values({ id: 'late', name: '迟', shortName: '迟' })
        .execute()
        .catch((fault: unknown) => fault)
      return []
    }
    await upgrade(asked({ check }), listen())
    await open.destroy()
    expect(refused).toBeInstanceOf(Error)
    expect(await query(place.ownerUrl, 'select id from hospital')).toEqual([{ id: 'h1' }])
  })
})

describe('an upgrade that fails', () => {
  it('in the middle of its steps, is undone: structure, rows and rights are those of the old release', async () => {
    await query(place.ownerUrl, `create table ${strangeTable} (mine int)`) // the step that makes it cannot
    await query(place.ownerUrl, `insert into ${strangeTable} values (7)`)
    const before = await everyRow(place.ownerUrl)
    expect(await faultOf(upgrade(asked(), listen()))).toMatch(
      /did not succeed: .*verify_file.*already exists.* The database is as before it/,
    )
    expect(await everyRow(place.ownerUrl)).toEqual(before)
    await expectOldAtWork()
  })

  it('its check, is undone as well', async () => {
    const before = await everyRow(place.ownerUrl)
    const said = await faultOf(upgrade(asked({ check: async () => ['/readyz 503'] }), listen()))
    expect(said).toContain('/readyz 503')
    expect(await everyRow(place.ownerUrl)).toEqual(before)
    await expectOldAtWork()
  })

  it('for want of a backup, changes nothing', async () => {
    writeFileSync(to, 'no folder')
    await expect(upgrade(asked(), listen())).rejects.toThrow()
    await expectOldAtWork()
  })

  it('because the database is ahead of it, changes nothing', async () => {
    await query(place.ownerUrl, `insert into kysely_migration values ('2099-01-01T01-create-wonder', 'now')`)
    expect(await faultOf(upgrade(asked(), listen()))).toContain('belongs to a newer release')
  })
})

describe('an upgrade that was killed in the middle', () => {
  beforeEach(async () => {
    const asked = { databaseUrl: place.ownerUrl, filesUrl: undefined, to, words: undefined, now: new Date(0) }
    const backup = await makeBackup(asked, listen())
    writeFileSync(join(to, '.upgrade-under-way'), JSON.stringify({ backup }))
    await lockApplication(place)
    await migrate(place.ownerUrl, steps[oldSteps.length + 1])
    await query(place.ownerUrl, 'delete from hospital')
  })

  it('is undone by the next start, which then takes every step', async () => {
    const told = listen()
    let found: unknown
    const check = async () => {
      found = await query(place.ownerUrl, 'select id from hospital')
      return []
    }
    const { applied } = await upgrade(asked({ check }), told)
    expect(told.heard[0]).toBe('! the last upgrade was interrupted: undoing it first')
    expect(applied).toEqual(steps.slice(oldSteps.length)) // all of them: the half was taken back
    expect(found).toEqual([{ id: 'h1' }])
    const db = openDatabase(place.applicationUrl, 1)
    expect(await db.selectFrom('hospital').select('id').execute()).toEqual([{ id: 'h1' }])
    await db.destroy()
  })
})
