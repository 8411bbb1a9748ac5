import type { Readable } from 'node:stream'

/** From the first byte to the last, both included. */
export type Range = { start: number; end: number }

/**
 * Bytes by name, in a folder or an S3 bucket. Names are made by us from hashes; what is stored under a name never
 * changes. Outside `uploads/` nothing is ever removed. Throws `busy` when the store does not answer.
 */
export type Files = {
  /** Writes, verifies, then makes it visible; a second write of the same name does nothing. */
  put: (name: string, bytes: Buffer) => Promise<void>
  /**
   * The same for what is too large to hold, a piece at a time. Throws FileMismatch, and nothing has the name, when the
   * source is not the bytes that were promised; also when other bytes have the name already.
   */
  putFrom: (name: string, source: AsyncIterable<Uint8Array>, promised: Promised) => Promise<void>
  /** Throws `not_found` when there is nothing under that name. */
  read: (name: string) => Promise<Buffer>
  /** `bytes` is the length of the whole, also when only a range is read. */
  open: (name: string, range?: Range) => Promise<{ stream: Readable; bytes: number }>
  has: (name: string) => Promise<boolean>
  /** Removes a name and everything below it; only what waits under `uploads/` can be. */
  remove: (name: string) => Promise<void>
  /** Throws when the store cannot be used. */
  check: () => Promise<void>
}

export type Promised = { sha256: string; bytes: number }

/** Bytes are not what they are said to be. */
export class FileMismatch extends Error {
  constructor(name: string) {
    super(`${name} is not the bytes it was said to be`)
  }
}
