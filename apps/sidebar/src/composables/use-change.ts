import { computed, reactive, ref } from 'vue'
import { call, faultCode, faultField, type FaultCode } from '../api.ts'
import { useMatchText } from '../text/match.ts'
import { useDesk } from './use-desk.ts'
import { newId } from './use-send.ts'

export type ChangeWords = {
  name: string
  hospital: string
  department: string
  title: string
  licenceNumber: string
  note: string
}
type Kind = 'new' | 'detail'

/** What was typed for a contact stays until it is sent, whatever the page does meanwhile. */
const drafts = new Map<string, ChangeWords>()

const empty: ChangeWords = { name: '', hospital: '', department: '', title: '', licenceNumber: '', note: '' }

/** What a rep asks of the list of doctors: somebody who is missing, or a detail that is wrong. */
export function useChange(kind: Kind, known: Partial<ChangeWords>, done: () => void) {
  const m = useMatchText()
  const { contact, say, refresh } = useDesk()
  const externalUserId = contact.externalUserId ?? ''
  const key = `${kind} ${externalUserId}`
  const words = reactive<ChangeWords>(drafts.get(key) ?? { ...empty, ...known })
  drafts.set(key, words)
  const busy = ref(false)
  const fault = ref<FaultCode | null>(null)
  const wrongField = ref<keyof ChangeWords | null>(null)
  let requestId = newId()

  /** What is wrong with a field, in words, as far as the server told. */
  const wrong = computed(() => {
    const field = wrongField.value
    if (!field) return ''
    const { wrong: says } = m.value.request
    if (field === 'licenceNumber') return /^\d{17,}/.test(words.licenceNumber) ? says.qualification : says.licenceNumber
    return /\d{17}/.test(words[field].replace(/[\s-]/g, '')) ? says.citizen : says[field]
  })

  async function ask(photoId: string | null): Promise<void> {
    if (busy.value || externalUserId === '') return
    busy.value = true
    fault.value = wrongField.value = null
    try {
      await call('askChange', { requestId, externalUserId, kind, ...words, photoId })
      drafts.delete(key)
      say(m.value.request.sent)
      done()
      await refresh()
    } catch (reason) {
      const field = faultField(reason)
      if (field !== undefined && field in words)
        wrongField.value = field as keyof ChangeWords // one of them, as asked
      else fault.value = faultCode(reason)
      if (fault.value !== 'no_answer') requestId = newId()
    } finally {
      busy.value = false
    }
  }

  function drop(): void {
    drafts.delete(key)
    done()
  }

  return { words, busy, fault, wrongField, wrong, ask, drop }
}
