import { onBeforeUnmount, type Ref, ref, shallowRef, watch } from 'vue'
import { call, type ContentDetail, endpoints, type Fault, faultOf } from '../api.ts'

/** Pages are drawn by a job; until it is done the page looks again. The server counts that as one look. */
const lookAgainMs = 2_000

/** One version with all the office sees of it. Another id blanks it; a failed refresh keeps what is there. */
export function useContentDetail(contentItemId: Ref<string>) {
  const detail = shallowRef<ContentDetail | null>(null)
  const fault = shallowRef<Fault | null>(null)
  const loading = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | undefined

  async function load(): Promise<void> {
    clearTimeout(timer)
    running?.abort()
    const { signal } = (running = new AbortController())
    loading.value = true
    fault.value = null
    try {
      const found = await call(endpoints.loadContent, { contentItemId: contentItemId.value }, { signal })
      if (signal.aborted) return
      detail.value = found
      if (isDrawing(found)) timer = setTimeout(() => void load(), lookAgainMs)
    } catch (reason) {
      if (!signal.aborted) fault.value = faultOf(reason)
    } finally {
      if (!signal.aborted) loading.value = false
    }
  }

  watch(
    contentItemId,
    () => {
      detail.value = null
      void load()
    },
    { immediate: true },
  )
  onBeforeUnmount(() => {
    clearTimeout(timer)
    running?.abort()
  })

  return { detail, fault, loading, load }
}

/** Drawn pages reach the draft with the same job, a moment after the rendition says that it is done. */
function isDrawing({ rendition, lifeState, kind, pages }: ContentDetail): boolean {
  if (!rendition || lifeState !== 'draft') return false
  if (rendition.stage === 'waiting' || rendition.stage === 'drawing') return true
  return rendition.stage === 'done' && pages.length === 0 && (kind === 'document' || kind === 'image')
}
