import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { call, type ChatContact, type Entry, type ListFilter, type OpenedChat } from '../api.ts'
import type { Bridge, BridgeAnswer } from '../wecom.ts'
import type { OutcomeKind } from '../wecom-outcome.ts'

/** Where the page was opened: only in a single chat can something be sent. */
export type Place = 'starting' | 'chat' | 'view_only' | 'outside'
/** Why the client did not tell where we are. */
export type Problem = 'too_old' | 'signature' | 'domain' | 'no_permission' | 'silent'

const sendable: readonly Entry[] = ['single_chat_tools', 'single_kf_tools']
const withContact: readonly Entry[] = [...sendable, 'contact_profile']
const outside: readonly Entry[] = ['normal']

const problems: Partial<Record<OutcomeKind, Problem>> = {
  too_old: 'too_old',
  signature: 'signature',
  domain: 'domain',
  no_permission: 'no_permission',
  no_answer: 'silent',
  unknown: 'silent',
}

/**
 * The contact of the chat beside us. What is shown is who the client named last, and nobody else:
 * the moment another is named the former is gone, and answers about the former are dropped.
 */
export const useContact = defineStore('contact', () => {
  const bridge = shallowRef<Bridge | null>(null)
  const place = ref<Place>('starting')
  const problem = ref<Problem | null>(null)
  const entry = ref<Entry | null>(null)
  const externalUserId = ref<string | null>(null)
  const chat = shallowRef<ChatContact | null>(null)
  /** False while `chat` is what was known earlier. */
  const fresh = ref(false)
  const readAt = ref<Date | null>(null)
  const known = new Map<string, { chat: ChatContact; readAt: Date }>()
  let looks = 0
  let lookApplied = 0

  const matched = computed(() => (chat.value?.state === 'matched' ? chat.value : null))
  const unmatched = computed(() => (chat.value?.state === 'unmatched' ? chat.value : null))
  const name = computed(() => matched.value?.account.name ?? unmatched.value?.remark ?? '')

  function switchTo(id: string | null): void {
    const cached = id === null ? undefined : known.get(id)
    externalUserId.value = id
    chat.value = cached?.chat ?? null
    readAt.value = cached?.readAt ?? null
    fresh.value = false
  }

  /**
   * Asks the client who the chat is with, now. Answers that were overtaken change nothing. Not before it is known where
   * we are: a contact named earlier would be shown, and never read.
   */
  async function look(): Promise<BridgeAnswer<string>> {
    if (!bridge.value || entry.value === null)
      return { ok: false, outcome: { kind: 'no_answer', code: 'not connected' } }
    const order = ++looks
    const answer = await bridge.value.currentContact()
    if (order < lookApplied) return answer
    lookApplied = order
    if (answer.ok && answer.value !== externalUserId.value) {
      switchTo(answer.value)
      if (place.value !== 'chat') await locate()
    }
    if (!answer.ok && answer.outcome.kind === 'without_context' && externalUserId.value !== null) await locate()
    return answer
  }

  /** Asks the client where we were opened, then who the chat is with. */
  async function locate(): Promise<void> {
    if (!bridge.value) return
    const answer = await bridge.value.context()
    const named = answer.ok && withContact.includes(answer.value) ? await bridge.value.currentContact() : null
    lookApplied = ++looks
    entry.value = answer.ok ? answer.value : null
    problem.value = bridge.value.environment === 'wecom' ? problemOf(answer, named) : null
    // Together, so that no half-known place is drawn.
    const id = named?.ok ? named.value : null
    if (id !== externalUserId.value) switchTo(id)
    place.value = placeOf(answer)
  }

  async function connect(to: Bridge): Promise<void> {
    bridge.value = to
    await locate()
  }

  /** Reads the opened chat from the server; null when meanwhile the chat is another one. */
  async function refresh(filter: ListFilter): Promise<OpenedChat | null> {
    const id = externalUserId.value
    if (id === null || entry.value === null) return null
    const opened = await call('openChat', { externalUserId: id, entry: entry.value, ...filter })
    if (opened.contact.externalUserId !== id) return null
    known.set(id, { chat: opened.contact, readAt: opened.now })
    if (externalUserId.value !== id) return null
    chat.value = opened.contact
    readAt.value = opened.now
    fresh.value = true
    return opened
  }

  /** What is shown was true earlier; it is to be read again. */
  function doubt(): void {
    fresh.value = false
  }

  return {
    bridge,
    place,
    problem,
    entry,
    externalUserId,
    chat,
    fresh,
    readAt,
    matched,
    unmatched,
    name,
    look,
    locate,
    connect,
    refresh,
    doubt,
  }
})

export type Contact = ReturnType<typeof useContact>

function placeOf(answer: BridgeAnswer<Entry>): Place {
  if (!answer.ok) return answer.outcome.kind === 'without_context' ? 'outside' : 'view_only'
  if (sendable.includes(answer.value)) return 'chat'
  return outside.includes(answer.value) ? 'outside' : 'view_only'
}

function problemOf(answer: BridgeAnswer<Entry>, named: BridgeAnswer<string> | null): Problem | null {
  if (!answer.ok) return problems[answer.outcome.kind] ?? null
  return named === null || named.ok ? null : (problems[named.outcome.kind] ?? 'silent')
}
