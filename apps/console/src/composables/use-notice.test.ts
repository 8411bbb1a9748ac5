// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { CallError } from '@vouch/contract'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { call, endpoints } from '../api.ts'
import { useNotice } from './use-notice.ts'

vi.mock('../api.ts', async (load) => ({ ...(await load<typeof import('../api.ts')>()), call: vi.fn() }))

const preview = { doctors: 3, reps: 2, already: 0, unreachable: 1, rep: '王磊', title: 't', text: 'x' }
const done = { outcome: 'done', doctors: 3, reps: 2, unreachable: 1 }
let asks: { requestId: string; noticeItemId: string }[]
let answers: unknown[]
let heard: number
let used: ReturnType<typeof useNotice>

async function choose(noticeItemId: string): Promise<void> {
  used.noticeItemId.value = noticeItemId
  await flushPromises()
}

beforeEach(() => {
  asks = []
  answers = []
  heard = 0
  vi.mocked(call).mockImplementation((async (endpoint: unknown, input: (typeof asks)[number]) => {
    if (endpoint === endpoints.previewNotice) return preview
    asks.push(input)
    const answer = answers.shift() ?? done
    if (answer instanceof Error) throw answer
    return answer
  }) as unknown as typeof call) // one stub for both endpoints
  const page = mount(defineComponent(() => ((used = useNotice(ref('piece'), () => (heard += 1))), () => h('p'))))
  return () => page.unmount()
})

describe('a notice to readers', () => {
  test('is not asked before it was shown', async () => {
    await used.ask()
    expect(asks).toEqual([])
    await choose('n1')
    expect(used.preview.value).toEqual(preview)
  })

  test('asked again after a lost answer is the same asking; after an answer it is another', async () => {
    await choose('n1')
    answers.push(new CallError('no_answer', ''))
    await used.ask()
    expect(used.fault.value).toMatchObject({ of: 'ask', is: { code: 'no_answer' } })
    await used.ask()
    expect(used.asked.value).toMatchObject({ doctors: 3, reps: 2 })
    expect(heard).toBe(1)
    await used.ask()
    const ids = asks.map(({ requestId }) => requestId)
    expect([ids[0] === ids[1], ids[1] === ids[2]]).toEqual([true, false])
  })

  test('of another piece is another asking, and what was shown goes at once', async () => {
    await choose('n1')
    answers.push(new CallError('no_answer', ''))
    await used.ask()
    used.noticeItemId.value = 'n2'
    await Promise.resolve()
    await choose('n2')
    await used.ask()
    expect(asks.map(({ noticeItemId }) => noticeItemId)).toEqual(['n1', 'n2'])
    expect(asks[0]!.requestId).not.toBe(asks[1]!.requestId)
  })

  test('that is refused says why and asks nobody', async () => {
    await choose('n1')
    answers.push({ outcome: 'refused', refusals: [{ reason: 'wrong_role' }] })
    await used.ask()
    expect(used.refusals.value).toEqual([{ reason: 'wrong_role' }])
    expect([heard, used.asked.value]).toEqual([0, null])
  })
})
