import { beforeEach, expect, test, vi } from 'vitest'
import type { Authorised } from './api.ts'
import type { WaitingFact } from './fact-queue.ts'
import { type AskedSend, type SendDeps, sendOnce, type SendResult } from './send-once.ts'
import type { BridgeAnswer } from './wecom.ts'
import type { ClientOutcome } from './wecom-outcome.ts'

const authorised: Authorised = {
  outcome: 'authorised',
  sendId: 'send-1',
  ticket: 'ticket-1',
  ticketExpiresAt: new Date(),
  digest: 'digest-1',
  message: { msgtype: 'news', news: { link: 'https://v.example/l/1', title: 't', desc: 'd', imgUrl: 'i' } },
}
const asked: AskedSend = {
  requestId: 'a3bb189e-8bf9-3888-9912-ace4e6543002',
  externalUserId: 'wm-zhang',
  contentItemId: 'piece-1',
  kind: 'news',
  entry: 'single_chat_tools',
  again: false,
  backToChat: true,
}
const zhang: BridgeAnswer<string> = { ok: true, value: 'wm-zhang' }
const li: BridgeAnswer<string> = { ok: true, value: 'wm-li' }
const silent: BridgeAnswer<string> = { ok: false, outcome: { kind: 'no_answer', code: '' } }

let trail: string[]
let looks: BridgeAnswer<string>[]
let said: ClientOutcome
let lateSay: (outcome: ClientOutcome) => void

function buildDeps(changes: Partial<SendDeps> = {}): SendDeps {
  let id = 0
  return {
    repId: 'rep-li',
    look: () => Promise.resolve(looks.length > 1 ? looks.shift()! : looks[0]!),
    authorise: (request) => Promise.resolve((trail.push(`A ${request.requestId}`), authorised)),
    faultOf: () => ({ code: 'no_answer', id: '' }),
    send: (_message, options) => {
      trail.push('handed')
      lateSay = options.late
      return Promise.resolve(said)
    },
    queue: {
      add: (fact: WaitingFact, hold) => trail.push(`${fact.kind}${hold ? ' held' : ''} ${fact.code}`.trim()),
      release: (_id, seen) => trail.push(`seen ${seen}`),
    },
    newId: () => String(++id),
    now: () => new Date(0),
    ...changes,
  }
}

beforeEach(() => {
  trail = []
  looks = [zhang]
  said = { kind: 'ok', code: 'sendChatMessage:ok' }
})

test('a send is decided, noted as handed over, handed over, and noted as taken', async () => {
  const result = await sendOnce(buildDeps(), asked, vi.fn())
  expect(result).toMatchObject({ step: 'done', sendId: 'send-1', link: 'https://v.example/l/1' })
  await vi.waitFor(() => expect(trail.at(-1)).toBe('seen wm-zhang'))
  expect(trail).toEqual([`A ${asked.requestId}`, 'H', 'handed', 'K held sendChatMessage:ok', 'seen wm-zhang'])
})

test('[CTX-05] another chat at the tap: nothing is asked for and nothing is sent', async () => {
  looks = [li]
  expect(await sendOnce(buildDeps(), asked, vi.fn())).toEqual({ step: 'chat_changed' })
  expect(trail).toEqual([])
})

test('[CTX-05] another chat while it was being decided: it is not handed over, and that is noted', async () => {
  looks = [zhang, li]
  expect(await sendOnce(buildDeps(), asked, vi.fn())).toEqual({ step: 'chat_changed' })
  expect(trail).toEqual([`A ${asked.requestId}`, 'F not handed over: contact changed or not read'])
})

test('a chat that cannot be read is not sent to', async () => {
  looks = [silent]
  expect(await sendOnce(buildDeps(), asked, vi.fn())).toMatchObject({ step: 'unread' })
  expect(trail).toEqual([])
})

test('[SND-02] a cancelled send is noted as cancelled', async () => {
  said = { kind: 'cancelled', code: 'sendChatMessage:cancel' }
  expect(await sendOnce(buildDeps(), asked, vi.fn())).toEqual({ step: 'cancelled' })
  expect(trail.at(-1)).toBe('C sendChatMessage:cancel')
})

test('[SND-03] a failed send is noted with the client’s words, and its link is at hand', async () => {
  said = { kind: 'bad_message', code: 'sendChatMessage:fail, invalid param' }
  expect(await sendOnce(buildDeps(), asked, vi.fn())).toMatchObject({ step: 'failed', link: 'https://v.example/l/1' })
  expect(trail.at(-1)).toBe('F sendChatMessage:fail, invalid param')
})

test('[SND-04] without an answer nothing is invented: only H stands', async () => {
  said = { kind: 'no_answer', code: '' }
  expect(await sendOnce(buildDeps(), asked, vi.fn())).toMatchObject({ step: 'unknown', sendId: 'send-1' })
  expect(trail).toEqual([`A ${asked.requestId}`, 'H', 'handed'])
})

test('an answer that comes late is noted and told', async () => {
  said = { kind: 'no_answer', code: '' }
  const late: SendResult[] = []
  await sendOnce(buildDeps(), asked, (result) => late.push(result))
  lateSay({ kind: 'ok', code: 'sendChatMessage:ok' })
  expect(late[0]).toMatchObject({ step: 'done' })
  expect(trail.at(-1)).toBe('K held sendChatMessage:ok')
})

test('refusals of the gate are shown, not sent', async () => {
  const refusals = [{ reason: 'opted_out' as const }]
  const authorise = () => Promise.resolve({ outcome: 'refused' as const, refusals })
  expect(await sendOnce(buildDeps({ authorise }), asked, vi.fn())).toEqual({ step: 'refused', refusals })
  expect(trail).toEqual([])
})

test('[GEN-03] a server that is not reached has let nothing out', async () => {
  const authorise = () => Promise.reject(new Error('down'))
  expect(await sendOnce(buildDeps({ authorise }), asked, vi.fn())).toMatchObject({
    step: 'not_authorised',
    code: 'no_answer',
  })
  expect(trail).toEqual([])
})

test('an earlier request whose ticket is over is not handed over again', async () => {
  const authorise = () => Promise.resolve({ outcome: 'decided' as const, verdict: 'SENT_CLIENT' as const })
  expect(await sendOnce(buildDeps({ authorise }), asked, vi.fn())).toEqual({ step: 'decided', verdict: 'SENT_CLIENT' })
})
