/**
 * Sets of places in the search index, in blocks of 32,768. A block is kept as its places (2 bytes each) while they are few
 * and as a bit for each place when they are many: a term costs at most 4 kB for 32,768 pieces and is met with another
 * in 1,024 steps.
 */
export const blockSize = 32_768
const words = blockSize / 32
const bitmapBytes = blockSize / 8

export type PlaceSet = Map<number, Uint32Array>

/** One block as it is kept, with these offsets besides what it held. */
export function addToBlock(kept: Buffer | undefined, offsets: readonly number[]): Buffer {
  const before = kept ?? Buffer.alloc(0)
  if (before.length < bitmapBytes && before.length + offsets.length * 2 < bitmapBytes) {
    const list = Buffer.alloc(offsets.length * 2)
    offsets.forEach((offset, index) => list.writeUInt16LE(offset, index * 2))
    return Buffer.concat([before, list])
  }
  const bits = readBlock(before)
  for (const offset of offsets) mark(bits, offset)
  const bitmap = Buffer.alloc(bitmapBytes)
  bits.forEach((word, index) => bitmap.writeUInt32LE(word, index * 4))
  return bitmap
}

/** The bits of a block as it was kept. */
export function readBlock(kept: Buffer): Uint32Array {
  const bits = new Uint32Array(words)
  if (kept.length === bitmapBytes) {
    for (let word = 0; word < words; word += 1) bits[word] = kept.readUInt32LE(word * 4)
    return bits
  }
  for (let at = 0; at + 1 < kept.length; at += 2) mark(bits, kept.readUInt16LE(at))
  return bits
}

function mark(bits: Uint32Array, offset: number): void {
  bits[offset >>> 5]! |= 1 << (offset & 31)
}

/** What is in every one of the sets; of none at all, nothing. */
export function inAll(sets: readonly PlaceSet[]): PlaceSet {
  const [first, ...others] = sets
  if (!first) return new Map()
  const met: PlaceSet = new Map()
  for (const [block, bits] of first) {
    const blocks = others.map((other) => other.get(block))
    if (blocks.some((other) => other === undefined)) continue
    const result = bits.slice()
    for (const other of blocks) for (let word = 0; word < words; word += 1) result[word]! &= other![word]!
    met.set(block, result)
  }
  return met
}

/** What is in any of the sets. */
export function inAny(sets: readonly PlaceSet[]): PlaceSet {
  const joined: PlaceSet = new Map()
  for (const set of sets) {
    for (const [block, bits] of set) {
      const known = joined.get(block)
      if (!known) joined.set(block, bits.slice())
      else for (let word = 0; word < words; word += 1) known[word]! |= bits[word]!
    }
  }
  return joined
}

export function placeSetOf(places: readonly number[]): PlaceSet {
  const set: PlaceSet = new Map()
  for (const place of places) {
    const block = Math.floor(place / blockSize)
    const bits = set.get(block) ?? new Uint32Array(words)
    mark(bits, place - block * blockSize)
    set.set(block, bits)
  }
  return set
}

/** The newest places below `from`, at most `limit`: higher places are newer. */
export function newestBelow(set: PlaceSet, from: number, limit: number): number[] {
  const found: number[] = []
  for (const block of [...set.keys()].sort((one, other) => other - one)) {
    const base = block * blockSize
    if (base >= from) continue
    const bits = set.get(block)!
    for (let word = Math.min(words, Math.ceil((from - base) / 32)) - 1; word >= 0; word -= 1) {
      let left = bits[word]!
      while (left !== 0) {
        const bit = 31 - Math.clz32(left)
        left &= ~(1 << bit)
        const place = base + word * 32 + bit
        if (place < from && found.push(place) === limit) return found
      }
    }
  }
  return found
}

/** How many of the sets hold a place, for those that are in at least `least` of them and `within`, when it is given. */
export function heldBy(sets: readonly PlaceSet[], least: number, within: PlaceSet | undefined): Map<number, number> {
  const counts = new Map<number, Uint8Array>()
  for (const set of sets) {
    for (const [block, bits] of set) {
      const inside = within && within.get(block)
      if (within && !inside) continue
      const count = counts.get(block) ?? new Uint8Array(blockSize)
      counts.set(block, count)
      bits.forEach((word, index) => {
        for (let left = inside ? word & inside[index]! : word; left !== 0;) {
          const bit = 31 - Math.clz32(left)
          left &= ~(1 << bit)
          count[index * 32 + bit]! += 1
        }
      })
    }
  }
  const held = new Map<number, number>()
  for (const [block, count] of counts)
    count.forEach((times, offset) => times >= least && held.set(block * blockSize + offset, times))
  return held
}
