import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { UpkeepFault } from './fault.ts'

const kept = z.object({ bytes: z.number(), sha256: z.string() })
const shape = z.object({
  format: z.literal(1),
  madeAt: z.string(),
  /** Every step of the structure the database had, in order. */
  migrations: z.array(z.string()),
  /** With it and BACKUP_KEY the rest is opened; null when nothing is sealed. */
  seal: z.object({ salt: z.string(), proof: z.string() }).nullable(),
  tables: z.array(
    kept.extend({
      name: z.string(),
      create: z.string(),
      columns: z.array(z.string()),
      binary: z.array(z.string()),
      rows: z.number(),
    }),
  ),
  /** The list of the files of the store, or null when they lie in a bucket that is kept by itself. */
  files: kept.extend({ count: z.number() }).nullable(),
})
/** What a backup is, written last: a folder without it is none. */
export type Manifest = z.infer<typeof shape>
export type KeptTable = Manifest['tables'][number]

const manifestName = 'backup.json'
export const tablePath = (folder: string, table: string): string => join(folder, 'database', `${table}.rows.gz`)
export const listPath = (folder: string): string => join(folder, 'files.list.gz')
export const filePath = (folder: string, name: string): string => join(folder, 'files', name)

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const handle = await open(join(folder, manifestName), 'wx', 0o600)
  try {
    await handle.writeFile(`${JSON.stringify(manifest, null, 1)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Throws unless the folder is a whole backup that this release understands. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, manifestName), 'utf8').catch(() => undefined)
  const parsed = shape.safeParse(text === undefined ? undefined : fromJson(text))
  if (parsed.success) return parsed.data
  throw new UpkeepFault(
    `${folder} 不是完整的备份：${text === undefined ? `没有 ${manifestName}` : `${manifestName} 读不懂`}`,
    `${folder} is no whole backup: ${manifestName} ${text === undefined ? 'is missing' : 'cannot be understood'}`,
  )
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
