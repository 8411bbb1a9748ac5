import { computed, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** In an address beside the filters of a list. */
const beside = ['q', 'hide', 'after', 'lang']

type Known = {
  /** What was understood of the address, field by field. */
  taken: () => Readonly<Record<string, unknown>>
  /** Fields whose value was understood, and is no longer among what there is to choose. */
  gone?: () => readonly string[]
}

/**
 * Filters that an address asks for and its list does not have (any more), as in a view that was kept long ago: they leave the
 * address, so that the list shows what the rest asks for, and are named until one looks for something else.
 */
export function useDropped({ taken, gone = () => [] }: Known) {
  const route = useRoute()
  const router = useRouter()
  const here = route.path // while a page is left, the address is already that of the next
  const dropped = ref<readonly string[]>([])
  let without = ''

  const strange = computed(() => {
    if (route.path !== here) return []
    const filter = taken()
    const unread = Object.keys(route.query).filter(
      (field) => !beside.includes(field) && String(filter[field]) !== route.query[field],
    )
    return [...new Set([...unread, ...gone()])]
  })

  async function drop(fields: readonly string[]): Promise<void> {
    const rest = { ...route.query, ...Object.fromEntries(fields.map((field) => [field, undefined])) }
    without = router.resolve({ query: rest }).fullPath
    await router.replace({ query: rest })
    dropped.value = fields
  }

  watch(strange, (fields) => void (fields.length > 0 && drop(fields)), { immediate: true })
  watch(
    () => route.fullPath,
    (now) => {
      if (now !== without) dropped.value = []
    },
  )
  return dropped
}
