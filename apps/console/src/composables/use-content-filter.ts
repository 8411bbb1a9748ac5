import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import type { ContentRow, ContentShow } from '../api.ts'
import { useAddressFilter } from './use-address-filter.ts'
import { longestQuery } from './use-send-filter.ts'

export type ContentFilter = { show: ContentShow; product: string; kind: ContentRow['kind'] | ''; query: string }

export const contentShows = [
  ...(['all', 'for_me', 'mine', 'draft', 'in_review', 'approved', 'expiring', 'expired'] as const),
  ...(['withdrawn', 'superseded', 'returned', 'held'] as const),
] satisfies ContentShow[]
export const contentKinds = ['document', 'image', 'video', 'article', 'phrase', 'script'] as const

/** The filter an address asks for; anything else it says is as if it were not there. */
export function readContentFilter({ show, product, kind, q }: LocationQuery): ContentFilter {
  return {
    show: contentShows.find((known) => known === show) ?? 'all',
    product: typeof product === 'string' && /^\w{1,40}$/.test(product) ? product : '',
    kind: contentKinds.find((known) => known === kind) ?? '',
    query: typeof q === 'string' ? q.trim().slice(0, longestQuery) : '',
  }
}

export function writeContentFilter(before: LocationQuery, filter: ContentFilter): LocationQueryRaw {
  const { show, product, kind, query } = filter
  return {
    ...before,
    show: show === 'all' ? undefined : show,
    ...{ product: product || undefined, kind: kind || undefined, q: query.trim() || undefined },
  }
}

export const useContentFilter = () => useAddressFilter({ read: readContentFilter, write: writeContentFilter })
