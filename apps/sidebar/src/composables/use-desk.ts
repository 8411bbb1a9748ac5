import { inject, type InjectionKey, provide, ref, shallowRef, watch } from 'vue'
import { call, faultCode, type FaultCode, loadSignatures, type Start } from '../api.ts'
import { createFactQueue, type FactQueue } from '../fact-queue.ts'
import { useContact } from '../state/contact.ts'
import { useSession } from '../state/session.ts'
import type { Bridge, Registration } from '../wecom.ts'
import { connection } from './use-connection.ts'
import { createList } from './use-list.ts'

export type Desk = ReturnType<typeof createDesk>
export type Toast = { text: string; icon: 'check' | 'info' | 'retry' }

const key: InjectionKey<Desk> = Symbol('desk')
/** A contact read longer ago is read again when the rep comes back to the page. */
const freshForMs = 15_000
const toastMs = 4_000

/** The rep's desk: session, contact and lists, kept in step. `connect` builds the bridge once it is known for whom. */
export function createDesk(connect: (registration: Registration) => Promise<Bridge>) {
  const session = useSession()
  const contact = useContact()
  const content = createList('content', () => contact.externalUserId)
  const phrases = createList('phrases', () => contact.externalUserId)
  const tab = ref<'content' | 'phrases'>('content')
  const fault = ref<FaultCode | null>(null)
  const toast = ref<Toast | null>(null)
  const queue = shallowRef<FactQueue | null>(null)
  let toastTimer: ReturnType<typeof setTimeout> | undefined

  const list = (): typeof content => (tab.value === 'content' ? content : phrases)

  /** Reads the chat again: who, consent, what is left, and the list with its refusals. */
  async function refresh(): Promise<void> {
    const current = list()
    const id = contact.externalUserId
    if (id === null) {
      if (!current.pieces.value || current.fault.value) await current.search()
      return
    }
    const asked = current.wire()
    try {
      const opened = await contact.refresh(asked)
      if (!opened) return
      session.tick(opened.now)
      fault.value = null
      if (JSON.stringify(asked) === JSON.stringify(current.wire())) current.show(id, opened) // else a newer search is shown
    } catch (reason) {
      if (contact.externalUserId === id) fault.value = faultCode(reason)
    }
  }

  /** The rep is back at the page: perhaps the chat is another one, perhaps the doctor has answered. */
  async function comeBack(): Promise<void> {
    if (contact.place === 'starting') return
    const before = contact.externalUserId
    const seen = await contact.look()
    const old = Date.now() - (contact.readAt?.getTime() ?? 0) > freshForMs
    if (seen.ok && contact.externalUserId === before && (old || !contact.fresh)) await refresh()
  }

  async function open(): Promise<void> {
    if (!session.start) await session.begin()
    if (!session.start) return
    welcome(session.start)
    await painted()
    await reach()
  }

  /** The first list, and what this phone still has to tell. */
  function welcome({ rep, pieces, next }: Start): void {
    if (queue.value) return
    if (content.pieces.value === null) content.show(null, { pieces, next })
    queue.value = createFactQueue(
      rep.repId,
      ({ repId: _, ...fact }) => call('recordFact', fact, { keepalive: true }),
      faultCode,
    )
    void queue.value.flush()
  }

  /** Finds out where we are; also the retry after a failed signature. */
  async function reach(): Promise<void> {
    if (!session.start) return
    const { corpId, agentId } = session.start
    await contact.connect(contact.bridge ?? (await connect({ corpId, agentId, sign: loadSignatures })))
  }

  function say(text: string, icon: Toast['icon'] = 'check'): void {
    clearTimeout(toastTimer)
    toast.value = { text, icon }
    toastTimer = setTimeout(() => (toast.value = null), toastMs)
  }

  // At once, not with the next drawing: the former doctor must not be seen for one more frame.
  watch(
    () => contact.externalUserId,
    (id) => {
      content.switchTo(id)
      phrases.switchTo(id)
      void refresh()
    },
    { flush: 'sync' },
  )
  connection.onBack(() => {
    contact.doubt()
    void (session.start ? refresh() : open())
  })

  // Read before the page was drawn: then the first drawing has the list already.
  if (session.start) content.show(null, { pieces: session.start.pieces, next: session.start.next })

  return { session, contact, content, phrases, tab, fault, toast, queue, list, refresh, comeBack, open, reach, say }
}

export function provideDesk(desk: Desk): void {
  provide(key, desk)
}

export function useDesk(): Desk {
  const desk = inject(key)
  if (!desk) throw new Error('no desk was provided')
  return desk
}

/** Lets the list be seen before the transport and the bridge are loaded; a hidden page draws nothing and waits for nothing. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 200)
    requestAnimationFrame(() => setTimeout(resolve))
  })
}
