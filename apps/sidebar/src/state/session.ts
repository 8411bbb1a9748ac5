import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { faultCode, type FaultCode, faultId, loadStart, type Start } from '../api.ts'
import { isLeaving } from '../sign-in.ts'

/** Who works here and under which rules, as the server said at the start. */
export const useSession = defineStore('session', () => {
  const start = shallowRef<Start | null>(null)
  const fault = ref<{ code: FaultCode; id: string } | null>(null)
  /** The server's time, moved on twice a minute: rules and "ago" go by it, not by the phone's clock. */
  const now = ref(new Date())
  let aheadMs = 0
  let beginning: Promise<void> | null = null

  function tick(serverNow?: Date): void {
    if (serverNow) aheadMs = serverNow.getTime() - Date.now()
    now.value = new Date(Date.now() + aheadMs)
  }

  /** Asks once, however many wait for it. */
  function begin(): Promise<void> {
    beginning ??= read().finally(() => (beginning = null))
    return beginning
  }

  async function read(): Promise<void> {
    fault.value = null
    try {
      start.value = await loadStart()
      fault.value = null
      tick(start.value.now)
    } catch (reason) {
      if (!isLeaving()) fault.value = { code: faultCode(reason), id: faultId(reason) }
    }
  }

  /** The rep will not wait any longer; an answer that still comes is welcome. */
  function giveUp(): void {
    if (!start.value) fault.value = { code: 'no_answer', id: '' }
  }

  return { start, fault, now, tick, begin, giveUp }
})

export type Session = ReturnType<typeof useSession>
