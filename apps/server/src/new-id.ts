import { randomFillSync } from 'node:crypto'
import { ulid } from 'ulid'

const pool = new Uint16Array(2_048)
let used = pool.length

/** Random numbers below 1 from a pool: asking the system for each of the 16 letters would cost more than the insert. */
function draw(): number {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const number = pool[used]! / 0x1_0000
  used += 1
  return number
}

/** A new id of 26 letters and digits that sorts by its time (ms) and cannot be guessed. */
export const newId = (): string => ulid(undefined, draw)
