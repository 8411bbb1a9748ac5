import { computed, onBeforeUnmount, onMounted, ref, shallowRef, watch } from 'vue'
import { call, faultCode, type FaultCode, type MessageKind, type Preview, type WireRefusal } from '../api.ts'
import { consentRefusal, onlyRecent } from '../row-state.ts'
import type { SendResult } from '../send-once.ts'
import { useText } from '../text/index.ts'
import { connection } from './use-connection.ts'
import { useDesk } from './use-desk.ts'
import { useRecipient } from './use-recipient.ts'
import { type AskedPiece, useSend } from './use-send.ts'

/** Refusals that are about the way of sending alone; they come with each way. */
const wayReasons = new Set<WireRefusal['reason']>([
  'kind_not_allowed',
  'file_too_large',
  'card_text_too_long',
  'media_not_ready',
])

/** How often a sheet asks whether a file in the making is ready. */
const readyMs = 2_000

/** The sheet of one piece, opened for the contact of that moment and for nobody else. */
export function useSheet(contentItemId: string) {
  const t = useText()
  const desk = useDesk()
  const { contact, content, phrases, say, refresh } = desk
  const preview = shallowRef<Preview | null>(null)
  const fault = ref<FaultCode | null>(null)
  const way = ref<MessageKind>('news')
  const opening = ref('')
  const sender = useSend(desk)
  const { openedFor, changed, inChat } = useRecipient(() => void load())
  const invited = shallowRef<{ link: string } | null>(null)
  let order = 0

  const listed = computed(() =>
    [...(content.pieces.value ?? []), ...(phrases.pieces.value ?? [])].find(
      (piece) => piece.contentItemId === contentItemId,
    ),
  )
  const piece = computed(() => preview.value?.piece ?? listed.value ?? null)

  const refusals = computed<readonly WireRefusal[]>(() => {
    const chosen = preview.value?.ways.find(({ kind }) => kind === way.value)
    const own = (piece.value?.refusals ?? []).filter((refusal) => !chosen || !wayReasons.has(refusal.reason))
    return [...own, ...(chosen?.refusals ?? [])]
  })
  const again = computed(() => onlyRecent(refusals.value))
  const blocked = computed(() => refusals.value.length > 0 && !again.value)
  /** Another way may be free: the choice stays. */
  const onlyWay = computed(
    () => blocked.value && refusals.value.every(({ reason }) => wayReasons.has(reason) || reason === 'sent_recently'),
  )
  const preparing = computed(() =>
    preview.value?.ways.some(({ refusals: own }) => own.some(({ reason }) => reason === 'media_not_ready')),
  )
  const needsConsent = computed(() => consentRefusal(refusals.value))
  const canSend = computed(
    () =>
      inChat.value &&
      !changed.value &&
      preview.value !== null &&
      !blocked.value &&
      contact.fresh &&
      connection.isOnline.value,
  )

  async function load(): Promise<void> {
    const mine = ++order
    const externalUserId = openedFor.value
    fault.value = null
    try {
      const answer = await call('preview', { externalUserId, contentItemId })
      if (mine !== order) return
      const first = preview.value === null
      preview.value = answer
      if (first) way.value = defaultWay(answer)
    } catch (reason) {
      if (mine === order) fault.value = faultCode(reason)
    }
  }

  /** The link when it may go: revocable and versioned. Otherwise what the piece is approved for. */
  function defaultWay({ ways, piece: { sendAs } }: Preview): MessageKind {
    const open = ways.filter((one) => one.refusals.length === 0)
    const kinds = (open.length > 0 ? open : ways).map(({ kind }) => kind)
    return kinds.includes('news') ? 'news' : kinds.includes(sendAs) ? sendAs : (kinds[0] ?? sendAs)
  }

  /** The opening line first, then the piece, each decided and noted by itself; the first that does not go stops it. */
  async function send(): Promise<void> {
    if (!canSend.value || sender.busy.value) return
    if (opening.value) {
      const line = await sender.send(asked(opening.value, 'text', false), () => void refresh())
      if (line?.step !== 'done') return
      opening.value = ''
    }
    await finish(await sender.send(asked(contentItemId, way.value, true), (late) => void finish(late)))
  }

  async function invite(invitation: string): Promise<void> {
    const result = await sender.send(asked(invitation, 'news', false), (late) => void afterInvite(late))
    await afterInvite(result)
  }

  function asked(id: string, kind: MessageKind, last: boolean): AskedPiece {
    return {
      externalUserId: openedFor.value ?? '',
      contentItemId: id,
      kind,
      again: again.value && last,
      backToChat: last,
    }
  }

  async function afterInvite(result: SendResult | null): Promise<void> {
    if (result?.step !== 'done') return
    sender.clear()
    if (result.link) invited.value = { link: result.link }
    await finish(result)
    await load()
  }

  async function finish(result: SendResult | null): Promise<void> {
    if (result?.step === 'done') {
      say(t.value.sent.handed)
      const lastSent = { sendId: result.sendId, at: result.at, verdict: 'SENT_CLIENT' as const, reading: null }
      for (const list of [content, phrases]) list.sent(contentItemId, lastSent)
    }
    if (!result) return
    await desk.queue.value?.flush() // what is left this month depends on it
    await refresh()
  }

  onMounted(async () => {
    await Promise.all([load(), openedFor.value === null ? undefined : contact.look()])
  })
  // The doctor has decided while the sheet was open, beside a code to scan or a paper that was confirmed.
  watch(
    () => contact.matched?.consent.state,
    (now, before) => void (now && before && load()),
  )
  // The server makes the file ready while the sheet is open; so that a tap never waits for it, it is asked whether it is.
  const asking = setInterval(() => void (preparing.value && connection.isOnline.value && load()), readyMs)
  onBeforeUnmount(() => {
    order += 1
    clearInterval(asking)
  })
  return {
    t,
    desk,
    contact,
    preview,
    piece,
    fault,
    way,
    opening,
    changed,
    inChat,
    refusals,
    again,
    blocked,
    onlyWay,
    needsConsent,
    canSend,
    invited,
    sender,
    load,
    send,
    invite,
  }
}

export type SheetState = ReturnType<typeof useSheet>
