import { onBeforeUnmount, type Ref, shallowRef, watch } from 'vue'
import { type AsDoctor, call, endpoints, type Fault, faultOf } from '../api.ts'

/** Pages are drawn by a job; until it is done the preview looks again. The server counts that as one look. */
const lookAgainMs = 2_000

/** What reaches a doctor of one version. Another id blanks it; a failed look keeps what is there. */
export function useAsDoctor(contentItemId: Ref<string>) {
  const seen = shallowRef<AsDoctor | null>(null)
  const fault = shallowRef<Fault | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | undefined

  async function load(): Promise<void> {
    clearTimeout(timer)
    running?.abort()
    const { signal } = (running = new AbortController())
    try {
      const found = await call(endpoints.loadAsDoctor, { contentItemId: contentItemId.value }, { signal })
      if (signal.aborted) return
      seen.value = found
      fault.value = null
      if (found.pieces.some(({ page }) => page === 'waiting' || page === 'drawing'))
        timer = setTimeout(() => void load(), lookAgainMs)
    } catch (reason) {
      if (!signal.aborted) fault.value = faultOf(reason)
    }
  }

  watch(
    contentItemId,
    () => {
      seen.value = null
      void load()
    },
    { immediate: true },
  )
  onBeforeUnmount(() => {
    clearTimeout(timer)
    running?.abort()
  })
  return { seen, fault, load }
}
