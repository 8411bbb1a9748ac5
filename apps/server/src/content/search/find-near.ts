import { heldBy, type PlaceSet } from './place-set.ts'
import { soundOf, soundTerms, zones, type AskedWord } from './grams.ts'
import { highlightsIn, slipsIn, type Named } from './match.ts'
import { findAtPlaces, findTerms, termKey } from './queries.ts'
import type { Found, Search } from './search-pieces.ts'

/** One slip for every six letters, none in fewer: nearly everything is one letter away from a short word. */
const lettersPerSlip = 6
const compared = 60

type Spoken = { word: string; sound: string; slips: number; terms: string[] }

/**
 * Pieces whose names sound like the search, or nearly: the wrong character for the right sound, a letter too many, one
 * missing. A slip breaks three of the threes of a sound, so whoever lacks more of them is not compared at all.
 */
export async function findNear(search: Search, limit: number): Promise<Found[]> {
  const spoken = search.words.map(asSpoken)
  if (spoken.some(({ terms }) => terms.length === 0) || spoken.every(isExact)) return []
  const terms = [...new Set(spoken.flatMap((word) => word.terms))]
  const sets = await findTerms(search.db, search.blocks, terms)
  const held = spoken.map((word) => {
    const ofWord = word.terms.map((term): PlaceSet => sets.get(termKey(zones.name, term)) ?? new Map())
    return heldBy(ofWord, Math.max(1, word.terms.length - 3 * word.slips), search.scope)
  })
  const everywhere = [...held[0]!.keys()].filter((place) => held.every((counts) => counts.has(place)))
  const count = (place: number) => held.reduce((sum, counts) => sum + counts.get(place)!, 0)
  const places = everywhere.sort((one, other) => count(other) - count(one) || other - one).slice(0, compared)
  const rows = await findAtPlaces(search.db, places, search.allowed)
  return rows
    .map((row) => ({ row, slips: slipsOf(row, spoken) }))
    .filter(({ slips }) => slips !== undefined)
    .sort((one, other) => one.slips! - other.slips! || other.row.place - one.row.place)
    .slice(0, limit)
    .map(({ row }) => ({
      contentItemId: row.contentItemId,
      highlights: highlightsIn(
        row.title,
        spoken.map(({ sound }) => sound),
      ),
      excerpt: null,
    }))
}

/**
 * None in numbers, and none in Chinese: who writes the wrong characters has their sound right, and one letter makes the
 * lung’s cancer (feiai) the stomach’s (weiai).
 */
const slipsAllowed = (word: string): number =>
  /[\p{N}\p{Script=Han}]/u.test(word) ? 0 : Math.floor(word.length / lettersPerSlip)

/** Nothing sounds like it but itself, and that was looked for. */
const isExact = ({ word, sound, slips }: Spoken): boolean => sound === word && slips === 0

function asSpoken({ word }: AskedWord): Spoken {
  const sound = soundOf(word)
  return {
    word,
    sound,
    slips: slipsAllowed(word),
    terms: soundTerms(sound),
  }
}

/** Slips in all the words together; undefined when one of them is too far off. */
function slipsOf(row: Named, spoken: readonly Spoken[]): number | undefined {
  let sum = 0
  for (const { word, sound, slips } of spoken) {
    const some = row.searchText.includes(word) ? 0 : slipsIn(row.searchText, sound)
    if (some > slips) return undefined
    sum += some
  }
  return sum
}
