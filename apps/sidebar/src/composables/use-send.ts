import { computed, ref, shallowReactive, shallowRef } from 'vue'
import { call, type Entry, faultCode, faultId } from '../api.ts'
import { type AskedSend, type SendDeps, sendOnce, type SendResult } from '../send-once.ts'
import type { Desk } from './use-desk.ts'

/** Sends the client took on this page. The server calls them open until it was told, a moment later. */
export const handedOver: Set<string> = shallowReactive(new Set<string>())

export type AskedPiece = Pick<AskedSend, 'externalUserId' | 'contentItemId' | 'kind' | 'again' | 'backToChat'>

/** Sends one piece at a time. A second tap while one is on its way does nothing; a retry keeps the request. */
export function useSend(desk: Desk) {
  const { contact, session, queue } = desk
  const busy = ref(false)
  const result = shallowRef<SendResult | null>(null)
  /** The request of a tap that did not reach the server, to be sent again as it was. */
  let pending: AskedSend | null = null

  function deps(): SendDeps | null {
    if (!contact.bridge || !session.start || !queue.value) return null
    return {
      repId: session.start.rep.repId,
      look: contact.look,
      authorise: (asked) => call('authoriseSend', asked),
      faultOf: (fault) => ({ code: faultCode(fault), id: faultId(fault) }),
      send: contact.bridge.send,
      queue: queue.value,
      newId: () => newId(),
      now: () => session.now,
    }
  }

  async function send(piece: AskedPiece, late: (result: SendResult) => void = () => {}): Promise<SendResult | null> {
    const ready = deps()
    if (busy.value || !ready || !contact.entry) return null
    busy.value = true
    const asked = sameAs(piece) ?? { requestId: newId(), entry: contact.entry satisfies Entry, ...piece }
    pending = null
    try {
      const ended = await sendOnce(ready, asked, (after) => {
        note(after)
        if (result.value === ended) result.value = after
        late(after)
      })
      note(ended)
      if (ended.step === 'not_authorised' && ended.code !== 'request_id_reused') pending = asked
      result.value = ended
      return ended
    } finally {
      busy.value = false
    }
  }

  /**
   * The unanswered request for the same piece, doctor and way. Perhaps the server decided it and only its answer was
   * lost: then the list says "sent a moment ago" by now, and the tap that confirms it must still be the first request.
   */
  function sameAs(piece: AskedPiece): AskedSend | null {
    if (pending?.contentItemId !== piece.contentItemId || pending.externalUserId !== piece.externalUserId) return null
    return pending.kind === piece.kind ? pending : null
  }

  function clear(): void {
    result.value = null
  }

  return { busy: computed(() => busy.value), result: computed(() => result.value), send, clear }
}

function note(result: SendResult): void {
  if (result.step === 'done') handedOver.add(result.sendId)
}

/** A version 4 UUID, also where the page is not a secure context. */
export function newId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
