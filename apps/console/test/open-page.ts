import type { ErrorCode } from '@vouch/contract'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import axe from 'axe-core'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, vi } from 'vitest'
import { createMemoryHistory, type Router } from 'vue-router'
import App from '../src/App.vue'
import { createPages } from '../src/pages/index.ts'
import { speak } from '../src/text/index.ts'

/** Status 0 is a line that is down. */
export type Answer = { status: number; data: unknown }
type Asked = Record<string, unknown>
export type Server = (path: string, input: Asked) => Answer | Promise<Answer>

const played = vi.hoisted(() => ({ server: null as Server | null, asked: [] as { path: string; input: Asked }[] }))

vi.mock('@vouch/contract', async (load) => {
  const contract = await load<typeof import('@vouch/contract')>()
  return {
    ...contract,
    createCall: () => async (endpoint: { path: string }, input: Asked, options?: { signal?: AbortSignal }) => {
      played.asked.push({ path: endpoint.path, input })
      const { status, data } = await played.server!(endpoint.path, input) // every test begins with one
      if (options?.signal?.aborted || status === 0) throw new contract.CallError('no_answer', '')
      if (status >= 400) throw new contract.CallError(data as ErrorCode, 'req-1') // the tests put a code there
      return data
    },
  }
})

/** What the page asked of the server since it was opened. */
export const { asked } = played
export let wrapper: VueWrapper

vi.setConfig({ testTimeout: 20_000 })
beforeEach(() => speak('zh'))
afterEach(() => {
  wrapper.unmount()
  vi.useRealTimers()
})

export const ok = (data: unknown): Answer => ({ status: 200, data })

/** Answers by their path; what has none is not found. */
export const answersOf =
  (answers: Record<string, Answer | ((input: Asked) => Answer)>): Server =>
  (path, input) => {
    const answer = answers[path] ?? { status: 404, data: 'not_found' }
    return typeof answer === 'function' ? answer(input) : answer
  }

/** From now on the server answers so. */
export function play(server: Server): void {
  played.server = server
}

/** Opens an address of the console before a played server. */
export async function openPage(address: string, server: Server): Promise<Router> {
  play(server)
  asked.length = 0
  const pages = createPages(createMemoryHistory())
  await pages.push(address)
  wrapper = mount(App, { attachTo: document.body, global: { plugins: [createPinia(), pages] } })
  await settle()
  return pages
}

/** Until what was asked is answered and what comes later is loaded. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) {
    await flushPromises()
    await vi.dynamicImportSettled()
  }
}

/** Presses the button that says so. */
export async function press(text: string, within: ParentNode = document.body): Promise<void> {
  const button = [...within.querySelectorAll('button')].find((one) => one.textContent?.trim() === text)
  if (!button) throw new Error(`no button ${text}`)
  button.click()
  await settle()
}

/** What stands in the way of somebody who does not see or does not use a mouse. */
export async function barriers(): Promise<string[]> {
  const { violations } = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false } },
    iframes: false,
  })
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}
