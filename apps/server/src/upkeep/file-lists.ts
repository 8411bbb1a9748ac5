import { once } from 'node:events'
import { createHash, type KeyObject } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createGunzip, createGzip } from 'node:zlib'
import type { Files } from '../files/files.ts'
import { checkKept, readKept, writeChecked, type Kept } from './checked-file.ts'
import { linesIn } from './lines.ts'
import { filePath, listPath, type Manifest } from './manifest.ts'
import type { Progress } from './tell.ts'

/** One stored file: as it lies in the backup, and as it is. */
type Listed = { name: string; kept: Kept; plain: Kept }

/**
 * Copies the folder of files into the backup. It comes after the rows: a file is stored before a row names it and is never
 * changed, so every file a row names is there.
 */
export async function copyFiles(
  root: string,
  folder: string,
  { key, progress }: { key: KeyObject | undefined; progress: Progress },
): Promise<NonNullable<Manifest['files']>> {
  let count = 0
  const lines = createGzip()
  const written = writeChecked(listPath(folder), lines, key)
  written.catch(() => {}) // awaited below
  for await (const name of namesIn(root)) {
    const listed = await copyFile(join(root, name), filePath(folder, name), key)
    if (!listed) continue
    if (!lines.write(`${JSON.stringify({ name, ...listed })}\n`)) await once(lines, 'drain')
    count += 1
    progress(String(count))
  }
  lines.end()
  return { ...(await written), count }
}

/** Undefined when it went meanwhile, as parts of an upload do. */
async function copyFile(
  from: string,
  to: string,
  key: KeyObject | undefined,
): Promise<Omit<Listed, 'name'> | undefined> {
  const source = createReadStream(from)
  const opened = await once(source, 'open').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return undefined
    throw fault
  })
  if (!opened) return undefined
  if (!key) {
    const kept = await writeChecked(to, source, undefined)
    return { kept, plain: kept }
  }
  const hash = createHash('sha256')
  let bytes = 0
  const watched = async function* () {
    for await (const piece of source as AsyncIterable<Buffer>) {
      hash.update(piece)
      bytes += piece.length
      yield piece
    }
  }
  const kept = await writeChecked(to, watched(), key)
  return { kept, plain: { bytes, sha256: hash.digest('hex') } }
}

/** Names of everything stored; what begins with a dot is half-written. */
async function* namesIn(root: string, below = ''): AsyncGenerator<string> {
  const entries = await readdir(join(root, below), { withFileTypes: true }).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return []
    throw fault
  })
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue
    const name = below === '' ? entry.name : `${below}/${entry.name}`
    if (entry.isDirectory()) yield* namesIn(root, name)
    else if (entry.isFile()) yield name
  }
}

async function* listedFiles(folder: string, key: KeyObject | undefined): AsyncGenerator<Listed> {
  const text = Readable.from(readKept(listPath(folder), key)).compose(createGunzip())
  for await (const line of linesIn(text)) yield JSON.parse(line) as Listed // written above, its sum checked
}

/** Throws unless every file is there as it was written. */
export async function checkFiles(
  folder: string,
  { files, key, progress }: { files: NonNullable<Manifest['files']>; key: KeyObject | undefined; progress: Progress },
): Promise<void> {
  await checkKept(listPath(folder), 'files.list.gz', files)
  let count = 0
  for await (const { name, kept } of listedFiles(folder, key)) {
    await checkKept(filePath(folder, name), `files/${name}`, kept)
    count += 1
    progress(`${count} / ${files.count}`)
  }
  if (count !== files.count) throw new Error(`files.list.gz names ${count} of ${files.count} files`)
}

/** Puts every file into the store, which looks at it again; what it has already is left as it is. */
export async function putFiles(
  folder: string,
  store: Files,
  { key, progress }: { key: KeyObject | undefined; progress: Progress },
): Promise<number> {
  let count = 0
  for await (const { name, plain } of listedFiles(folder, key)) {
    await store.putFrom(name, readKept(filePath(folder, name), key), plain)
    count += 1
    progress(String(count))
  }
  return count
}
