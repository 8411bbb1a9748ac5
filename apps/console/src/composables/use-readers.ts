import { ref, type Ref } from 'vue'
import { call, endpoints } from '../api.ts'
import { usePaged } from './use-paged.ts'

/** Doctors who read a version, first readers first, and how many pages it has. */
export function useReaders(contentItemId: Ref<string>) {
  const of = ref(0)
  const list = usePaged({
    key: () => contentItemId.value,
    async ask(cursor, signal) {
      const asked = { contentItemId: contentItemId.value, cursor }
      const page = await call(endpoints.listReaders, asked, { signal })
      of.value = page.of
      return { rows: page.readers, next: page.next }
    },
  })
  return { ...list, of }
}
