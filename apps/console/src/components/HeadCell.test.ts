// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { beforeEach, describe, expect, test } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { addressOf, oneOf, useListFilter } from '../composables/use-list-filter.ts'
import { speak } from '../text/index.ts'
import OrderSelect from './OrderSelect.vue'
import RowTable from './RowTable.vue'

type Filter = { show: 'active' | 'all'; query: string; order: '' | 'title' | '-title' | '-at' | 'at' }
const address = addressOf<Filter>({ show: oneOf(['active', 'all']) }, ['', 'title', '-title', '-at', 'at'])
const heads = { title: '标题', owner: '负责人', at: '时间' }
let router: Router
let page: VueWrapper
let used: ReturnType<typeof useListFilter<Filter>>

beforeEach(async () => {
  await speak('zh')
  const list = defineComponent(() => {
    used = useListFilter(address)
    const columns = ['title', 'owner', 'at'] as const
    return () => [
      h(OrderSelect, { ordered: used.ordered.value, heads }),
      h(RowTable<(typeof columns)[number]>, { caption: '', columns, heads, rows: [], ordered: used.ordered.value }),
    ]
  })
  router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/list', component: list }] })
  await router.push('/list?q=a&show=all')
  page = mount(list, { global: { plugins: [router] }, attachTo: document.body })
  return () => page.unmount()
})

const headOf = (label: string) => page.findAll('th').find((head) => head.text().startsWith(label))!
const told = () => page.findAll('th').map((head) => [head.text(), head.attributes('aria-sort')])
async function press(label: string): Promise<void> {
  await headOf(label).get('button').trigger('click')
  await flushPromises()
}

describe('the heads of a table', () => {
  test('lead through the orders of a column and back, in the address, with what else stands there', async () => {
    expect(told()).toEqual([
      ['标题', undefined],
      ['负责人', undefined],
      ['时间', undefined],
    ])
    await press('标题')
    expect(router.currentRoute.value.query).toEqual({ q: 'a', show: 'all', order: 'title' })
    expect(told()[0]).toEqual(['标题 升序', 'ascending'])
    await press('标题')
    expect(told()[0]).toEqual(['标题 降序', 'descending'])
    await press('时间')
    expect(told()).toEqual([
      ['标题', undefined],
      ['负责人', undefined],
      ['时间 降序', 'descending'],
    ])
    await press('时间')
    await press('时间')
    expect(router.currentRoute.value.query).toEqual({ q: 'a', show: 'all' })
    expect(told().map(([, sort]) => sort)).toEqual([undefined, undefined, undefined])
    router.back()
    await flushPromises()
    expect(told()[2]).toEqual(['时间 升序', 'ascending'])
  })

  test('are reached and pressed by key where they can be, and keep the focus', async () => {
    expect(page.findAll('th button').map((button) => button.attributes('type'))).toEqual(['button', 'button'])
    expect(headOf('负责人').find('button').exists()).toBe(false)
    const button = headOf('标题').get('button').element
    button.focus()
    button.click() // what Enter and the space bar do to a button
    await flushPromises()
    expect(document.activeElement).toBe(button)
    expect(button.textContent).toContain('升序')
  })

  test('say it in English too', async () => {
    await press('标题')
    await speak('en')
    await flushPromises()
    expect(told()[0]).toEqual(['标题 ascending', 'ascending'])
  })
})

describe('an order in the address', () => {
  test('that is none of the list’s is as if it were not there', () => {
    expect(address.read({ order: 'owner' }).order).toBe('')
    expect(address.read({ order: ['title', 'at'] }).order).toBe('')
    expect(address.read({ order: '-at' }).order).toBe('-at')
  })

  test('is no filter: what clears the list leaves it, and alone it leaves nothing to clear', async () => {
    await press('标题')
    expect(used.cleared.value).toEqual({ query: { q: undefined, show: undefined, order: 'title' } })
    await router.push('/list?order=title')
    expect(used.cleared.value).toBeNull()
  })
})

test('where rows are cards, every order can be chosen, and no head can be pressed', async () => {
  const { happyDOM } = window as unknown as { happyDOM: { setViewport: (size: { width: number }) => void } } // see above
  happyDOM.setViewport({ width: 320 })
  await flushPromises()
  expect(page.findAll('th button')).toEqual([])
  const select = page.get('select')
  expect(select.attributes('aria-label')).toBe('排序')
  expect(select.findAll('option').map((option) => option.text())).toEqual([
    ...['默认顺序', '标题 升序', '标题 降序', '时间 降序', '时间 升序'],
  ])
  await select.setValue('-at')
  await flushPromises()
  expect(router.currentRoute.value.query['order']).toBe('-at')
  expect(told()[2]).toEqual(['时间 降序', 'descending'])
})
