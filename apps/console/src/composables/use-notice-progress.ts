import { onBeforeUnmount, type Ref, ref, watch } from 'vue'
import { call, endpoints, type NoticeProgress } from '../api.ts'
import { usePaged } from './use-paged.ts'

const lookAgainMs = 2_000
/** WeCom may be away for hours: after this many looks somebody presses. */
const mostLooks = 30

/** How far the notices about a version are. It looks again while app messages are on their way; no doctor is named in it. */
export function useNoticeProgress(contentItemId: Ref<string>) {
  const sums = ref<Pick<NoticeProgress, 'doctors' | 'sent' | 'waiting'>>({ doctors: 0, sent: 0, waiting: 0 })
  let timer: ReturnType<typeof setTimeout> | undefined
  let looks = 0
  const list = usePaged({
    key: () => contentItemId.value,
    async ask(cursor, signal) {
      clearTimeout(timer)
      const asked = { contentItemId: contentItemId.value, cursor }
      const { asked: rows, next, doctors, sent, waiting } = await call(endpoints.noticeProgress, asked, { signal })
      if (signal.aborted) return { rows, next }
      sums.value = { doctors, sent, waiting }
      looks += 1
      if (waiting > 0 && cursor === null && looks < mostLooks) timer = setTimeout(() => void list.reload(), lookAgainMs)
      return { rows, next }
    },
  })

  /** From now on, as somebody asked. */
  function follow(): void {
    looks = 0
    void list.reload()
  }
  watch(contentItemId, () => (looks = 0))
  onBeforeUnmount(() => clearTimeout(timer))
  return { ...list, sums, follow }
}
