// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { li, zhang } from '../../test/world.ts'
import type { Entry } from '../api.ts'
import type { Bridge, BridgeAnswer } from '../wecom.ts'
import type { OutcomeKind } from '../wecom-outcome.ts'
import { type Contact, useContact } from './contact.ts'

const waiting: { id: string; answer: () => void }[] = []
vi.mock('../transport.ts', () => ({
  client: (_endpoint: unknown, { externalUserId }: { externalUserId: string }) =>
    new Promise((resolve) => {
      const contact = externalUserId === 'wm-li' ? li : zhang
      waiting.push({ id: externalUserId, answer: () => resolve({ now: new Date(), contact, pieces: [], next: null }) })
    }),
}))

const filter = { tab: 'content', view: 'recommended', query: '', product: '', kind: '' } as const
let named: BridgeAnswer<string>
let entered: BridgeAnswer<Entry>
let contact: Contact

const refused = (kind: OutcomeKind) => ({ ok: false as const, outcome: { kind, code: '' } })
const done = () => Promise.resolve({ kind: 'ok' as const, code: '' })

function buildBridge(changes: Partial<Bridge> = {}): Bridge {
  const bridge = { environment: 'wecom' as const, phone: false, send: done, openChat: done, close: done }
  return { ...bridge, context: async () => entered, currentContact: async () => named, ...changes }
}

async function answerFor(id: string): Promise<void> {
  await vi.waitFor(() => expect(waiting.some((one) => one.id === id)).toBe(true))
  for (const one of waiting.splice(0)) one.answer()
}

beforeEach(() => {
  setActivePinia(createPinia())
  waiting.length = 0
  named = { ok: true, value: 'wm-zhang' }
  entered = { ok: true, value: 'single_chat_tools' }
  contact = useContact()
})

test('in a single chat the doctor is known and may be sent to', async () => {
  await contact.connect(buildBridge())
  expect([contact.place, contact.externalUserId]).toEqual(['chat', 'wm-zhang'])
  const refreshing = contact.refresh(filter)
  await answerFor('wm-zhang')
  await refreshing
  expect([contact.name, contact.fresh]).toEqual(['张伟', true])
})

test('the former doctor is gone the moment another is named', async () => {
  await contact.connect(buildBridge())
  const refreshing = contact.refresh(filter)
  await answerFor('wm-zhang')
  await refreshing
  named = { ok: true, value: 'wm-li' }
  await contact.look()
  expect([contact.chat, contact.name, contact.fresh]).toEqual([null, '', false])
})

test('an answer about the former doctor changes nothing', async () => {
  await contact.connect(buildBridge())
  const refreshing = contact.refresh(filter)
  named = { ok: true, value: 'wm-li' }
  await contact.look()
  await answerFor('wm-zhang')
  expect(await refreshing).toBeNull()
  expect([contact.externalUserId, contact.chat]).toEqual(['wm-li', null])
})

test('a doctor seen before is shown at once, marked as to be checked', async () => {
  await contact.connect(buildBridge())
  const refreshing = contact.refresh(filter)
  await answerFor('wm-zhang')
  await refreshing
  named = { ok: true, value: 'wm-li' }
  await contact.look()
  named = { ok: true, value: 'wm-zhang' }
  await contact.look()
  expect([contact.name, contact.fresh]).toEqual(['张伟', false])
})

test('an overtaken answer of the client changes nothing', async () => {
  const slow: ((answer: BridgeAnswer<string>) => void)[] = []
  await contact.connect(buildBridge())
  contact.bridge = buildBridge({ currentContact: () => new Promise((resolve) => slow.push(resolve)) })
  const first = contact.look()
  const second = contact.look()
  slow[1]?.({ ok: true, value: 'wm-li' })
  await second
  slow[0]?.({ ok: true, value: 'wm-zhang' })
  await first
  expect(contact.externalUserId).toBe('wm-li')
})

const places: { says: string; entry: BridgeAnswer<Entry>; place: string; problem?: string }[] = [
  { says: 'a group chat', entry: { ok: true, value: 'group_chat_tools' }, place: 'view_only' },
  { says: 'the workbench', entry: { ok: true, value: 'normal' }, place: 'outside' },
  { says: 'a contact profile', entry: { ok: true, value: 'contact_profile' }, place: 'view_only' },
  { says: 'a client too old', entry: refused('too_old'), place: 'view_only', problem: 'too_old' },
  { says: 'a refused signature', entry: refused('signature'), place: 'view_only', problem: 'signature' },
  { says: 'a silent client', entry: refused('no_answer'), place: 'view_only', problem: 'silent' },
]
test.each(places)('from $says nothing can be sent', async ({ entry, place, problem }) => {
  entered = entry
  await contact.connect(buildBridge())
  expect([contact.place, contact.problem ?? undefined]).toEqual([place, problem])
})

test('[CTX-01] an ordinary browser is outside', async () => {
  entered = refused('without_context')
  await contact.connect(buildBridge({ environment: 'browser' }))
  expect([contact.place, contact.problem]).toEqual(['outside', null])
})

test('a single chat switched to a group chat beside us takes the doctor away', async () => {
  await contact.connect(buildBridge())
  named = refused('without_context')
  entered = { ok: true, value: 'group_chat_tools' }
  await contact.look()
  expect([contact.place, contact.externalUserId]).toEqual(['view_only', null])
})
