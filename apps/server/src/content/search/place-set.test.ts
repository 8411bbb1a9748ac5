import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { addToBlock, blockSize, heldBy, inAll, inAny, newestBelow, placeSetOf, readBlock } from './place-set.ts'

const places = fc.uniqueArray(fc.nat({ max: 3 * blockSize }), { maxLength: 1_500 })
const all = (set: ReturnType<typeof placeSetOf>) => newestBelow(set, Infinity, Infinity)
const newestFirst = (some: Iterable<number>) => [...new Set(some)].sort((one, other) => other - one)

it('a block keeps what was added to it, a few places as a list and many as bits, in at most 4 kB', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uniqueArray(fc.nat({ max: blockSize - 1 }), { maxLength: 900 }), { maxLength: 4 }),
      (adds) => {
        const kept = adds.reduce<Buffer | undefined>((before, offsets) => addToBlock(before, offsets), undefined)
        const block = kept ?? Buffer.alloc(0)
        expect(block.length).toBeLessThanOrEqual(4_096)
        expect(all(new Map([[0, readBlock(block)]]))).toEqual(newestFirst(adds.flat()))
      },
    ),
  )
})

it('sets meet and join as sets do', () => {
  fc.assert(
    fc.property(places, places, places, (one, two, three) => {
      const sets = [one, two, three].map(placeSetOf)
      expect(all(inAll(sets))).toEqual(newestFirst(one.filter((place) => two.includes(place) && three.includes(place))))
      expect(all(inAny(sets))).toEqual(newestFirst([...one, ...two, ...three]))
    }),
    { numRuns: 30 },
  )
})

it('walks from the newest down, from any place and so far as asked', () => {
  fc.assert(
    fc.property(places, fc.nat({ max: 3 * blockSize }), fc.integer({ min: 1, max: 50 }), (some, from, limit) => {
      const below = newestFirst(some).filter((place) => place < from)
      expect(newestBelow(placeSetOf(some), from, limit)).toEqual(below.slice(0, limit))
    }),
    { numRuns: 50 },
  )
})

it('counts in how many sets a place is', () => {
  const sets = [
    [1, 2, 90_000],
    [2, 90_000],
    [2, 70],
  ].map(placeSetOf)
  expect([...heldBy(sets, 2, undefined)]).toEqual([
    [2, 3],
    [90_000, 2],
  ])
  expect([...heldBy(sets, 1, placeSetOf([70, 90_000]))]).toEqual([
    [70, 1],
    [90_000, 2],
  ])
})
