import { CallError } from '@vouch/contract'
import { beforeEach, expect, test, vi } from 'vitest'
import { call } from '../api.ts'
import { useStartImport } from './use-start-import.ts'

vi.mock('../api.ts', async (load) => ({ ...(await load<typeof import('../api.ts')>()), call: vi.fn() }))

let asked: { csvUploadId: string; dry: boolean; requestId: string }[]
let answers: unknown[]
let went: string[]
const begin = () => useStartImport((importId) => went.push(importId))
const same = (one: number, other: number): boolean => asked[one]?.requestId === asked[other]?.requestId

beforeEach(() => {
  asked = []
  answers = []
  went = []
  vi.mocked(call).mockImplementation((async (_: unknown, input: (typeof asked)[number]) => {
    asked.push({ ...input })
    const answer = answers.shift() ?? { importId: `i${asked.length}` }
    if (answer instanceof Error) throw answer
    return answer
  }) as unknown as typeof call) // one stub for one endpoint
})

test('a press after a lost answer is the same import; the next press is another', async () => {
  const { start, fault } = begin()
  answers.push(new CallError('no_answer', ''))
  await start('list', true)
  expect(fault.value).toMatchObject({ code: 'no_answer' })
  await start('list', true)
  await start('list', true)
  expect([same(0, 1), same(1, 2)]).toEqual([true, false])
  expect(went).toEqual(['i2', 'i3'])
})

test('a dry run that was not heard of is never taken up as a real one', async () => {
  const { start } = begin()
  answers.push(new CallError('no_answer', ''))
  await start('list', true)
  await start('list', false)
  expect(same(0, 1)).toBe(false)
})

test('a second press while the first is under way does nothing', async () => {
  const { start } = begin()
  await Promise.all([start('list', false), start('list', false)])
  expect(asked).toHaveLength(1)
})
