import { onBeforeUnmount, type Ref, ref, shallowRef, watch } from 'vue'
import { call, endpoints, type Fault, faultOf, type Recall } from '../api.ts'

/** How a version ended and whom that concerns. Each look is on record, so nothing looks again by itself. */
export function useRecall(contentItemId: Ref<string>) {
  const recall = shallowRef<Recall | null>(null)
  const fault = shallowRef<Fault | null>(null)
  const loading = ref(false)
  let running: AbortController | undefined

  async function load(): Promise<void> {
    running?.abort()
    const { signal } = (running = new AbortController())
    loading.value = true
    fault.value = null
    try {
      const found = await call(endpoints.loadRecall, { contentItemId: contentItemId.value }, { signal })
      if (!signal.aborted) recall.value = found
    } catch (reason) {
      if (!signal.aborted) fault.value = faultOf(reason)
    } finally {
      if (!signal.aborted) loading.value = false
    }
  }

  watch(
    contentItemId,
    () => {
      recall.value = null
      void load()
    },
    { immediate: true },
  )
  onBeforeUnmount(() => running?.abort())
  return { recall, fault, loading, load }
}
