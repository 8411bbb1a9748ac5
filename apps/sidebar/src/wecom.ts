import * as ww from '@wecom/jssdk'
import type { ChatMessage, Entry, Signature } from './api.ts'
import { classify, type ClientOutcome } from './wecom-outcome.ts'

/** Longest wait for one answer of the client; it may stay silent for ever (wecom-platform.md 1.8). */
export const guardMs = 8_000

/** Either what was asked for, or why not. Nothing here ever rejects. */
export type BridgeAnswer<Value> = { ok: true; value: Value } | { ok: false; outcome: ClientOutcome }

/** `backToChat`: on phones, show the chat after sending. `late` hears the client's answer after the guard. */
export type SendOptions = { backToChat: boolean; late: (outcome: ClientOutcome) => void }

/** The only way to the chat. `send` may learn the outcome after its guard; then `late` hears it, once. */
export type Bridge = {
  environment: 'wecom' | 'browser'
  /** On phones the panel covers the chat: it cannot change under us, and after a send one wants to go back to it. */
  phone: boolean
  context(): Promise<BridgeAnswer<Entry>>
  currentContact(): Promise<BridgeAnswer<string>>
  send(message: ChatMessage, options: SendOptions): Promise<ClientOutcome>
  openChat(externalUserId: string): Promise<ClientOutcome>
  close(): Promise<ClientOutcome>
}

export type Registration = {
  corpId: string
  agentId: string
  sign: (url: string) => Promise<{ corp: Signature; agent: Signature }>
}

const apis = ['getContext', 'getCurExternalContact', 'sendChatMessage', 'openEnterpriseChat', 'closeWindow']
const noAnswer: ClientOutcome = { kind: 'no_answer', code: 'no answer in 8 s' }
const notHere: ClientOutcome = { kind: 'without_context', code: 'not in WeCom' }

/** The bridge of the place we run in. */
export function createBridge(registration: Registration): Bridge {
  return ww.env.isWeCom ? wecomBridge(registration) : browserBridge()
}

/** An ordinary browser: no chat, so nothing can be sent (CTX-01). */
export function browserBridge(): Bridge {
  const nothing = async (): Promise<{ ok: false; outcome: ClientOutcome }> => ({ ok: false, outcome: notHere })
  return {
    environment: 'browser',
    phone: false,
    context: nothing,
    currentContact: nothing,
    send: async () => notHere,
    openChat: async () => notHere,
    close: async () => notHere,
  }
}

function wecomBridge({ corpId, agentId, sign }: Registration): Bridge {
  const phone = /Android|iPhone|iPad|iPod/i.test(navigator.userAgent)
  window.addEventListener('unhandledrejection', hushRegister)
  ww.register({
    corpId,
    agentId,
    jsApiList: apis,
    getConfigSignature: async (url) => (await sign(url)).corp,
    getAgentConfigSignature: async (url) => (await sign(url)).agent,
  })
  return {
    environment: 'wecom',
    phone,
    context: () => ask(ww.getContext(), (said) => said.entry as unknown as Entry),
    currentContact: () => ask(ww.getCurExternalContact(), (said) => said.userId),
    send: (message, { backToChat, late }) =>
      settle(ww.sendChatMessage({ ...message, ...(phone && backToChat ? { enterChat: true } : {}) }), late),
    openChat: (externalUserId) => settle(ww.openEnterpriseChat({ externalUserIds: [externalUserId] })),
    close: () => settle(ww.closeWindow()),
  }
}

/** `register` leaves an unhandled rejection when the identity fails; the next call reports the same, so it is no news. */
function hushRegister(event: PromiseRejectionEvent): void {
  const reason: unknown = event.reason
  if (reason instanceof Error && reason.message.startsWith('SDK Error')) return event.preventDefault()
  const said = (reason as { errMsg?: unknown } | null)?.errMsg
  if (typeof said === 'string' && /^(agentConfig|config|preVerifyJSAPI):/.test(said)) event.preventDefault()
}

/** Waits at most 8 s. An answer after that goes to `late`. */
export function guarded<Value>(
  call: Promise<Value>,
  late?: (outcome: ClientOutcome) => void,
): Promise<BridgeAnswer<Value>> {
  return new Promise((resolve) => {
    let waiting = true
    const timer = setTimeout(() => finish({ ok: false, outcome: noAnswer }), guardMs)
    const finish = (answer: BridgeAnswer<Value>): void => {
      waiting = false
      clearTimeout(timer)
      resolve(answer)
    }
    call.then(
      (value) => (waiting ? finish({ ok: true, value }) : late?.(classify(value))),
      (fault: unknown) => (waiting ? finish({ ok: false, outcome: classify(fault) }) : late?.(classify(fault))),
    )
  })
}

async function ask<Said, Value>(call: Promise<Said>, pick: (said: Said) => Value): Promise<BridgeAnswer<Value>> {
  const answer = await guarded(call)
  if (!answer.ok) return answer
  const value = pick(answer.value)
  return value ? { ok: true, value } : { ok: false, outcome: { kind: 'unknown', code: 'answer without a value' } }
}

async function settle<Said>(call: Promise<Said>, late?: (outcome: ClientOutcome) => void): Promise<ClientOutcome> {
  const answer = await guarded(call, late)
  return answer.ok ? classify(answer.value) : answer.outcome
}
