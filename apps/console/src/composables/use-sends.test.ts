// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { buildSend } from '../../test/samples.ts'
import { call, type SendPage } from '../api.ts'
import type { SendFilter } from './use-send-filter.ts'
import { useSends } from './use-sends.ts'

vi.mock('../api.ts', async (load) => ({ ...(await load<typeof import('../api.ts')>()), call: vi.fn() }))

const answers: { give: (page: SendPage) => void; fail: (reason: Error) => void }[] = []
const filter = ref<SendFilter>({ show: 'all', query: '' })
let used: ReturnType<typeof useSends>

const page = (ids: string[], next: string | null = null): SendPage => ({
  sends: ids.map((sendId) => buildSend({ sendId })),
  ...{ next, completeUntil: null, own: null },
})
const shown = () => used.rows.value?.map((send) => send.sendId)
const asked = () => vi.mocked(call).mock.calls.map(([, input]) => input)

async function answer(with_: SendPage | Error): Promise<void> {
  const waiting = answers.shift()
  if (with_ instanceof Error) waiting?.fail(with_)
  else waiting?.give(with_)
  await flushPromises()
}

beforeEach(() => {
  answers.length = 0
  filter.value = { show: 'all', query: '' }
  vi.mocked(call).mockReset()
  vi.mocked(call).mockImplementation(
    (() => new Promise((give, fail) => answers.push({ give, fail }))) as unknown as typeof call,
  ) // one stub for every endpoint
  const list = mount(defineComponent(() => ((used = useSends(filter)), () => h('p'))))
  return () => list.unmount()
})

describe('the list of sends', () => {
  test('goes on where the last page ended', async () => {
    await answer(page(['a', 'b'], 'after-b'))
    void used.more()
    void used.more()
    await answer(page(['c']))
    expect(shown()).toEqual(['a', 'b', 'c'])
    expect(asked()).toEqual([
      { show: 'all', query: '', cursor: null },
      { show: 'all', query: '', cursor: 'after-b' },
    ])
    expect(used.next.value).toBeNull()
  })

  test('is blank at once under another filter', async () => {
    await answer(page(['a'], 'after-a'))
    filter.value = { show: 'unknown', query: '' }
    await flushPromises()
    expect(used.rows.value).toBeNull()
    expect(used.next.value).toBeNull()
  })

  test('an answer that was overtaken shows nothing', async () => {
    filter.value = { show: 'refused', query: '' }
    await flushPromises()
    await answer(page(['of-all']))
    expect(used.rows.value).toBeNull()
    expect(used.loading.value).toBe('first')
    await answer(page(['of-refused']))
    expect(shown()).toEqual(['of-refused'])
  })

  test('keeps what was read when a refresh fails', async () => {
    await answer(page(['a']))
    const readAt = used.readAt.value
    void used.reload()
    await answer(new Error('no network'))
    expect(shown()).toEqual(['a'])
    expect(used.fault.value?.of).toBe('first')
    expect(used.readAt.value).toBe(readAt)
  })

  test('keeps its rows and can be asked again when the next page fails', async () => {
    await answer(page(['a'], 'after-a'))
    void used.more()
    await answer(new Error('no network'))
    expect(used.fault.value?.of).toBe('more')
    void used.more()
    await answer(page(['b']))
    expect(shown()).toEqual(['a', 'b'])
    expect(used.fault.value).toBeNull()
  })
})
