import { createHash, randomUUID } from 'node:crypto'
import { link, mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AppError } from '../errors.ts'
import type { Files } from './files.ts'

/** Where half-written bytes wait; no name can reach it, because no part of a name begins with a dot. */
const incoming = '.incoming'
const leftoverAgeMs = 24 * 60 * 60 * 1000

/** Lower-case words with slashes between them; no part is empty or begins with a dot. */
const safeName = /^[a-z0-9_-][a-z0-9._-]*(\/[a-z0-9_-][a-z0-9._-]*)*$/

/**
 * Opens the store named by FILES_URL. `file:` addresses are folders, relative ones to where the process was started.
 * Throws a sentence for the administrator when the address is of another kind.
 */
export function openFiles(url: string): Files {
  if (url.startsWith('s3:')) {
    throw new Error(
      'FILES_URL names an s3: store, which this version cannot use; name a folder, such as file:.data/files',
    )
  }
  if (!url.startsWith('file:')) throw new Error('FILES_URL must begin with file:, such as file:.data/files')
  const path = url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length)
  if (path === '') throw new Error('FILES_URL names no folder; write one, such as file:.data/files')
  return folderFiles(resolve(path))
}

function folderFiles(root: string): Files {
  const ready = prepareFolder(root)
  ready.catch(() => {}) // the first use reports it
  const pathOf = (name: string) => {
    if (name.length > 300 || !safeName.test(name))
      throw new Error(`${JSON.stringify(name)} is no name for a stored file`)
    return join(root, name)
  }
  return {
    async put(name, bytes) {
      const path = pathOf(name)
      await ready
      if (!(await exists(path))) await write(root, path, bytes)
    },
    async read(name) {
      return readFile(pathOf(name)).catch(notFound)
    },
    async open(name) {
      const handle = await open(pathOf(name), 'r').catch(notFound)
      const { size } = await handle.stat()
      return { stream: handle.createReadStream(), bytes: size }
    },
    async has(name) {
      return exists(pathOf(name))
    },
  }
}

/** Whole and on disk before it has its name: a crash at any point leaves the old state or the new one. */
async function write(root: string, path: string, bytes: Buffer): Promise<void> {
  const waiting = join(root, incoming, randomUUID())
  try {
    const handle = await open(waiting, 'wx', 0o640)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    if (!hashOf(await readFile(waiting)).equals(hashOf(bytes))) throw new Error(`${waiting} was not written as given`)
    await mkdir(dirname(path), { recursive: true })
    await giveName(waiting, path)
    await syncFolders(root, dirname(path))
  } finally {
    await rm(waiting, { force: true })
  }
}

/** A link never replaces what is there, a rename would; some mounted folders know no links. */
async function giveName(waiting: string, path: string): Promise<void> {
  try {
    await link(waiting, path)
  } catch (fault) {
    const code = codeOf(fault)
    if (code === 'EEXIST') return
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw fault
    if (!(await exists(path))) await rename(waiting, path)
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

const hashOf = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest()
