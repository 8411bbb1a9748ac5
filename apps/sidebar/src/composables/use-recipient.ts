import { computed, ref, watch } from 'vue'
import { useDesk } from './use-desk.ts'

/** Whom a sheet was opened for: the contact of that moment and nobody else. `reload` hears when what it says may differ. */
export function useRecipient(reload: () => void) {
  const { contact } = useDesk()
  const openedFor = ref(contact.externalUserId)
  /** CTX-05: the chat beside us is another one than when the sheet was opened. */
  const changed = computed(() => openedFor.value !== null && contact.externalUserId !== openedFor.value)
  const inChat = computed(() => contact.place === 'chat' && contact.externalUserId !== null)
  const who = computed(() => {
    const account = contact.matched?.account
    return account ? `${account.name} ${account.title}` : ''
  })

  // Found out who it is, came back online, or the doctor answered: what the sheet says is asked for again.
  watch(
    () => [contact.externalUserId, contact.fresh && contact.matched?.consent.state] as const,
    ([id, consent]) => {
      if (openedFor.value === null && id) openedFor.value = id
      if (!changed.value && consent) reload()
    },
  )
  return { openedFor, changed, inChat, who }
}
