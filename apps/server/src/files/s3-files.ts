import { buffer } from 'node:stream/consumers'
import { hashFrom, hashOf, md5Of, promisedOnly } from './file-hash.ts'
import { checkName, checkRemovable } from './file-names.ts'
import type { FilesAddress } from './files-url.ts'
import { FileMismatch, type Files, type Promised } from './files.ts'
import { connectBucket, type Bucket } from './s3-bucket.ts'
import { writeInParts } from './s3-parts.ts'

export type S3Address = Extract<FilesAddress, { kind: 's3' }>

/** What is no longer than this goes in one request. */
const oneRequestBytes = 8 * 1024 * 1024

/** Opens a bucket of an S3-compatible store. Nothing is connected until the first use. */
export function s3Files(address: S3Address, keys: { id: string; secret: string }): Files {
  let connected: Promise<Bucket> | undefined
  const bucket = () => (connected ??= connectBucket(address, keys))
  const keyOf = (name: string) => {
    checkName(name)
    return address.prefix ? `${address.prefix}/${name}` : name
  }
  return {
    async put(name, bytes) {
      const key = keyOf(name)
      const store = await bucket()
      if ((await store.lengthOf(key)) !== undefined) return
      const promised = { sha256: hashOf(bytes), bytes: bytes.length }
      const named = await store.write(key, bytes, md5Of(bytes))
      if (named && !(await holds(store, key, promised))) throw new Error(`${name} was not written as given`)
    },
    async putFrom(name, source, promised) {
      const key = keyOf(name)
      const store = await bucket()
      if ((await store.lengthOf(key)) === undefined)
        await writeFrom(store, key, promisedOnly(name, source, promised), promised)
      if (!(await holds(store, key, promised))) throw new FileMismatch(name)
    },
    async read(name) {
      const { stream } = await (await bucket()).read(keyOf(name))
      return buffer(stream)
    },
    async open(name, range) {
      return (await bucket()).read(keyOf(name), range)
    },
    async has(name) {
      return (await (await bucket()).lengthOf(keyOf(name))) !== undefined
    },
    async remove(name) {
      checkRemovable(name)
      const key = keyOf(name)
      const store = await bucket()
      for await (const below of store.list(`${key}/`)) await store.remove(below)
      await store.remove(key)
    },
    async check() {
      await (await bucket()).check()
    },
  }
}

async function writeFrom(store: Bucket, key: string, source: AsyncIterable<Uint8Array>, { bytes }: Promised) {
  if (bytes > oneRequestBytes) return writeInParts(store, key, source)
  const pieces: Uint8Array[] = []
  for await (const piece of source) pieces.push(piece)
  const whole = Buffer.concat(pieces)
  await store.write(key, whole, md5Of(whole))
}

/** Reads it again: what was written is known only then. */
async function holds(store: Bucket, key: string, promised: Promised): Promise<boolean> {
  const found = await hashFrom((await store.read(key)).stream)
  return found.sha256 === promised.sha256 && found.bytes === promised.bytes
}
