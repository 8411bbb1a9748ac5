import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { UpkeepFault } from './fault.ts'

/** A file of a backup as it lies on the disk. */
export type Kept = { bytes: number; sha256: string }
const [ivBytes, tagBytes] = [12, 16]

/** The key of one backup, from the words the company keeps and what is written in the backup. */
export function backupKey(words: string, salt: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', words, salt, 'vouch backup', 32)))
}

/** Tells a key from another without opening anything. */
export const proofOf = (key: KeyObject): string => createHmac('sha256', key).update('vouch backup').digest('hex')

/** Writes a file that did not exist, sealed when a key is given; it is on disk before its sum is told. */
export async function writeChecked(
  path: string,
  source: AsyncIterable<Uint8Array>,
  key: KeyObject | undefined,
): Promise<Kept> {
  await mkdir(dirname(path), { recursive: true })
  const handle = await open(path, 'wx', 0o600)
  const hash = createHash('sha256')
  let bytes = 0
  const write = async (piece: Uint8Array) => {
    hash.update(piece)
    bytes += piece.length
    await handle.writeFile(piece)
  }
  try {
    for await (const piece of key ? sealed(source, key) : source) await write(piece)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { bytes, sha256: hash.digest('hex') }
}

async function* sealed(source: AsyncIterable<Uint8Array>, key: KeyObject): AsyncGenerator<Uint8Array> {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  yield iv
  for await (const piece of source) yield cipher.update(piece)
  yield cipher.final()
  yield cipher.getAuthTag()
}

/** Reads a file whose sum has been checked, opened with the key when there is one. */
export async function* readKept(path: string, key: KeyObject | undefined): AsyncGenerator<Buffer> {
  if (!key) {
    yield* createReadStream(path)
    return
  }
  const { size } = await stat(path)
  const handle = await open(path, 'r')
  const ends = Buffer.alloc(ivBytes + tagBytes)
  try {
    await handle.read(ends, 0, ivBytes, 0)
    await handle.read(ends, ivBytes, tagBytes, size - tagBytes)
  } finally {
    await handle.close()
  }
  const decipher = createDecipheriv('aes-256-gcm', key, ends.subarray(0, ivBytes))
  decipher.setAuthTag(ends.subarray(ivBytes))
  const end = size - tagBytes - 1
  if (end >= ivBytes)
    for await (const piece of createReadStream(path, { start: ivBytes, end })) yield decipher.update(piece as Buffer)
  yield decipher.final()
}

/** Throws with the name of the first file that is missing or is not what was written. */
export async function checkKept(path: string, name: string, promised: Kept): Promise<void> {
  const found = await sumOf(path)
  if (found?.bytes === promised.bytes && found.sha256 === promised.sha256) return
  throw new UpkeepFault(
    `备份里的 ${name} ${found ? '与写下时不同' : '不见了'}。没有恢复任何内容；请用另一个备份`,
    `${name} of the backup ${found ? 'is not what was written' : 'is missing'}. Nothing was restored; take another backup`,
  )
}

async function sumOf(path: string): Promise<Kept | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) return undefined
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return { bytes: found.size, sha256: hash.digest('hex') }
}
