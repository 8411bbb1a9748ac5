import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { AppError } from '../src/errors.ts'
import { hashOf, promisedOnly } from '../src/files/file-hash.ts'
import { checkName, checkRemovable } from '../src/files/file-names.ts'
import { FileMismatch, type Files } from '../src/files/files.ts'

/** A store that keeps the promises of the others as long as the process lives. `kept` is what it holds. */
export function memoryFiles(kept = new Map<string, Buffer>()): Files {
  const find = (name: string): Buffer => {
    checkName(name)
    const bytes = kept.get(name)
    if (!bytes) throw new AppError('not_found')
    return bytes
  }
  const keep = (name: string, bytes: Buffer) => {
    if (!kept.has(name)) kept.set(name, Buffer.from(bytes))
  }
  return {
    async put(name, bytes) {
      checkName(name)
      keep(name, bytes)
    },
    async putFrom(name, source, promised) {
      checkName(name)
      if (!kept.has(name)) keep(name, await buffer(promisedOnly(name, source, promised)))
      if (hashOf(find(name)) !== promised.sha256) throw new FileMismatch(name)
    },
    async read(name) {
      return find(name)
    },
    async open(name, range) {
      const bytes = find(name)
      const part = range ? bytes.subarray(range.start, range.end + 1) : bytes
      return { stream: Readable.from(part.length > 0 ? [part] : []), bytes: bytes.length }
    },
    async has(name) {
      checkName(name)
      return kept.has(name)
    },
    async remove(name) {
      checkRemovable(name)
      for (const key of kept.keys()) if (key === name || key.startsWith(`${name}/`)) kept.delete(key)
    },
    async check() {},
  }
}
