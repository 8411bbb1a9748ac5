import { isPhone } from '../session.ts'
import type { Simulator } from '../simulator.ts'
import { weighMessage } from './chat-message.ts'
import { agentConfig, mayCall, preVerify } from './identity.ts'
import { failed, ok, type Failure, type Result } from './results.ts'
import { appendSent } from './send.ts'

/** One `WeixinJSBridge.invoke` of a page; `href` is the page's real address without hash, params are JSON. */
export type Invocation = { pageId: string; name: string; params: Record<string, unknown>; href: string }

/** What the client does: answer (after a while, maybe twice), ask the rep first, never answer, or lose the page. */
export type ClientMove =
  | { kind: 'reply'; result: Result; delayMs: number; times: number; effect: string | null }
  | { kind: 'confirm'; confirmId: string; message: Record<string, unknown> }
  | { kind: 'silent' }
  | { kind: 'killed' }

const needsApp = [
  'getCurExternalContact',
  'getCurExternalChat',
  'sendChatMessage',
  'selectExternalContact',
  'shareToExternalContact',
  'hideChatAttachmentMenu',
]
/** Calls of the client itself, answered ok; the stage plays their effect. */
const plain = [
  'openUserProfile',
  'openEnterpriseChat',
  'navigateToAddCustomer',
  'selectExternalContact',
  'shareToExternalContact',
  'hideChatAttachmentMenu',
  'closeWindow',
  'hideOptionMenu',
  'showOptionMenu',
  'openDefaultBrowser',
  'previewFile',
  'imagePreview',
]
/** These may come before any identity, and without permission. */
const free = ['closeWindow', 'hideOptionMenu', 'showOptionMenu']

/** Decides one call of a page. */
export function invoke(simulator: Simulator, invocation: Invocation): ClientMove {
  const move = withFault(simulator, invocation, decide(simulator, invocation))
  const text = move.kind === 'reply' ? JSON.stringify(move.result) : move.kind
  const good =
    move.kind === 'confirm' || (move.kind === 'reply' && /:(ok|cancel)$/.test(String(move.result['err_msg'])))
  simulator.feed.tell('bridge', `${invocation.name} -> ${text}`, good, {
    params: invocation.params,
    href: invocation.href,
    move,
  })
  return move
}

function decide(simulator: Simulator, invocation: Invocation): ClientMove {
  const { name, params, pageId } = invocation
  const { platform } = simulator.store.session
  const { bridgeFault } = simulator.store.switches
  const refuse = (failure: Failure): ClientMove => reply(failed(name, failure, platform))
  if (bridgeFault === 'old-client' && (name === 'agentConfig' || name === 'sendChatMessage')) return refuse('not-there')
  if (name === 'agentConfig') return reply(agentConfig(simulator, invocation))
  if (name === 'preVerifyJSAPI') return reply(preVerify(simulator, invocation))
  if (bridgeFault === 'permission' && needsApp.includes(name)) return refuse('no-permission')
  const allowed =
    free.includes(name) || mayCall(simulator.store.pages.get(pageId), name, params, needsApp.includes(name))
  if (!allowed) return refuse('no-permission')
  if (name === 'sendChatMessage') return sendChatMessage(simulator, invocation)
  return answerContext(simulator, invocation) ?? (plain.includes(name) ? reply(ok(name), name) : refuse('not-there'))
}

function answerContext(simulator: Simulator, { name, params }: Invocation): ClientMove | null {
  const { entry, hcp, platform } = simulator.store.session
  if (name === 'getContext') return reply(ok(name, { entry }))
  if (name === 'checkJsApi') {
    const asked = Array.isArray(params['jsApiList']) ? params['jsApiList'].map(String) : []
    const known = [...needsApp, ...plain, 'getContext', 'checkJsApi', 'agentConfig']
    return reply(
      ok(name, { checkResult: JSON.stringify(Object.fromEntries(asked.map((api) => [api, known.includes(api)]))) }),
    )
  }
  if (name === 'getCurExternalContact') {
    const there = ['contact_profile', 'single_chat_tools', 'single_kf_tools'].includes(entry) && hcp !== ''
    return reply(there ? ok(name, { userId: hcp }) : failed(name, 'without-context', platform))
  }
  if (name === 'getCurExternalChat')
    return reply(
      entry === 'group_chat_tools' ? ok(name, { chatId: 'wrDemoGroup01' }) : failed(name, 'without-context', platform),
    )
  return null
}

/** Validates, then asks the rep on phones; PCs hand over at once (wecom-platform.md 5.4). */
function sendChatMessage(simulator: Simulator, { name, params, pageId }: Invocation): ClientMove {
  const { entry, platform } = simulator.store.session
  const { confirm, bridgeFault } = simulator.store.switches
  const sendable = ['single_chat_tools', 'group_chat_tools', 'chat_attachment', 'single_kf_tools'].includes(entry)
  if (!sendable || (entry === 'chat_attachment' && platform === 'mac'))
    return reply(failed(name, 'without-context', platform))
  if (bridgeFault === 'send-refused') return reply(failed(name, 'invalid-param', platform))
  const weighed = weighMessage(simulator, params, platform, entry)
  if ('failure' in weighed) {
    simulator.feed.tell('bridge', `sendChatMessage: ${weighed.why}`, false, params)
    return reply(failed(name, weighed.failure, platform))
  }
  if (confirm === 'cancel') return reply(failed(name, 'cancel', platform))
  const message = {
    msgtype: weighed.message.msgtype,
    [weighed.message.msgtype]: weighed.message.body,
    enterChat: params['enterChat'] === true,
  }
  if (confirm === 'accept' || !isPhone(platform)) return sent(simulator, message)
  const confirmId = simulator.newId()
  simulator.store.pendingSends.set(confirmId, { pageId, message })
  return { kind: 'confirm', confirmId, message }
}

/** The rep's answer on the confirm sheet. The message goes to the chat that is open now, whichever the page believes in. */
export function answerConfirm(simulator: Simulator, confirmId: string, accepted: boolean): ClientMove {
  const pending = simulator.store.pendingSends.get(confirmId)
  simulator.store.pendingSends.delete(confirmId)
  const { platform } = simulator.store.session
  const cancelled = reply(failed('sendChatMessage', 'cancel', platform))
  const move = pending && accepted ? sent(simulator, pending.message) : cancelled
  const invocation = {
    pageId: pending?.pageId ?? '',
    name: 'sendChatMessage',
    params: pending?.message ?? {},
    href: '',
  }
  const result = withFault(simulator, invocation, move)
  simulator.feed.tell('bridge', `sendChatMessage -> ${accepted ? 'ok' : 'cancel'}`, true, { move: result })
  return result
}

function sent(simulator: Simulator, message: Record<string, unknown>): ClientMove {
  if (simulator.store.switches.bridgeFault !== 'prepared-only') appendSent(simulator, message)
  return reply(ok('sendChatMessage'), message['enterChat'] === true ? 'enterChat' : null)
}

/** Silence and death strike at the send, when they hurt; slowness and repetition at every call. */
function withFault(simulator: Simulator, { name }: Invocation, move: ClientMove): ClientMove {
  const { bridgeFault } = simulator.store.switches
  if (move.kind !== 'reply') return move
  if (name === 'sendChatMessage' && bridgeFault === 'silent') return { kind: 'silent' }
  if (name === 'sendChatMessage' && bridgeFault === 'killed') return { kind: 'killed' }
  if (bridgeFault === 'late') return { ...move, delayMs: 10_000 }
  if (bridgeFault === 'twice') return { ...move, times: 2 }
  return move
}

function reply(result: Result, effect: string | null = null): ClientMove {
  return { kind: 'reply', result, delayMs: 0, times: 1, effect }
}
