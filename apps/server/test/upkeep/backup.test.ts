import { randomBytes, randomUUID } from 'node:crypto'
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { repEndpoints } from '@vouch/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/db/database.ts'
import { migrationNames } from '../../src/db/migrate.ts'
import { folderFiles } from '../../src/files/disk-files.ts'
import { hashOf } from '../../src/files/file-hash.ts'
import { contentName } from '../../src/files/file-names.ts'
import { makeBackup } from '../../src/upkeep/backup.ts'
import { UpkeepFault } from '../../src/upkeep/fault.ts'
import { restoreBackup } from '../../src/upkeep/restore.ts'
import { buildAccount, buildCompany, buildOrdinary } from '../builders.ts'
import { expectInvariants } from '../invariants.ts'
import { call, startTestServer, type TestServer } from '../test-server.ts'
import { everyFile, everyRow, listen, startMachine, stepsOf, type Machine } from './machine.ts'

let old: Machine
let fresh: Machine
let server: TestServer
let files: string
/** Signs that a careless copy would lose: ends of lines that are none, quotes, an emoji, a backslash. */
const strange = '张\u2028伟\n"\'\\ 👩‍⚕️\u0000\r'
const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))

beforeAll(async () => {
  ;[old, fresh] = await Promise.all([startMachine(), startMachine()])
  server = await startTestServer({ databaseUrl: old.url })
  await buildCompany(server, { sendsPerMonth: 1_000 })
  await buildAccount(server, { name: strange })
  await server.owner.insertInto('searchBlock').values({ block: 1, term: 'x', zone: 1, places: everyByte }).execute()
  files = join(old.folder, 'files')
  const store = folderFiles(files)
  const large = randomBytes(3_000_000)
  await store.put(contentName(hashOf(large)), large)
  await store.put(contentName(hashOf(Buffer.from('准信'))), Buffer.from('准信'))
})
afterAll(async () => {
  await server.stop()
  await Promise.all([old.remove(), fresh.remove()])
})

const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
}

let nth = 0
const backUp = (words?: string) => {
  nth += 1
  return makeBackup(
    {
      ...{ databaseUrl: server.applicationUrl, filesUrl: `file:${files}`, to: join(old.folder, 'backups'), words },
      now: new Date(Date.UTC(2026, 10, 25, 1, nth)),
    },
    listen(),
  )
}
const restoreOn = (place: ReturnType<Machine['installation']>, folder: string, more: object = {}) => {
  const store = folderFiles(join(fresh.folder, `files-${nth}`))
  return restoreBackup({ ...place, folder, store, words: undefined, over: false, ...more }, listen())
}
const saidBy = async (work: Promise<unknown>): Promise<string> => {
  const fault = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(fault).toBeInstanceOf(UpkeepFault)
  return fault instanceof UpkeepFault ? fault.said.en : ''
}
/** A backup somebody may spoil. */
const copyOf = (folder: string): string => {
  const copy = `${folder}-copy-${randomUUID()}`
  cpSync(folder, copy, { recursive: true })
  return copy
}

/** Eight reps send as fast as they can until `work` is done. Returns how often they did, before and after. */
async function whileSending<T>(work: () => Promise<T>): Promise<{ result: T; sent: number }> {
  const reps = await Promise.all(Array.from({ length: 8 }, () => buildOrdinary(server)))
  let ending = false
  let sent = 0
  const sending = reps.map(async ({ externalUserId, contentItemId, cookie }) => {
    while (!ending) {
      const asked = { externalUserId, contentItemId, kind: 'news' as const, entry: 'single_chat_tools' as const }
      const answer = await call(server, cookie, repEndpoints.authoriseSend, {
        ...{ ...asked, requestId: randomUUID(), again: true },
      })
      expect(answer.body.outcome).toBe('authorised')
      sent += 1
    }
  })
  const goOn = async () => {
    await until(() => sent > 20)
    const result = await work()
    const before = sent
    await until(() => sent > before)
    return result
  }
  const result = await goOn().finally(() => (ending = true))
  await Promise.all(sending)
  return { result, sent }
}

describe('[O4] a sealed backup, made while the application goes on sending, restored on an empty machine', () => {
  const words = randomBytes(24).toString('hex')
  let folder: string
  let sent: number
  let place: ReturnType<Machine['installation']>
  beforeAll(async () => {
    ;({ result: folder, sent } = await whileSending(() => backUp(words)))
    place = fresh.installation()
    await restoreOn(place, folder, { words })
  })

  it('is of one instant: no half send, and none of those that came after', async () => {
    const restored = openDatabase(place.ownerUrl, 1)
    await expectInvariants(restored)
    const rows = await restored.selectFrom('send').select('id').execute()
    await restored.destroy()
    expect(rows.length).toBeGreaterThan(20)
    expect(rows.length).toBeLessThan(sent)
  })

  it('has every file, byte for byte', () => {
    expect(Object.keys(everyFile(files))).toHaveLength(2)
    expect(everyFile(join(fresh.folder, `files-${nth}`))).toEqual(everyFile(files))
  })

  it('lets the application in with its rights and no more', async () => {
    const db = openDatabase(place.applicationUrl, 1)
    const names = await db.selectFrom('account').select('name').execute()
    await expect(db.deleteFrom('fact').execute()).rejects.toMatchObject({ errno: 1142 })
    await db.destroy()
    expect(names.map(({ name }) => name)).toContain(strange)
  })

  it('says nothing to whoever has not the words', async () => {
    const found = Object.entries(everyFile(folder))
    for (const [file, hex] of found) expect(Buffer.from(hex, 'hex').includes('仁和医院'), file).toBe(false)
    expect(found.map(([, hex]) => hex)).not.toContain(Buffer.from('准信').toString('hex'))
    expect(await saidBy(restoreOn(fresh.installation(), folder))).toContain('give BACKUP_KEY')
    const other = restoreOn(fresh.installation(), folder, { words: 'x'.repeat(40) })
    expect(await saidBy(other)).toContain('BACKUP_KEY is not the one')
  })
})

describe('a restore', () => {
  let folder: string
  let place: ReturnType<Machine['installation']>
  beforeAll(async () => {
    folder = await backUp()
    place = fresh.installation()
    await restoreOn(place, folder)
  })

  it('gives the same structure and the same rows', async () => {
    expect(await everyRow(place.ownerUrl)).toEqual(await everyRow(server.ownerUrl))
    expect(await stepsOf(place.ownerUrl)).toEqual(await stepsOf(server.ownerUrl))
  })

  it('takes no backup of which one byte is other than it was written', async () => {
    for (const name of ['database/send.rows.gz', 'files.list.gz', `files/${Object.keys(everyFile(files))[0]}`]) {
      const spoilt = copyOf(folder)
      appendFileSync(join(spoilt, name), 'x')
      const empty = fresh.installation()
      expect(await saidBy(restoreOn(empty, spoilt))).toBe(
        `${name} of the backup is not what was written. Nothing was restored; take another backup`,
      )
      await expect(everyRow(empty.ownerUrl)).rejects.toMatchObject({ errno: 1049 }) // no such database
    }
  })

  it('or of which a file is missing', async () => {
    const spoilt = copyOf(folder)
    rmSync(join(spoilt, 'database/fact.rows.gz'))
    const said = await saidBy(restoreOn(fresh.installation(), spoilt))
    expect(said).toContain('database/fact.rows.gz of the backup is missing')
  })

  it('or a folder that is no whole backup', async () => {
    const spoilt = copyOf(folder)
    rmSync(join(spoilt, 'backup.json'))
    expect(await saidBy(restoreOn(fresh.installation(), spoilt))).toContain('backup.json is missing')
  })

  it('or one from a newer release', async () => {
    const newer = copyOf(folder)
    const manifest = JSON.parse(readFileSync(join(newer, 'backup.json'), 'utf8'))
    manifest.migrations.push('2099-01-01T01-create-wonder')
    writeFileSync(join(newer, 'backup.json'), JSON.stringify(manifest))
    expect(await saidBy(restoreOn(fresh.installation(), newer))).toContain(
      'newer release (2099-01-01T01-create-wonder)',
    )
  })

  it('replaces what a database holds only when that was said', async () => {
    const owner = openDatabase(place.ownerUrl, 1)
    await owner.updateTable('hospital').set({ name: 'changed' }).execute()
    const before = await everyRow(place.ownerUrl)
    expect(await saidBy(restoreOn(place, folder))).toContain('is not empty')
    expect(await everyRow(place.ownerUrl)).toEqual(before)

    await restoreOn(place, folder, { over: true })
    const { name } = await owner.selectFrom('hospital').select('name').executeTakeFirstOrThrow()
    await owner.destroy()
    expect(name).toBe('仁和医院（示例）')
  })
})

describe('a backup that does not come to its end', () => {
  it('leaves nothing when the store of files breaks off', async () => {
    const to = join(old.folder, 'broken')
    const asked = { databaseUrl: server.applicationUrl, to, words: undefined, now: new Date() }
    const notAFolder = join(old.folder, 'plain')
    writeFileSync(notAFolder, '')
    await expect(makeBackup({ ...asked, filesUrl: `file:${notAFolder}` }, listen())).rejects.toThrow('ENOTDIR')
    expect(readdirSync(to)).toEqual([])
  })

  it('sweeps after a day what one that was killed left, and touches nothing else', async () => {
    const to = join(old.folder, 'backups')
    mkdirSync(join(to, '.vouch-20260101T000000Z.ab.partial'), { recursive: true })
    utimesSync(join(to, '.vouch-20260101T000000Z.ab.partial'), 0, 0)
    const before = readdirSync(to).filter((name) => !name.startsWith('.'))
    await backUp()
    expect(readdirSync(to).filter((name) => name.startsWith('.'))).toEqual([])
    expect(readdirSync(to)).toEqual(expect.arrayContaining(before))
  })

  it('the steps of the structure it names are those of this release', async () => {
    const folder = await backUp()
    expect(JSON.parse(readFileSync(join(folder, 'backup.json'), 'utf8')).migrations).toEqual([...migrationNames].sort())
  })
})
