import type { KeyObject } from 'node:crypto'
import { poolOptions } from '../db/database.ts'
import { grantApplication, migrate } from '../db/migrate.ts'
import type { Files } from '../files/files.ts'
import { lockApplication, unlockApplication, withDatabase, withServer, type Accounts } from './accounts.ts'
import { backupKey, checkKept, proofOf } from './checked-file.ts'
import { UpkeepFault } from './fault.ts'
import { checkFiles, putFiles } from './file-lists.ts'
import { checkKnown, loadDatabase, tableNames } from './load-database.ts'
import { readManifest, tablePath, type Manifest } from './manifest.ts'
import type { Tell } from './tell.ts'

type AskedRestore = Accounts & {
  folder: string
  /** Where the files go; null leaves them alone. */
  store: Files | null
  words: string | undefined
  /** Said aloud by whoever wants what the database holds now to be gone. */
  over: boolean
}

/** A backup that was looked at: nothing of it is missing or other than it was written. */
export type Proven = { folder: string; manifest: Manifest; key: KeyObject | undefined }

/** Reads all of a backup before anything is touched. */
export async function proveBackup(folder: string, words: string | undefined, tell: Tell): Promise<Proven> {
  const manifest = await readManifest(folder)
  checkKnown(manifest)
  const key = manifest.seal ? openSeal(manifest.seal, words) : undefined
  await tell.step({ zh: '核对备份', en: 'check the backup' }, async (progress) => {
    for (const table of manifest.tables)
      await checkKept(tablePath(folder, table.name), `database/${table.name}.rows.gz`, table)
    if (manifest.files) await checkFiles(folder, { files: manifest.files, key, progress })
  })
  return { folder, manifest, key }
}

function openSeal({ salt, proof }: NonNullable<Manifest['seal']>, words: string | undefined): KeyObject {
  if (!words) throw new UpkeepFault('这个备份是加密的：请给出 BACKUP_KEY', 'this backup is sealed: give BACKUP_KEY')
  const key = backupKey(words, salt)
  if (proofOf(key) === proof) return key
  throw new UpkeepFault('BACKUP_KEY 不是做这个备份时用的那一个', 'BACKUP_KEY is not the one this backup was made with')
}

/** Puts a backup where nothing is, or over what is there when that was said. Ends with the newest structure. */
export async function restoreBackup(asked: AskedRestore, tell: Tell): Promise<{ rows: number; files: number }> {
  const proven = await proveBackup(asked.folder, asked.words, tell)
  if (!asked.over) await refuseFull(asked.ownerUrl)
  await lockApplication(asked)
  const rows = await tell.step(
    { zh: '写回数据库', en: 'write the database' },
    (progress) => loadDatabase(asked.ownerUrl, asked.folder, { ...proven, progress }),
    String,
  )
  const { store } = asked
  const files =
    proven.manifest.files && store
      ? await tell.step(
          { zh: '写回文件', en: 'write the files' },
          (progress) => putFiles(asked.folder, store, { ...proven, progress }),
          String,
        )
      : 0
  await tell.step({ zh: '数据库结构和权限', en: 'structure and rights' }, async () => {
    await migrate(asked.ownerUrl)
    await grantApplication(asked.ownerUrl, asked.applicationUrl)
    await unlockApplication(asked)
  })
  return { rows, files }
}

async function refuseFull(ownerUrl: string): Promise<void> {
  const { database } = poolOptions(ownerUrl)
  const exists = await withServer(ownerUrl, async (connection) => {
    const [rows] = await connection.query('select 1 from information_schema.schemata where schema_name = ?', [database])
    return (rows as unknown[]).length > 0
  })
  const names = exists ? await withDatabase(ownerUrl, tableNames) : []
  if (names.length > 0)
    throw new UpkeepFault(
      `数据库 ${database} 不是空的（${names.length} 张表）。没有改动任何内容；要用备份替换它，请加 --over`,
      `the database ${database} is not empty (${names.length} tables). Nothing was changed; to replace it by the backup add --over`,
    )
}
