import type { Ref } from 'vue'
import { call, endpoints } from '../api.ts'
import { usePaged } from './use-paged.ts'
import type { SendFilter } from './use-send-filter.ts'

/** Sends under a filter, newest first. Looking is itself audited. */
export function useSends(filter: Ref<SendFilter>) {
  return usePaged({
    key: () => `${filter.value.show} ${filter.value.query}`,
    async ask(cursor, signal) {
      const page = await call(endpoints.listSends, { ...filter.value, cursor }, { signal })
      return { rows: page.sends, next: page.next }
    },
  })
}
