import { computed, ref, type Ref } from 'vue'
import { call, endpoints } from '../api.ts'
import { usePaged } from './use-paged.ts'
import type { SendFilter } from './use-send-filter.ts'

/** Sends under a filter, in its order, from the page the address names on. Looking is itself audited. */
export function useSends(filter: Ref<SendFilter>) {
  const completeUntil = ref<Date | null>(null)
  const own = ref<string[] | null>(null)
  /** Where the first row shown begins. An address that only follows what was loaded further down reads nothing anew. */
  let start = filter.value.after
  let followed: string | undefined
  const key = computed(() => {
    const { after, ...asked } = filter.value
    if (after !== followed) start = after
    return JSON.stringify([asked, start])
  })
  const list = usePaged({
    key: () => key.value,
    async ask(cursor, signal) {
      const { after: _after, ...asked } = filter.value
      const page = await call(endpoints.listSends, { ...asked, cursor: cursor ?? start ?? null }, { signal })
      completeUntil.value = page.completeUntil
      own.value = page.own
      return { rows: page.sends, next: page.next }
    },
  })
  /** Names the page that was loaded last, before the address is changed to it. */
  const follow = (cursor: string): void => void (followed = cursor)
  return { ...list, completeUntil, own, follow }
}
