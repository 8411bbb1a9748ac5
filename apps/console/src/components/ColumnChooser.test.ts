// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { me } from '../../test/samples.ts'
import { useColumns } from '../composables/use-columns.ts'
import { useSession } from '../state/session.ts'
import { speak } from '../text/index.ts'
import ColumnChooser from './ColumnChooser.vue'
import RowTable from './RowTable.vue'

const heads = { title: '标题', owner: '负责人', sends: '已发' }
let router: Router
let page: VueWrapper

async function open(address: string, personId = 'lan'): Promise<void> {
  await speak('zh')
  setActivePinia(createPinia())
  useSession().me = { ...me, personId }
  const list = defineComponent(() => {
    const columns = useColumns('list', { ids: () => ['title', 'owner', 'sends'] as const, heads: () => heads })
    return () => [
      h(ColumnChooser, { columns, exported: true }),
      h(RowTable<keyof typeof heads>, { caption: '', columns: columns.shown, heads: columns.heads, rows: [] }),
    ]
  })
  router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/list', component: list }] })
  await router.push(address)
  page?.unmount()
  page = mount(list, { global: { plugins: [router] }, attachTo: document.body })
  await unfold()
}

async function unfold(): Promise<void> {
  page.get('details').element.open = true
  await page.get('details').trigger('toggle') // what the browser tells
}
beforeEach(() => {
  window.localStorage.clear()
  return () => page.unmount()
})

const shown = () => page.findAll('th').map((head) => head.text())
async function turn(label: string): Promise<void> {
  const box = page.findAll('label').find((one) => one.text() === label)!
  await box.get('input').trigger('change')
  await flushPromises()
}

describe('the columns of a list', () => {
  test('are chosen, but for the one a row begins with', async () => {
    await open('/list')
    expect(page.findAll('label').map((label) => label.text())).toEqual(['负责人', '已发'])
    expect(page.text()).toContain('导出的表总是有全部列')
    await turn('负责人')
    expect(shown()).toEqual(['标题', '已发'])
    await turn('负责人')
    expect(shown()).toEqual(['标题', '负责人', '已发'])
  })

  test('stay as each person left them at this computer', async () => {
    await open('/list')
    await turn('已发')
    await open('/list?q=a')
    expect(shown()).toEqual(['标题', '负责人'])
    await open('/list', 'chen')
    expect(shown()).toEqual(['标题', '负责人', '已发'])
  })

  test('are those of the address where it says so, change there, and leave one’s own as they were', async () => {
    await open('/list')
    await turn('已发')
    await open('/list?q=a&hide=title,owner,nothing')
    expect(shown()).toEqual(['标题', '已发'])
    await turn('已发')
    expect(router.currentRoute.value.query).toEqual({ q: 'a', hide: 'title,owner,nothing,sends' })
    expect(shown()).toEqual(['标题'])
    await open('/list?hide=')
    expect(shown()).toEqual(['标题', '负责人', '已发'])
    await open('/list')
    expect(shown()).toEqual(['标题', '负责人'])
  })

  test('close by Esc, which gives the focus back, and by a press elsewhere', async () => {
    await open('/list')
    const box = page.get('details').element
    await page.get('input').trigger('keydown', { key: 'Escape' })
    expect([box.open, document.activeElement]).toEqual([false, page.get('summary').element])
    await page.get('details').trigger('toggle')
    expect(page.find('input').exists()).toBe(false)
    await unfold()
    document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }))
    expect(box.open).toBe(false)
  })
})
