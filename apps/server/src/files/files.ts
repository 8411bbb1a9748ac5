import type { Readable } from 'node:stream'

/** Bytes by name. Names are made by us from hashes; what is stored under a name never changes. */
export type Files = {
  /** Writes, verifies, then makes it visible; a second write of the same name does nothing. */
  put: (name: string, bytes: Buffer) => Promise<void>
  /** Throws `not_found` when there is nothing under that name. */
  read: (name: string) => Promise<Buffer>
  open: (name: string) => Promise<{ stream: Readable; bytes: number }>
  has: (name: string) => Promise<boolean>
}
