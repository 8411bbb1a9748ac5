import { computed, onBeforeUnmount, type Ref, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { call, type ContentDetail, endpoints, type Fault, faultOf, type VersionDiff } from '../api.ts'

/** `with` in the address: the other version, `base` for the one the server holds it against by itself, `none` for closed. */
const closed = 'none'
const byItself = 'base'

/** Whether and with what a version is compared, as the address says; in review it is unless somebody closed it. */
export function useComparison(detail: Ref<ContentDetail | null>) {
  const route = useRoute()
  const router = useRouter()
  const asked = computed(() => (typeof route.query['with'] === 'string' ? route.query['with'] : ''))
  const beside = computed(() => route.query['view'] !== 'list')
  const others = computed(() => {
    const { versions = [], contentItemId } = detail.value ?? {}
    return versions.filter((one) => one.contentItemId !== contentItemId)
  })
  const earlier = computed(() => others.value.some((one) => one.version < (detail.value?.version ?? 0)))
  const open = computed(() => {
    if (others.value.length === 0 || asked.value === closed) return false
    return asked.value !== '' || (detail.value?.lifeState === 'in_review' && earlier.value)
  })
  const withItemId = computed(() => (asked.value === byItself || asked.value === '' ? null : asked.value))

  const go = (change: { with?: string; view?: 'list' | undefined }): void =>
    void router.replace({ query: { ...route.query, ...change } })
  return {
    ...{ open, withItemId, others, beside },
    show: () => go({ with: byItself }),
    close: () => go({ with: closed }),
    choose: (contentItemId: string) => go({ with: contentItemId }),
    lay: (asList: boolean) => go({ view: asList ? 'list' : undefined }),
  }
}

/** What differs, read again whenever one of the two, or its words, became another. */
export function useVersionDiff(detail: () => ContentDetail, withItemId: () => string | null) {
  const diff = shallowRef<VersionDiff | null>(null)
  const fault = shallowRef<Fault | null>(null)
  const loading = ref(false)
  let running: AbortController | undefined

  async function load(): Promise<void> {
    running?.abort()
    const { signal } = (running = new AbortController())
    fault.value = null
    loading.value = true
    try {
      const asked = { contentItemId: detail().contentItemId, withItemId: withItemId() }
      const found = await call(endpoints.diffVersions, asked, { signal })
      if (!signal.aborted) diff.value = found
    } catch (reason) {
      if (!signal.aborted) fault.value = faultOf(reason)
    } finally {
      if (!signal.aborted) loading.value = false
    }
  }

  watch(
    [() => detail().contentItemId, withItemId],
    () => {
      diff.value = null
      void load()
    },
    { immediate: true },
  )
  watch(() => detail().revision, load)
  onBeforeUnmount(() => running?.abort())
  return { diff, fault, loading, load }
}
