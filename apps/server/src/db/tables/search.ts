import type { Truth } from './columns.ts'

export type SearchPlaceTable = {
  place: number
  contentItemId: string
}

export type SearchBlockTable = {
  block: number
  term: string
  zone: number
  /** See content/search/place-set.ts. */
  places: Buffer
}

export type SearchDueTable = {
  contentItemId: string
  fresh: Truth
  mark: number
  askedAt: Date
}

export type SearchIndexTable = {
  id: number
  gramsVersion: number
  firstBlock: number
  nextPlace: number
}
