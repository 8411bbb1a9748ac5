import { onBeforeUnmount, type Ref, ref, shallowRef, watch } from 'vue'
import {
  call,
  endpoints,
  type Fault,
  faultOf,
  type NoticePreview,
  type NoticesAsked,
  type WireStepRefusal,
} from '../api.ts'

/**
 * A notice to the readers of a version: chosen, shown as it will be asked, asked. Another choice takes the preview of the
 * one before away at once; asking again after a lost answer is the same asking.
 */
export function useNotice(contentItemId: Ref<string>, onAsked: () => void) {
  const noticeItemId = ref('')
  const preview = shallowRef<NoticePreview | null>(null)
  const asked = shallowRef<NoticesAsked | null>(null)
  const refusals = shallowRef<readonly WireStepRefusal[]>([])
  const fault = shallowRef<{ of: 'preview' | 'ask'; is: Fault } | null>(null)
  const busy = ref(false)
  let requestId = crypto.randomUUID()
  let running: AbortController | undefined

  async function look(): Promise<void> {
    running?.abort()
    preview.value = null
    fault.value = null
    if (!noticeItemId.value) return
    const { signal } = (running = new AbortController())
    const input = { contentItemId: contentItemId.value, noticeItemId: noticeItemId.value }
    try {
      const found = await call(endpoints.previewNotice, input, { signal })
      if (!signal.aborted) preview.value = found
    } catch (reason) {
      if (!signal.aborted) fault.value = { of: 'preview', is: faultOf(reason) }
    }
  }

  async function ask(): Promise<void> {
    if (busy.value || !preview.value) return
    busy.value = true
    fault.value = null
    refusals.value = []
    const input = { requestId, contentItemId: contentItemId.value, noticeItemId: noticeItemId.value }
    try {
      const answer = await call(endpoints.tellReaders, input)
      requestId = crypto.randomUUID()
      if (answer.outcome === 'refused') refusals.value = answer.refusals
      else {
        asked.value = answer
        onAsked()
        void look()
      }
    } catch (reason) {
      fault.value = { of: 'ask', is: faultOf(reason) }
    } finally {
      busy.value = false
    }
  }

  watch(noticeItemId, () => {
    requestId = crypto.randomUUID()
    asked.value = null
    refusals.value = []
    void look()
  })
  onBeforeUnmount(() => running?.abort())
  return { noticeItemId, preview, asked, refusals, fault, busy, look, ask }
}
