import { listOrders } from '@vouch/contract'
import { computed } from 'vue'
import type { ContentRow, ContentShow } from '../api.ts'
import { addressOf, oneOf, shaped, useListFilter } from './use-list-filter.ts'

type Order = (typeof listOrders.content)[number]
export type ContentFilter = {
  show: ContentShow
  product: string
  kind: ContentRow['kind'] | ''
  query: string
  order: Order
}

export const contentShows = [
  ...(['all', 'for_me', 'mine', 'draft', 'in_review', 'approved', 'expiring', 'expired'] as const),
  ...(['withdrawn', 'superseded', 'returned', 'held'] as const),
] satisfies ContentShow[]
export const contentKinds = ['document', 'image', 'video', 'article', 'phrase', 'script'] as const

const address = addressOf<ContentFilter>(
  {
    ...{ show: oneOf(contentShows), product: shaped(/^\w{1,40}$/), kind: oneOf(['', ...contentKinds]) },
  },
  listOrders.content,
)

/** What a search found stands with the best first, whatever was asked before. */
export function useContentFilter() {
  const used = useListFilter(address)
  const ordered = computed(() => {
    const { by, among, to } = used.ordered.value
    return used.filter.value.query ? { by: '', among: [''], to } : { by, among, to }
  })
  return { ...used, ordered }
}
