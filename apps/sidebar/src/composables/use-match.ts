import { computed, ref, shallowRef, watch } from 'vue'
import { type AccountBrief, call, faultCode, type FaultCode } from '../api.ts'
import { useText } from '../text/index.ts'
import { useDesk } from './use-desk.ts'
import { newId } from './use-send.ts'

/** Candidates and search for the contact now shown. A choice made for one contact never falls to another. */
export function useMatch() {
  const t = useText()
  const { contact, refresh, say } = useDesk()
  const query = ref('')
  const chosen = ref('')
  const found = shallowRef<readonly AccountBrief[]>([])
  const fault = ref<FaultCode | null>(null)
  const busy = ref(false)
  let order = 0
  let typing: ReturnType<typeof setTimeout> | undefined
  let requestId = newId()

  const shown = computed(() => (query.value.trim() ? found.value : (contact.unmatched?.candidates ?? [])))

  watch(query, (now) => {
    clearTimeout(typing)
    chosen.value = ''
    if (now.trim()) typing = setTimeout(find, 150)
  })
  watch(
    () => contact.externalUserId,
    () => {
      query.value = chosen.value = ''
      requestId = newId()
    },
  )
  watch(chosen, () => (requestId = newId()))

  async function find(): Promise<void> {
    const mine = ++order
    try {
      const { accounts } = await call('findAccounts', { query: query.value.trim() })
      if (mine === order) found.value = accounts
    } catch (reason) {
      if (mine === order) fault.value = faultCode(reason)
    }
  }

  async function confirm(): Promise<void> {
    const externalUserId = contact.externalUserId
    if (!externalUserId || !chosen.value || busy.value) return
    busy.value = true
    fault.value = null
    try {
      await call('matchContact', { requestId, externalUserId, accountId: chosen.value })
      say(t.value.match.done)
      await refresh()
    } catch (reason) {
      fault.value = faultCode(reason)
      if (fault.value === 'already_matched') await refresh()
    } finally {
      busy.value = false
    }
  }

  return { query, chosen, shown, fault, busy, confirm }
}
