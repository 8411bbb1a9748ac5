// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import axe from 'axe-core'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import { buildAnswers, zhang } from '../test/world.ts'
import type { Answers } from '../test/fake-server.ts'
import App from './App.vue'
import { createPages } from './pages/index.ts'
import { en } from './text/en.ts'
import { zh } from './text/zh.ts'
import type { Bridge } from './wecom.ts'

/** The whole page over a played contract and a played bridge, in a DOM without a layout. */
let answers: Answers
let named: string
const sent = vi.fn()

vi.mock('./transport.ts', () => ({
  client: async (name: keyof Answers, input: unknown) => (answers[name] as (input: unknown) => unknown)(input), // the map pairs names and inputs
}))
vi.mock('./wecom.ts', () => ({
  createBridge: (): Bridge => ({
    environment: 'wecom',
    phone: true,
    context: async () => ({ ok: true, value: 'single_chat_tools' }),
    currentContact: async () => ({ ok: true, value: named }),
    send: async (message) => (sent(message), { kind: 'ok', code: 'sendChatMessage:ok' }),
    openChat: async () => ({ kind: 'ok', code: '' }),
    close: async () => ({ kind: 'ok', code: '' }),
  }),
}))

let page: VueWrapper

beforeEach(async () => {
  answers = buildAnswers()
  named = 'wm-zhang'
  sent.mockClear()
  localStorage.clear()
  location.hash = ''
  page = mount(App, { attachTo: document.body, global: { plugins: [createPinia(), createPages()] } })
})
afterEach(() => page.unmount())

const shown = (text: string) => vi.waitFor(() => expect(document.body.textContent).toContain(text), { timeout: 3_000 })
const button = (name: string) =>
  Array.from(document.querySelectorAll('button')).find((one) => one.textContent?.trim() === name)

async function barriers(of: Element = document.body): Promise<string[]> {
  await nextTick()
  const { violations } = await axe.run(of, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  })
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}

test('the list shows blocked pieces with their reason, and has no barrier', { timeout: 20_000 }, async () => {
  await shown('可发送')
  await shown('12 天后到期')
  await shown('已撤回 · 另有 1 项')
  expect(document.querySelectorAll('.piece button button')).toHaveLength(0)
  expect(await barriers()).toEqual([])
})

test('the sheet names the recipient, the checks and one way on, and has no barrier', { timeout: 20_000 }, async () => {
  await shown('可发送')
  document.querySelector<HTMLElement>('.row-main')?.click()
  await shown('发给 张伟 主任医师')
  await shown('发后本月还剩 1 次')
  expect(document.querySelectorAll('.sheet .button-filled')).toHaveLength(1)
  expect(await barriers(document.querySelector('.sheet') ?? document.body)).toEqual([])
})

test('a blocked piece offers the way out instead of a send', async () => {
  page.unmount()
  named = 'wm-li'
  page = mount(App, { attachTo: document.body, global: { plugins: [createPinia(), createPages()] } })
  await shown('待医生同意')
  document.querySelector<HTMLElement>('.row-main')?.click()
  await shown('还不能发：医生尚未同意接收')
  expect(button('发送到当前聊天')).toBeUndefined()
  expect(button('邀请医生同意')).toBeDefined()
})

test('a full month is said once in the strip, not twice', async () => {
  page.unmount()
  const full = (asked: Parameters<NonNullable<Answers['openChat']>>[0]) => {
    const opened = buildAnswers().openChat!(asked)
    const refusals = [{ reason: 'cap_reached' as const }]
    return { ...opened, contact: { ...zhang, refusals, cap: { ...zhang.cap, used: 4 } } }
  }
  answers = buildAnswers({ openChat: full })
  page = mount(App, { attachTo: document.body, global: { plugins: [createPinia(), createPages()] } })
  await shown('已同意')
  expect(document.querySelector('.who')?.textContent?.match(/本月次数已满/g)).toHaveLength(1)
})

test('a piece that only its pages name shows where', async () => {
  page.unmount()
  const found = (asked: Parameters<NonNullable<Answers['openChat']>>[0]) => {
    const opened = buildAnswers().openChat!(asked)
    const [first, ...others] = opened.pieces
    const excerpt = { page: 7, text: '患者的总生存期延长', highlights: [[3, 4] as [number, number]] }
    return { ...opened, pieces: [{ ...first!, excerpt }, ...others] }
  }
  answers = buildAnswers({ openChat: found })
  page = mount(App, { attachTo: document.body, global: { plugins: [createPinia(), createPages()] } })
  await shown('第 7 页：患者的总生存期延长')
  expect(document.querySelector('.piece mark')?.textContent).toBe('总生存期')
})

test('a star is its own switch beside the row', async () => {
  await shown('可发送')
  const star = document.querySelectorAll<HTMLElement>('.piece .icon-button')[1]
  star?.click()
  await flushPromises()
  expect(star?.getAttribute('aria-pressed')).toBe('true')
  expect(document.querySelector('[role="dialog"]')).toBeNull()
})

test('both languages say every word', () => {
  const keys = (text: object, path = ''): string[] =>
    Object.entries(text).flatMap(([key, value]) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? keys(value, `${path}${key}.`)
        : [path + key],
    )
  expect(keys(en)).toEqual(keys(zh))
})

test('what is typed while the page is still finding out who works here stays, and is searched', async () => {
  page.unmount()
  let goOn: () => void = () => {}
  const held = new Promise<void>((resolve) => (goOn = resolve))
  const asked: string[] = []
  const usual = buildAnswers()
  answers = buildAnswers({
    start: (async (url: never) => (await held, usual.start!(url))) as unknown as NonNullable<Answers['start']>, // the played client awaits it
    openChat: (about) => (asked.push(about.query ?? ''), usual.openChat!(about)),
    listPieces: (about) => (asked.push(about.query ?? ''), usual.listPieces!(about)),
  })
  page = mount(App, { attachTo: document.body, global: { plugins: [createPinia(), createPages()] } })
  const field = () => document.querySelector<HTMLInputElement>('input[type=search]')!
  await vi.waitFor(() => expect(field()).not.toBeNull())
  field().value = '研究 '
  field().dispatchEvent(new Event('input'))
  goOn()
  await shown('可发送')
  expect(field().value.trim()).toBe('研究')
  await vi.waitFor(() => expect(asked.at(-1)).toBe('研究'))
})
