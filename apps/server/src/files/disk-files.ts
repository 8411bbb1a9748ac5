import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { link, mkdir, open, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { AppError } from '../errors.ts'
import { hashFrom, hashOf, promisedOnly } from './file-hash.ts'
import { checkName, checkRemovable } from './file-names.ts'
import { FileMismatch, type Files, type Promised } from './files.ts'

/** Where half-written bytes wait; no name can reach it, because no part of a name begins with a dot. */
const incoming = '.incoming'
const leftoverAgeMs = 24 * 60 * 60 * 1000

/** Opens a folder as a store. */
export function folderFiles(root: string): Files {
  const ready = prepareFolder(root)
  ready.catch(() => {}) // the first use reports it
  const pathOf = (name: string) => {
    checkName(name)
    return join(root, name)
  }
  return {
    async put(name, bytes) {
      const path = pathOf(name)
      await ready
      if (!(await exists(path))) await write(root, path, [bytes], { sha256: hashOf(bytes), bytes: bytes.length })
    },
    async putFrom(name, source, promised) {
      const path = pathOf(name)
      await ready
      const named = !(await exists(path)) && (await write(root, path, promisedOnly(name, source, promised), promised))
      if (!named && !(await holds(path, promised))) throw new FileMismatch(name)
    },
    async read(name) {
      return readFile(pathOf(name)).catch(notFound)
    },
    async open(name, range) {
      const handle = await open(pathOf(name), 'r').catch(notFound)
      const { size } = await handle.stat()
      return { stream: handle.createReadStream(range), bytes: size }
    },
    async has(name) {
      return exists(pathOf(name))
    },
    async remove(name) {
      checkRemovable(name)
      await rm(join(root, name), { recursive: true, force: true })
    },
    async check() {
      await ready
      const path = join(root, incoming, randomUUID())
      await writeFile(path, 'x').finally(() => rm(path, { force: true }))
    },
  }
}

type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/**
 * Whole and on disk before it has its name: a crash at any point leaves the old state or the new one. Returns whether
 * the name was free until the end.
 */
async function write(root: string, path: string, pieces: Pieces, promised: Promised): Promise<boolean> {
  const waiting = join(root, incoming, randomUUID())
  try {
    const handle = await open(waiting, 'wx', 0o640)
    try {
      for await (const piece of pieces) await handle.writeFile(piece)
      await handle.sync()
    } finally {
      await handle.close()
    }
    if (!(await holds(waiting, promised))) throw new Error(`${waiting} was not written as given`)
    await mkdir(dirname(path), { recursive: true })
    const named = await giveName(waiting, path)
    await syncFolders(root, dirname(path))
    return named
  } finally {
    await rm(waiting, { force: true })
  }
}

/** Reads it again: what was written is known only then. */
async function holds(path: string, promised: Promised): Promise<boolean> {
  const found = await hashFrom(createReadStream(path))
  return found.sha256 === promised.sha256 && found.bytes === promised.bytes
}

/** A link never replaces what is there, a rename would; some mounted folders know no links. */
async function giveName(waiting: string, path: string): Promise<boolean> {
  try {
    await link(waiting, path)
    return true
  } catch (fault) {
    const code = codeOf(fault)
    if (code === 'EEXIST') return false
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw fault
    if (await exists(path)) return false
    await rename(waiting, path)
    return true
  }
}

/** A name is on disk only when its folder is, up to the root. */
async function syncFolders(root: string, folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
  if (relative(root, folder) !== '') await syncFolders(root, dirname(folder))
}

/** Makes the folders and sweeps what crashed writers left behind. */
async function prepareFolder(root: string): Promise<void> {
  const folder = join(root, incoming)
  await mkdir(folder, { recursive: true })
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (found && Date.now() - found.mtimeMs > leftoverAgeMs) await rm(path, { force: true })
  }
}

async function exists(path: string): Promise<boolean> {
  const found = await stat(path).catch((fault: unknown) => {
    if (isAbsent(fault)) return undefined
    throw fault
  })
  return found?.isFile() ?? false
}

function notFound(fault: unknown): never {
  throw isAbsent(fault) ? new AppError('not_found') : fault
}

function isAbsent(fault: unknown): boolean {
  return codeOf(fault) === 'ENOENT' || codeOf(fault) === 'ENOTDIR'
}

function codeOf(fault: unknown): unknown {
  return fault instanceof Error && 'code' in fault ? fault.code : undefined
}
