import { ref, shallowRef } from 'vue'
import { call, faultCode, type Answer, type FaultCode } from '../api.ts'
import { useMatchText } from '../text/match.ts'
import { useDesk } from './use-desk.ts'
import { newId } from './use-send.ts'

/** The matched doctor as the list has them, and the way to say that it is not them. */
export function useAccountSheet(externalUserId: string, done: () => void) {
  const m = useMatchText()
  const { say, refresh } = useDesk()
  const sheet = shallowRef<Answer<'lookAtAccount'> | null>(null)
  const fault = ref<FaultCode | null>(null)
  const endFault = ref<FaultCode | null>(null)
  const busy = ref(false)
  const requestId = newId()

  async function load(): Promise<void> {
    fault.value = null
    try {
      sheet.value = await call('lookAtAccount', { externalUserId })
    } catch (reason) {
      fault.value = faultCode(reason)
    }
  }

  async function end(reason: string): Promise<void> {
    if (busy.value) return
    busy.value = true
    endFault.value = null
    try {
      await call('endMatch', { requestId, externalUserId, reason })
      say(m.value.sheet.unmatched)
      done()
      await refresh()
    } catch (thrown) {
      endFault.value = faultCode(thrown)
    } finally {
      busy.value = false
    }
  }

  void load()
  return { sheet, fault, endFault, busy, load, end }
}
