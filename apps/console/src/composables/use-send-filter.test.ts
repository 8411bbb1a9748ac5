// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { readFilter, useSendFilter, writeFilter } from './use-send-filter.ts'

const addresses = [
  { says: 'an empty address shows all', query: {}, filter: { show: 'all', query: '' } },
  {
    says: 'filter and search are read',
    query: { show: 'unknown', q: '张伟' },
    filter: { show: 'unknown', query: '张伟' },
  },
  { says: 'an unknown filter shows all', query: { show: 'everything' }, filter: { show: 'all', query: '' } },
  { says: 'of two searches neither counts', query: { q: ['a', 'b'] }, filter: { show: 'all', query: '' } },
  {
    says: 'a search is as long as the server takes',
    query: { q: 'x'.repeat(80) },
    filter: { show: 'all', query: 'x'.repeat(60) },
  },
  {
    says: 'a page in the order it is of',
    query: { order: 'at', after: 'at.1.a' },
    filter: { show: 'all', query: '', order: 'at', after: 'at.1.a' },
  },
  {
    says: 'a page of another order is none of this',
    query: { after: 'at.1.a' },
    filter: { show: 'all', query: '' },
  },
] as const

describe('an address and its filter', () => {
  test.each(addresses)('$says', ({ query, filter }) =>
    expect(
      readFilter({ ...query, ...('q' in query && Array.isArray(query.q) ? { q: [...query.q] } : {}) } as never),
    ).toEqual(filter),
  )

  test('the address is as short as it can be and keeps what else stood there', () => {
    const before = { lang: 'en', show: 'sent', q: 'old' }
    expect(writeFilter(before, { show: 'all', query: ' ' })).toEqual({ lang: 'en', show: undefined, q: undefined })
    expect(writeFilter(before, { show: 'refused', query: ' 李 ' })).toEqual({ lang: 'en', show: 'refused', q: '李' })
  })
})

let router: Router
let used: ReturnType<typeof useSendFilter>

async function type(text: string): Promise<void> {
  used.typed.value = text
  await flushPromises()
  vi.advanceTimersByTime(400)
  await flushPromises()
}

async function back(): Promise<void> {
  router.back()
  await flushPromises()
}

describe('typing in the search', () => {
  beforeEach(async () => {
    vi.useFakeTimers()
    const page = defineComponent(() => {
      used = useSendFilter()
      return () => h('p')
    })
    router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/sends', component: page }] })
    await router.push('/sends')
    mount(page, { global: { plugins: [router] } })
    return () => vi.useRealTimers()
  })

  test('asks only after a pause', async () => {
    used.typed.value = '张'
    await flushPromises()
    vi.advanceTimersByTime(300)
    expect(used.filter.value.query).toBe('')
    vi.advanceTimersByTime(100)
    await flushPromises()
    expect(used.filter.value.query).toBe('张')
  })

  test('is one step back, however many pauses it had', async () => {
    await type('张')
    await type('张伟')
    await back()
    expect(used.filter.value.query).toBe('')
    expect(used.typed.value).toBe('')
  })

  test('a search that was ended by Enter is a step of its own', async () => {
    await type('张')
    used.settle()
    await type('李')
    await back()
    expect(used.typed.value).toBe('张')
  })

  test('goes along when another filter is chosen before the pause', async () => {
    used.typed.value = '李'
    await router.push(used.to({ show: 'refused' }))
    expect(used.filter.value).toEqual({ show: 'refused', query: '李' })
  })
})
