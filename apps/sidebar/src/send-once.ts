import type { Asked, Authorised, ChatMessage, Entry, FaultCode, MessageKind, Verdict, WireRefusal } from './api.ts'
import type { WaitingFact } from './fact-queue.ts'
import type { BridgeAnswer, SendOptions } from './wecom.ts'
import type { ClientOutcome } from './wecom-outcome.ts'

/** One tap on send: whom the rep sees, and what. `requestId` is made at the tap and kept by a retry. */
export type AskedSend = {
  requestId: string
  externalUserId: string
  contentItemId: string
  kind: MessageKind
  entry: Entry
  again: boolean
  backToChat: boolean
}

/** How a tap ended, as far as it is known. Only `done` says that WeCom took the message. */
export type SendResult =
  | { step: 'done'; sendId: string; at: Date; link: string | null }
  | { step: 'cancelled' }
  | { step: 'refused'; refusals: WireRefusal[] }
  | { step: 'failed'; outcome: ClientOutcome; at: Date; link: string | null }
  | { step: 'unknown'; sendId: string; at: Date }
  | { step: 'decided'; verdict: Verdict }
  | { step: 'chat_changed' }
  | { step: 'unread'; outcome: ClientOutcome }
  /** The server was not reached or would not; nothing was handed over, and the same request may be sent again. */
  | { step: 'not_authorised'; code: FaultCode; id: string }

export type SendDeps = {
  repId: string
  look: () => Promise<BridgeAnswer<string>>
  authorise: (
    asked: Asked<'authoriseSend'>,
  ) => Promise<Authorised | { outcome: 'refused'; refusals: WireRefusal[] } | { outcome: 'decided'; verdict: Verdict }>
  faultOf: (fault: unknown) => { code: FaultCode; id: string }
  send: (message: ChatMessage, options: SendOptions) => Promise<ClientOutcome>
  queue: {
    add: (fact: WaitingFact, hold?: boolean) => void
    release: (factId: string, seenExternalUserId: string | null) => void
  }
  newId: () => string
  now: () => Date
}

/** Longest wait for the contact after a send; the fact is already written down. */
const seenWithinMs = 1_000

/**
 * One send, from the tap to what the client said: read the contact, have it decided, read the contact
 * again, note H, hand over, note K, C or F. On any difference of contact nothing is handed over.
 * `late` hears the result of a send whose outcome was unknown at first.
 */
export async function sendOnce(
  deps: SendDeps,
  asked: AskedSend,
  late: (result: SendResult) => void,
): Promise<SendResult> {
  const before = await compareContact(deps, asked)
  if (before) return before
  const decided = await authorise(deps, asked)
  if ('step' in decided) return decided
  const meanwhile = await compareContact(deps, asked)
  if (meanwhile) {
    note(deps, decided, 'F', 'not handed over: contact changed or not read')
    return meanwhile
  }
  note(deps, decided, 'H', '')
  const outcome = await deps.send(decided.message, {
    backToChat: asked.backToChat,
    late: (said) => late(conclude(deps, decided, said)),
  })
  return conclude(deps, decided, outcome)
}

async function compareContact(deps: SendDeps, asked: AskedSend): Promise<SendResult | null> {
  const seen = await deps.look()
  if (!seen.ok) return { step: 'unread', outcome: seen.outcome }
  return seen.value === asked.externalUserId ? null : { step: 'chat_changed' }
}

async function authorise(deps: SendDeps, asked: AskedSend): Promise<Authorised | SendResult> {
  const { backToChat: _, ...request } = asked
  try {
    const answer = await deps.authorise(request)
    if (answer.outcome === 'authorised') return answer
    if (answer.outcome === 'refused') return { step: 'refused', refusals: answer.refusals }
    return { step: 'decided', verdict: answer.verdict }
  } catch (fault) {
    return { step: 'not_authorised', ...deps.faultOf(fault) }
  }
}

function conclude(deps: SendDeps, send: Authorised, outcome: ClientOutcome): SendResult {
  const at = deps.now()
  const link = send.message.msgtype === 'news' ? send.message.news.link : null
  if (outcome.kind === 'no_answer') return { step: 'unknown', sendId: send.sendId, at }
  if (outcome.kind === 'ok') {
    const factId = note(deps, send, 'K', outcome.code, true)
    void contactSeen(deps).then((seen) => deps.queue.release(factId, seen))
    return { step: 'done', sendId: send.sendId, at, link }
  }
  if (outcome.kind === 'cancelled') {
    note(deps, send, 'C', outcome.code)
    return { step: 'cancelled' }
  }
  note(deps, send, 'F', outcome.code)
  return { step: 'failed', outcome, at, link }
}

function note(deps: SendDeps, send: Authorised, kind: WaitingFact['kind'], code: string, hold = false): string {
  const factId = deps.newId()
  const { sendId, ticket, digest } = send
  const clientAt = new Date().toISOString() // the phone's own clock, labelled so
  deps.queue.add({ repId: deps.repId, sendId, ticket, digest, factId, kind, code, clientAt }, hold)
  return factId
}

async function contactSeen(deps: SendDeps): Promise<string | null> {
  const tooLong = new Promise<null>((resolve) => setTimeout(() => resolve(null), seenWithinMs))
  const seen = await Promise.race([deps.look(), tooLong])
  return seen?.ok ? seen.value : null
}
