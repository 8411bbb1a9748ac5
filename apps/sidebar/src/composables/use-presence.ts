import { onBeforeUnmount, onMounted, watch } from 'vue'
import { changesMs, useChanges } from './use-changes.ts'
import { connection } from './use-connection.ts'
import type { Desk } from './use-desk.ts'

/** While the rep works in the chat beside us, the chat may change without a word: look this often. */
const watchMs = 1_500
const reconnectMs = 5_000
const tickMs = 30_000

/** Keeps the desk true while the page is open: coming back, chats switched beside us, answers, the network, time. */
export function usePresence(desk: Desk): void {
  const timers: ReturnType<typeof setInterval>[] = []
  const stops: (() => void)[] = []
  const visible = (): boolean => document.visibilityState === 'visible'

  function listen(target: Window | Document, type: string, react: () => void): void {
    target.addEventListener(type, react)
    stops.push(() => target.removeEventListener(type, react))
  }

  function every(ms: number, react: () => void): void {
    timers.push(setInterval(() => visible() && react(), ms))
  }

  const { look, touched } = useChanges(desk)
  const besideChat = (): boolean => desk.contact.bridge?.environment === 'wecom' && !desk.contact.bridge.phone

  onMounted(() => {
    const back = (): void => void (visible() && desk.comeBack())
    listen(window, 'focus', back)
    listen(window, 'pageshow', back)
    listen(document, 'visibilitychange', back)
    every(tickMs, () => desk.session.tick())
    every(watchMs, () => void (besideChat() && !document.hasFocus() && desk.contact.look()))
    every(changesMs, () => void (connection.isOnline.value && look()))
    for (const type of ['pointerdown', 'keydown', 'scroll'] as const) listen(document, type, touched)
    every(reconnectMs, () => {
      if (connection.isOnline.value) return
      void (desk.session.start ? desk.refresh() : desk.open())
    })
    stops.push(watch(connection.isOnline, (online) => void (online || desk.contact.doubt())))
  })

  onBeforeUnmount(() => {
    for (const timer of timers) clearInterval(timer)
    for (const stop of stops) stop()
  })
}
