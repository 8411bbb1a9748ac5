import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Condition } from '../reach-conditions.ts'
import { newestBelow, type PlaceSet } from './place-set.ts'

/** Facets count among so many of the newest matches; with more of them a count is a floor. */
export const facetsCounted = 500

export type Facet = { field: 'product' | 'kind' | 'language' | 'state'; value: string; count: number; more: boolean }
type Row = Record<Facet['field'], string>

/** Counts by product, kind, language and state among what may match; words on pages count by their terms. */
export async function countFacets(db: Kysely<Database>, matches: PlaceSet, allowed: Condition): Promise<Facet[]> {
  const places = newestBelow(matches, Infinity, facetsCounted + 1)
  if (places.length === 0) return []
  const rows = await db
    .selectFrom('searchPlace')
    .innerJoin('contentItem', 'contentItem.id', 'searchPlace.contentItemId')
    .select(['contentItem.product', 'contentItem.kind', 'contentItem.language', 'contentItem.state'])
    .where('searchPlace.place', 'in', places.slice(0, facetsCounted))
    .where(allowed)
    .execute()
  return asFacets(rows, places.length > facetsCounted)
}

export function asFacets(rows: readonly Row[], more: boolean): Facet[] {
  const fields = ['product', 'kind', 'language', 'state'] as const
  return fields.flatMap((field) => {
    const counts = new Map<string, number>()
    for (const row of rows) counts.set(row[field], (counts.get(row[field]) ?? 0) + 1)
    return [...counts]
      .toSorted(([, one], [, other]) => other - one)
      .map(([value, count]) => ({ field, value, count, more }))
  })
}
