import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { grantApplication, migrate, migrationNames } from '../db/migrate.ts'
import { lockApplication, unlockApplication, withDatabase, type Accounts } from './accounts.ts'
import { makeBackup } from './backup.ts'
import { UpkeepFault } from './fault.ts'
import { loadDatabase } from './load-database.ts'
import { proveBackup, type Proven } from './restore.ts'
import { wordsOf, type Tell } from './tell.ts'

type AskedUpgrade = Accounts & {
  /** The folder that holds the backups. */
  to: string
  words: string | undefined
  now: () => Date
  /** What is wrong with this release on the new structure; nothing when it may be let in. */
  check: () => Promise<string[]>
}

/**
 * Brings the database to the structure of this release: backup, steps, check. Nobody else writes meanwhile. Whatever goes
 * wrong, the database is what it was before, and the release that ran goes on. Killed, it is undone by the next start.
 */
export async function upgrade(asked: AskedUpgrade, tell: Tell): Promise<{ applied: string[]; backup: string | null }> {
  await undoHalf(asked, tell)
  const due = await stepsDue(asked.ownerUrl)
  if (due.length === 0) {
    await grantApplication(asked.ownerUrl, asked.applicationUrl)
    const wrong = await tell.step({ zh: '检查新版本', en: 'check the release' }, asked.check)
    if (wrong.length > 0)
      throw new UpkeepFault(
        `新版本没有通过检查：${wrong.join('；')}。数据库没有改动`,
        `the release did not pass its check: ${wrong.join('; ')}. The database was not changed`,
      )
    return { applied: [], backup: null }
  }
  await mark(asked.to, null)
  await lockApplication(asked)
  const proven = await keepOld(asked, tell).catch(async (fault: unknown) => {
    await letIn(asked)
    throw fault
  })
  await mark(asked.to, proven.folder)
  const why = await tryOn(asked, tell)
  if (why !== undefined) await goBack(asked, proven, tell) // when this fails, the mark stays and the next start repeats it
  await letIn(asked)
  if (why === undefined) return { applied: due, backup: proven.folder }
  throw new UpkeepFault(
    `升级没有成功：${why}。数据库已恢复到升级前，旧版本继续运行；备份在 ${proven.folder}`,
    `the upgrade did not succeed: ${why}. The database is as before it, the old release goes on; the backup is ${proven.folder}`,
  )
}

async function letIn(asked: AskedUpgrade): Promise<void> {
  await unlockApplication(asked)
  await rm(markPath(asked.to), { force: true })
}

/** The backup before the first step, read again: without it no step is taken. */
async function keepOld(asked: AskedUpgrade, tell: Tell): Promise<Proven> {
  const backup = await makeBackup(
    { databaseUrl: asked.ownerUrl, filesUrl: undefined, to: asked.to, words: asked.words, now: asked.now() },
    tell,
  )
  return proveBackup(backup, asked.words, tell)
}

/** Undefined when the release stands on the new structure, otherwise why not. */
async function tryOn(asked: AskedUpgrade, tell: Tell): Promise<string | undefined> {
  try {
    await tell.step({ zh: '更新数据库结构', en: 'change the structure' }, () => migrate(asked.ownerUrl))
    await grantApplication(asked.ownerUrl, asked.applicationUrl)
    const wrong = await tell.step({ zh: '检查新版本', en: 'check the release' }, asked.check)
    return wrong.length > 0 ? wrong.join('; ') : undefined
  } catch (fault) {
    return wordsOf(fault)
  }
}

async function goBack(asked: AskedUpgrade, proven: Proven, tell: Tell): Promise<void> {
  await tell.step({ zh: '恢复到升级前', en: 'go back' }, (progress) =>
    loadDatabase(asked.ownerUrl, proven.folder, { ...proven, progress }),
  )
  await grantApplication(asked.ownerUrl, asked.applicationUrl)
}

/** Throws when the database is ahead of this release. */
async function stepsDue(ownerUrl: string): Promise<string[]> {
  const taken = await withDatabase(ownerUrl, async (connection) => {
    const [rows] = await connection.query('select name as name from kysely_migration')
    return (rows as { name: string }[]).map(({ name }) => name)
  })
  const stranger = taken.find((name) => !migrationNames.includes(name))
  if (stranger)
    throw new UpkeepFault(
      `数据库已经属于更新的版本（${stranger}）。没有改动任何内容`,
      `the database belongs to a newer release already (${stranger}). Nothing was changed`,
    )
  return migrationNames.filter((name) => !taken.includes(name)).sort()
}

const markPath = (to: string): string => join(to, '.upgrade-under-way')

/** What a later start has to know when this one is killed: where the old state lies, or that nothing was changed yet. */
async function mark(to: string, backup: string | null): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 })
  const draft = `${markPath(to)}.new`
  const handle = await open(draft, 'w', 0o600)
  try {
    await handle.writeFile(JSON.stringify({ backup }))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(draft, markPath(to))
}

async function undoHalf(asked: AskedUpgrade, tell: Tell): Promise<void> {
  const text = await readFile(markPath(asked.to), 'utf8').catch(() => undefined)
  if (text === undefined) return
  const { backup } = JSON.parse(text) as { backup: string | null } // written above
  tell.line({ zh: '! 上一次升级被中断，先恢复', en: '! the last upgrade was interrupted: undoing it first' })
  if (backup) await goBack(asked, await proveBackup(backup, asked.words, tell), tell)
  await letIn(asked)
}
