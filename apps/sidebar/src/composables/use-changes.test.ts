// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useContact } from '../state/contact.ts'
import { inReview, stranger, zhang } from '../../test/world.ts'
import { changesMs, useChanges } from './use-changes.ts'
import type { Desk } from './use-desk.ts'

const opened = new Date('2026-05-13T02:00:00Z')
let changedAt: Date | null
let asked = 0
vi.mock('../transport.ts', () => ({
  client: async () => {
    asked += 1
    return { changedAt }
  },
}))

let refreshed: number
let changes: ReturnType<typeof useChanges>
let desk: Desk
beforeEach(() => {
  vi.useFakeTimers({ now: opened })
  setActivePinia(createPinia())
  const contact = useContact()
  Object.assign(contact, { externalUserId: 'wm-zhang', chat: zhang, fresh: true, readAt: opened })
  refreshed = 0
  asked = 0
  changedAt = new Date(opened.getTime() - 60_000)
  desk = { contact, refresh: async () => void (refreshed += 1) } as unknown as Desk // what is asked of it
  changes = useChanges(desk)
})
afterEach(() => void vi.useRealTimers())

/** So many turns of the timer that asks. */
async function turns(many: number): Promise<void> {
  for (let turn = 0; turn < many; turn += 1) {
    vi.setSystemTime(Date.now() + changesMs)
    await changes.look()
  }
}

test('an old word changes nothing, a new one has the chat read again, once', async () => {
  await turns(1)
  expect(refreshed).toBe(0)
  changedAt = new Date(opened.getTime() + 2_500)
  await turns(3)
  expect([asked, refreshed]).toEqual([4, 1])
  changedAt = new Date(opened.getTime() + 9_000)
  await turns(1)
  expect(refreshed).toBe(2)
})

test('a word committed while the chat was read is not missed', async () => {
  changedAt = new Date(opened.getTime() - 50)
  await turns(2)
  expect(refreshed).toBe(1)
})

test('nobody looks as often at a page that nobody touches, and again at once when somebody does', async () => {
  await turns(59)
  expect(asked).toBe(59)
  await turns(16)
  expect(asked).toBe(61)
  changes.touched()
  await turns(3)
  expect(asked).toBe(64)
})

test('as long as the doctor has not agreed, it goes on looking', async () => {
  if (zhang.state !== 'matched') throw new Error('the doctor of this chat is matched')
  Object.assign(desk.contact, { chat: { ...zhang, consent: { ...zhang.consent, state: 'invited' } } })
  await turns(100)
  expect(asked).toBe(100)
})

test('a chat that is not known, or is being read again, is left alone', async () => {
  Object.assign(desk.contact, { fresh: false })
  await turns(2)
  Object.assign(desk.contact, { fresh: true, chat: null })
  await turns(2)
  expect(asked).toBe(0)
})

test('of an unmatched contact only the answer of the office is awaited', async () => {
  Object.assign(desk.contact, { chat: stranger })
  await turns(2)
  expect(asked).toBe(0)
  Object.assign(desk.contact, { chat: inReview })
  await turns(2)
  expect(asked).toBe(2)
})
