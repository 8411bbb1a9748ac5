import { type Ref, shallowRef } from 'vue'
import { call, type ContentPage, endpoints } from '../api.ts'
import type { ContentFilter } from './use-content-filter.ts'
import { usePaged } from './use-paged.ts'

/** Pieces under a filter, page after page, and how many there are of each product and kind. */
export function useContentList(filter: Ref<ContentFilter>) {
  const facets = shallowRef<ContentPage['facets']>([])
  const list = usePaged({
    key: () => JSON.stringify(filter.value),
    async ask(cursor, signal) {
      const page = await call(endpoints.listContent, { ...filter.value, cursor }, { signal })
      if (cursor === null) facets.value = page.facets
      return page
    },
  })
  return { ...list, facets }
}
