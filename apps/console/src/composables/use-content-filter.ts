import type { ContentRow, ContentShow } from '../api.ts'
import { addressOf, oneOf, shaped, useListFilter } from './use-list-filter.ts'

export type ContentFilter = { show: ContentShow; product: string; kind: ContentRow['kind'] | ''; query: string }

export const contentShows = [
  ...(['all', 'for_me', 'mine', 'draft', 'in_review', 'approved', 'expiring', 'expired'] as const),
  ...(['withdrawn', 'superseded', 'returned', 'held'] as const),
] satisfies ContentShow[]
export const contentKinds = ['document', 'image', 'video', 'article', 'phrase', 'script'] as const

const address = addressOf<ContentFilter>({
  ...{ show: oneOf(contentShows), product: shaped(/^\w{1,40}$/), kind: oneOf(['', ...contentKinds]) },
})
export const useContentFilter = () => useListFilter(address)
