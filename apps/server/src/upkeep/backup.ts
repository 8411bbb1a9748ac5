import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readFilesUrl } from '../files/files-url.ts'
import { backupKey, proofOf } from './checked-file.ts'
import { dumpDatabase } from './dump-database.ts'
import { copyFiles } from './file-lists.ts'
import { writeManifest, type Manifest } from './manifest.ts'
import type { Tell } from './tell.ts'

const dayMs = 86_400_000

type AskedBackup = {
  databaseUrl: string
  /** Left out before an upgrade: it changes no file. */
  filesUrl: string | undefined
  /** The folder that holds the backups. */
  to: string
  /** Words to seal it with, or none. */
  words: string | undefined
  now: Date
}

/**
 * Makes a backup: the rows of one instant and the files they name. It gets its name when all of it is on disk, so whatever
 * has such a name is whole. Returns its folder.
 */
export async function makeBackup(asked: AskedBackup, tell: Tell): Promise<string> {
  const name = `vouch-${asked.now.toISOString().replaceAll(/[:-]|\.\d+/g, '')}`
  const draft = join(asked.to, `.${name}.${randomBytes(4).toString('hex')}.partial`)
  await sweep(asked.to)
  await mkdir(draft, { recursive: true, mode: 0o700 })
  try {
    await writeManifest(draft, await fill(draft, asked, tell))
    const folder = join(asked.to, name)
    await rename(draft, folder)
    await syncFolder(asked.to)
    return folder
  } catch (fault) {
    await rm(draft, { recursive: true, force: true })
    throw fault
  }
}

async function fill(draft: string, asked: AskedBackup, tell: Tell): Promise<Manifest> {
  const salt = randomBytes(16).toString('hex')
  const key = asked.words ? backupKey(asked.words, salt) : undefined
  const { migrations, tables } = await tell.step(
    { zh: '数据库', en: 'database' },
    (progress) => dumpDatabase(asked.databaseUrl, draft, { key, progress }),
    (found) => String(found.tables.reduce((sum, { rows }) => sum + rows, 0)),
  )
  const address = asked.filesUrl ? readFilesUrl(asked.filesUrl) : undefined
  const files =
    address?.kind === 'folder'
      ? await tell.step(
          { zh: '文件', en: 'files' },
          (progress) => copyFiles(address.path, draft, { key, progress }),
          ({ count }) => String(count),
        )
      : null
  if (address?.kind === 's3')
    tell.line({
      zh: `! 文件在存储桶 ${address.bucket}，不在备份里：请打开它的版本控制或异地复制`,
      en: `! files lie in the bucket ${address.bucket}, not in the backup: turn on its versioning or replication`,
    })
  return {
    format: 1,
    madeAt: asked.now.toISOString(),
    migrations,
    seal: key ? { salt, proof: proofOf(key) } : null,
    tables,
    files,
  }
}

/** Removes what backups that were killed left behind. */
async function sweep(to: string): Promise<void> {
  const names = await readdir(to).catch(() => [])
  for (const name of names.filter((each) => /^\.vouch-.*\.partial$/.test(each))) {
    const found = await stat(join(to, name)).catch(() => undefined)
    if (found && Date.now() - found.mtimeMs > dayMs) await rm(join(to, name), { recursive: true, force: true })
  }
}

async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
