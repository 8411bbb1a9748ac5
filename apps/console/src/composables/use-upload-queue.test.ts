// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { CallError } from '@vouch/contract'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import type { UploadProgress } from '../api.ts'
import { carryFile, type Upload } from '../upload-file.ts'
import { useUploadQueue } from './use-upload-queue.ts'

vi.mock('../upload-file.ts', () => ({ carryFile: vi.fn() }))

type Waiting = { upload: Upload; settle: (answer: Partial<UploadProgress> | Error) => void; signal: AbortSignal }
let waiting: Waiting[]
let rested: number
let queue: ReturnType<typeof useUploadQueue>

const file = (name: string) => ({ file: new File(['x'], name), purpose: 'content' as const })
const stages = () => queue.files.value.map(({ name, stage }) => `${name} ${stage}`)
async function settle(name: string, answer: Partial<UploadProgress> | Error = { stage: 'stored', problem: null }) {
  const place = waiting.findIndex(({ upload }) => upload.file.name === name)
  waiting.splice(place, 1)[0]!.settle(answer)
  await flushPromises()
}

beforeEach(() => {
  waiting = []
  rested = 0
  vi.mocked(carryFile).mockReset()
  vi.mocked(carryFile).mockImplementation(
    (upload, signal) =>
      new Promise((give, fail) => {
        const settle = (answer: Partial<UploadProgress> | Error): void =>
          answer instanceof Error ? fail(answer) : give(answer as UploadProgress) // of the answer two fields are read
        waiting.push({ upload, settle, signal })
        signal.addEventListener('abort', () => fail(new Error('aborted')), { once: true })
      }),
  )
  const page = mount(
    defineComponent(() => {
      queue = useUploadQueue(() => (rested += 1))
      return () => h('p')
    }),
  )
  return () => page.unmount()
})

describe('many files on their way', () => {
  test('go three at a time, and it is told once when all are at rest', async () => {
    queue.add(['a', 'b', 'c', 'd', 'e'].map(file))
    expect(waiting.map(({ upload }) => upload.file.name)).toEqual(['a', 'b', 'c'])
    await settle('b')
    expect(waiting.map(({ upload }) => upload.file.name)).toEqual(['a', 'c', 'd'])
    for (const name of ['a', 'c', 'd']) await settle(name)
    expect([rested, queue.moving.value]).toEqual([0, true])
    await settle('e')
    expect([rested, queue.moving.value, queue.stored.value]).toEqual([1, false, 5])
  })

  test('one that is refused or fails holds up no other, and only what failed is tried again', async () => {
    queue.add(['a', 'b', 'c'].map(file))
    await settle('a', { stage: 'refused', problem: 'encrypted' })
    await settle('b', new CallError('internal', 'r1'))
    await settle('c')
    expect(stages()).toEqual(['a refused', 'b failed', 'c stored'])
    expect(queue.files.value[1]?.fault).toMatchObject({ code: 'internal', id: 'r1' })
    queue.resume()
    expect(waiting.map(({ upload }) => upload.file.name)).toEqual(['b'])
    await settle('b')
    expect([queue.stored.value, rested]).toEqual([2, 2])
  })

  test('a pause cuts the line, and going on takes up the same upload', async () => {
    vi.mocked(carryFile).mockImplementationOnce((upload, signal, listener) => {
      listener.opened('up7')
      return new Promise((_, fail) => signal.addEventListener('abort', () => fail(new Error('aborted'))))
    })
    queue.add([file('a')])
    queue.hold()
    await flushPromises()
    expect([stages(), queue.moving.value, rested]).toEqual([['a queued'], true, 0])
    queue.resume()
    expect(waiting[0]?.upload.uploadId).toBe('up7')
    await settle('a')
    expect(rested).toBe(1)
  })

  test('a file that is chosen again is sent again only when it was not taken', async () => {
    queue.add([file('a'), file('b')])
    await settle('a')
    await settle('b', { stage: 'refused', problem: 'broken' })
    queue.add([file('a'), file('b')])
    expect(waiting.map(({ upload }) => upload.file.name)).toEqual(['b'])
  })

  test('leaving the page while files move is asked about', async () => {
    const leave = (): boolean => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))
    expect(leave()).toBe(false)
    queue.add([file('a')])
    expect(leave()).toBe(true)
    await settle('a')
    expect(leave()).toBe(false)
  })
})
