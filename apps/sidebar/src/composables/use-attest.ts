import { ref } from 'vue'
import { call, faultCode, type FaultCode } from '../api.ts'
import { signInAgain } from '../sign-in.ts'
import { keep, take } from '../storage.ts'
import { useText } from '../text/index.ts'
import { useDesk } from './use-desk.ts'
import { newId } from './use-send.ts'

const key = 'vouch.attest'
/** A word given longer ago than this is asked for again. */
const heldForMs = 10 * 60_000

type Word = { sendId: string; sent: boolean; factId: string; reason: string; at: number }

/** The rep's own word on an unknown outcome. It needs a fresh sign-in; the word is kept over it, once. */
export function useAttest() {
  const t = useText()
  const { say, refresh } = useDesk()
  const busy = ref(false)
  const fault = ref<FaultCode | null>(null)

  async function give(word: Word, mayStepUp: boolean): Promise<boolean> {
    busy.value = true
    fault.value = null
    try {
      const { at: _, ...asked } = word
      await call('attest', asked)
      say(t.value.history.settled)
      await refresh()
      return true
    } catch (reason) {
      fault.value = faultCode(reason)
      if (fault.value === 'step_up_needed' && mayStepUp) {
        keep('session', key, word)
        signInAgain({ asked: true, place: '#/history' })
      }
      return false
    } finally {
      busy.value = false
    }
  }

  function settle(sendId: string, sent: boolean): Promise<boolean> {
    const reason = sent ? t.value.sent.sawIt : t.value.sent.sawNot
    return give({ sendId, sent, factId: newId(), reason, at: Date.now() }, true)
  }

  /** After the sign-in: gives the kept word. It is forgotten first, so that this cannot go round in circles. */
  async function resume(): Promise<boolean> {
    const word = take<Word>('session', key)
    keep('session', key, null)
    if (!word || Date.now() - word.at > heldForMs) return false
    return give(word, false)
  }

  return { settle, resume, busy, fault }
}
