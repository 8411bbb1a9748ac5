import { computed, onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import { call, faultCode, type FaultCode, type Script } from '../api.ts'
import { onlyRecent } from '../row-state.ts'
import { markSteps, nextStep, type Step } from '../script-steps.ts'
import type { SendResult } from '../send-once.ts'
import { skippedOf } from '../skipped.ts'
import { connection } from './use-connection.ts'
import { useDesk } from './use-desk.ts'
import { useRecipient } from './use-recipient.ts'
import { handedOver, useSend } from './use-send.ts'

/** How often a script asks whether a file in the making is ready. */
const readyMs = 2_000

/**
 * A script on its way to the doctor it was opened for. Each step is a send of its own, by a tap of its own: nothing goes
 * because something else went. Where one stands is what the server derives from the sends.
 */
export function useScript(contentItemId: string) {
  const desk = useDesk()
  const { contact } = desk
  const sender = useSend(desk)
  const script = shallowRef<Script | null>(null)
  const fault = ref<FaultCode | null>(null)
  const recipient = useRecipient(() => void load())
  const { openedFor, changed, inChat } = recipient
  /** The position that WeCom took last. */
  const handed = ref<number | null>(null)
  let order = 0

  const skipped = computed(() => skippedOf([desk.session.start?.rep.repId ?? '', openedFor.value, contentItemId]))
  const steps = computed<Step[]>(() =>
    script.value ? markSteps(script.value, handedOver, skipped.value.positions) : [],
  )
  const next = computed(() => nextStep(steps.value))
  /** Reasons against the script as a whole; what its pieces say by themselves stands with them. */
  const refusals = computed(() => script.value?.script.refusals ?? [])
  const sentCount = computed(() => steps.value.filter(({ mark }) => mark === 'sent').length)
  const again = computed(() => onlyRecent(next.value?.piece?.refusals ?? []))
  const canSend = computed(() => {
    const open = inChat.value && !changed.value && contact.fresh && connection.isOnline.value
    return open && refusals.value.length === 0 && next.value?.mark === 'free'
  })
  const preparing = computed(() => {
    const [first, ...others] = next.value?.piece?.refusals ?? []
    return first?.reason === 'media_not_ready' && others.length === 0
  })

  async function load(): Promise<void> {
    const mine = ++order
    try {
      const answer = await call('openScript', { externalUserId: openedFor.value, contentItemId })
      if (mine !== order) return
      script.value = answer
      fault.value = null
    } catch (reason) {
      if (mine === order) fault.value = faultCode(reason)
    }
  }

  async function send(): Promise<void> {
    const step = next.value
    const externalUserId = openedFor.value
    if (!canSend.value || sender.busy.value || !step?.piece || externalUserId === null) return
    handed.value = null
    const isLast = steps.value.every(({ mark, position }) => position === step.position || mark !== 'free')
    const asked = { contentItemId: step.piece.contentItemId, kind: step.piece.sendAs, again: again.value }
    const result = await sender.send(
      { ...asked, externalUserId, backToChat: isLast },
      (late) => void finish(step, late),
    )
    await finish(step, result)
  }

  async function finish(step: Step, result: SendResult | null): Promise<void> {
    if (!result) return
    if (result.step === 'done') {
      handed.value = step.position
      const lastSent = { sendId: result.sendId, at: result.at, verdict: 'SENT_CLIENT' as const, reading: null }
      if (step.piece) for (const list of [desk.content, desk.phrases]) list.sent(step.piece.contentItemId, lastSent)
    }
    await desk.queue.value?.flush() // what is left this month depends on it
    await Promise.all([load(), desk.refresh()])
  }

  function skip(): void {
    if (next.value) skipped.value.add(next.value.position)
    sender.clear()
  }

  onMounted(async () => {
    await Promise.all([load(), openedFor.value === null ? undefined : contact.look()])
  })
  const asking = setInterval(() => void (preparing.value && connection.isOnline.value && load()), readyMs)
  onBeforeUnmount(() => {
    order += 1
    clearInterval(asking)
  })

  return {
    ...{ desk, contact, script, fault, recipient, sender, steps, next, refusals },
    ...{ handed, sentCount, again, canSend, preparing, load, send, skip },
  }
}

export type ScriptState = ReturnType<typeof useScript>
