import { computed, ref, shallowRef, watch } from 'vue'
import { call, faultCode, type FaultCode, type MatchCandidate } from '../api.ts'
import { useMatchText } from '../text/match.ts'
import { useDesk } from './use-desk.ts'
import { newId } from './use-send.ts'

const debounceMs = 150

/** Candidates and search for the contact now shown. A choice made for one contact never falls to another. */
export function useMatch() {
  const m = useMatchText()
  const { contact, refresh, say } = useDesk()
  const query = ref('')
  const chosen = ref('')
  /** The rep saw that another contact is matched to the chosen doctor. */
  const seenTaken = ref(false)
  const found = shallowRef<readonly MatchCandidate[]>([])
  const fault = ref<FaultCode | null>(null)
  const busy = ref(false)
  let order = 0
  let typing: ReturnType<typeof setTimeout> | undefined
  let requestId = newId()

  const shown = computed(() => (query.value.trim() ? found.value : (contact.unmatched?.candidates ?? [])))
  const choice = computed(() => shown.value.find((one) => one.accountId === chosen.value) ?? null)
  const ready = computed(() => choice.value !== null && (!choice.value.taken || seenTaken.value))

  watch(query, (now) => {
    clearTimeout(typing)
    chosen.value = ''
    fault.value = null
    if (now.trim()) typing = setTimeout(find, debounceMs)
    else order += 1
  })
  watch(
    () => contact.externalUserId,
    () => {
      order += 1
      query.value = chosen.value = ''
      fault.value = null
      requestId = newId()
    },
  )
  watch(chosen, () => {
    seenTaken.value = false
    requestId = newId()
  })

  async function find(): Promise<void> {
    const mine = ++order
    const { externalUserId } = contact
    try {
      const { accounts } = await call('findAccounts', { query: query.value.trim(), externalUserId })
      if (mine === order) found.value = accounts
    } catch (reason) {
      if (mine === order) fault.value = faultCode(reason)
    }
  }

  /** One question at a time; whoever was faster is shown instead. */
  async function ask(work: (externalUserId: string) => Promise<string>): Promise<void> {
    const { externalUserId } = contact
    if (!externalUserId || busy.value) return
    busy.value = true
    fault.value = null
    try {
      const words = await work(externalUserId)
      if (contact.externalUserId !== externalUserId) return
      say(words)
      await refresh()
    } catch (reason) {
      fault.value = faultCode(reason)
      if (fault.value === 'already_matched' || fault.value === 'account_taken') await refresh()
    } finally {
      busy.value = false
    }
  }

  const confirm = (): Promise<void> =>
    ask(async (externalUserId) => {
      if (!choice.value || !ready.value) return ''
      const { accountId, taken } = choice.value
      const { outcome } = await call('matchContact', { requestId, externalUserId, accountId, taken })
      return outcome === 'waiting' ? m.value.sentToReview : m.value.done
    })

  const takeBack = (): Promise<void> =>
    ask(async (externalUserId) => {
      await call('endMatch', { requestId: newId(), externalUserId, reason: m.value.takeBackReason })
      return m.value.takenBack
    })

  return { query, chosen, choice, seenTaken, ready, shown, fault, busy, find, confirm, takeBack }
}
