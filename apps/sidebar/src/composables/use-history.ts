import { computed, onBeforeUnmount, onMounted, reactive, ref, shallowRef, watch } from 'vue'
import { call, faultCode, type FaultCode, type SendRecord } from '../api.ts'
import { connection } from './use-connection.ts'
import { useDesk } from './use-desk.ts'

/** Sends of the last minutes may still change: openings arrive, results are told late. */
const liveMs = 5_000
const liveForMs = 15 * 60_000

export type HistoryFilter = {
  whose: 'this' | 'everyone'
  days: '30' | '90' | '365' | '3650'
  show: 'all' | 'sent' | 'unknown' | 'refused'
}

/** What was sent, newest first: to the doctor of this chat, or to all. Blank at once when the chat changes. */
export function useHistory() {
  const { contact } = useDesk()
  const filter = reactive<HistoryFilter>({
    whose: contact.externalUserId ? 'this' : 'everyone',
    days: '30',
    show: 'all',
  })
  const sends = shallowRef<readonly SendRecord[] | null>(null)
  const next = ref<string | null>(null)
  const loading = ref(false)
  const fault = ref<FaultCode | null>(null)
  let order = 0
  let timer: ReturnType<typeof setInterval> | undefined

  const whose = computed(() => (filter.whose === 'this' ? contact.externalUserId : null))

  async function load(cursor: string | null, quiet = false): Promise<void> {
    const mine = ++order
    loading.value = !quiet
    try {
      const asked = { externalUserId: whose.value, days: Number(filter.days), show: filter.show, cursor }
      const page = await call('history', asked)
      if (mine !== order) return
      sends.value = cursor ? [...(sends.value ?? []), ...page.sends] : page.sends
      next.value = page.next
      fault.value = null
    } catch (reason) {
      if (mine === order && !quiet) fault.value = faultCode(reason)
    } finally {
      if (mine === order) loading.value = false
    }
  }

  const reload = (): Promise<void> => load(null)
  const more = (): Promise<void> => (next.value && !loading.value ? load(next.value) : Promise.resolve())

  function patch(sendId: string, change: Partial<SendRecord>): void {
    sends.value = sends.value?.map((send) => (send.sendId === sendId ? { ...send, ...change } : send)) ?? null
  }

  watch([whose, () => filter.days, () => filter.show], () => {
    sends.value = null
    void reload()
  })
  onMounted(() => {
    void reload()
    timer = setInterval(() => {
      const newest = sends.value?.[0]
      const live = newest !== undefined && Date.now() - newest.at.getTime() < liveForMs
      const onFirstPage = sends.value !== null && sends.value.length <= 50
      if (live && onFirstPage && document.visibilityState === 'visible' && connection.isOnline.value)
        void load(null, true)
    }, liveMs)
  })
  onBeforeUnmount(() => {
    order += 1
    clearInterval(timer)
  })

  return { filter, sends, next, loading, fault, reload, more, patch }
}
