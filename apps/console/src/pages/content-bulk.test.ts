// @vitest-environment happy-dom
import { describe, expect, test, vi } from 'vitest'
import { buildRow, choices } from '../../test/content-samples.ts'
import {
  type Answer,
  answersOf,
  asked,
  barriers,
  ok,
  openPage,
  play,
  press,
  settle,
  wrapper,
} from '../../test/open-page.ts'
import { me, noon } from '../../test/samples.ts'
import type { Bulk, BulkRow, ContentRow } from '../api.ts'
import { speak } from '../text/index.ts'

const at = '/api/console/content'
const row = (place: number, may: ContentRow['may']): ContentRow =>
  buildRow({ contentItemId: `p-${place}`, title: `资料${place}`, may })
/** Three drafts, two approved versions, and one with which nothing may be done. */
const rows = [
  ...[row(1, ['submit']), row(2, ['submit']), row(3, []), row(4, ['submit'])],
  ...[row(5, ['withdraw']), row(6, ['withdraw'])],
]
const effect = {
  pieces: 2,
  reps: 38,
  repsToTell: 61,
  doctors: 366,
  liveLinks: 398,
  filesOut: 2,
  textsOut: 0,
  inFlight: 1,
}

const result = (place: number, change: Partial<BulkRow> = {}): BulkRow => ({
  ...{ contentItemId: `p-${place}`, title: `资料${place}`, version: 1, outcome: 'done', refusals: [], problem: '' },
  ...change,
})
const buildBulk = (change: Partial<Bulk> = {}): Bulk => ({
  ...{ bulkId: 'b-1', act: 'withdraw', reason: '安全性更新', stage: 'done', createdAt: noon },
  rows: [
    result(5),
    result(6, { outcome: 'refused', refusals: [{ reason: 'wrong_state', about: 'withdrawn' }] }),
    result(7, { outcome: 'failed', problem: 'internal' }),
  ],
  ...change,
})

const answers = (more: Record<string, Answer | ((input: Record<string, unknown>) => Answer)> = {}) =>
  answersOf({
    '/api/console/me': ok({ ...me, roles: ['author', 'compliance'] }),
    [`${at}/list`]: ok({ rows, next: null, facets: [] }),
    [`${at}/choices`]: ok(choices),
    [`${at}/bulk/effects`]: ok(effect),
    [`${at}/bulk`]: ok({ bulkId: 'b-1' }),
    [`${at}/bulk/look`]: ok(buildBulk()),
    ...more,
  })

const box = (place: number) => document.querySelector<HTMLInputElement>(`[aria-label="选择 资料${place} v3"]`)!
const click = async (place: number, shiftKey = false) => {
  box(place).dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, shiftKey }))
  await settle()
}
const bar = () => document.querySelector<HTMLElement>('.bulk-bar')!
const sheet = () => document.querySelector<HTMLElement>('[role=dialog]')!
const buttons = (within: ParentNode) => [...within.querySelectorAll('button')].map((one) => one.textContent?.trim())
const asks = (path: string) => asked.filter((one) => one.path === path).map(({ input }) => input)
const type = async (words: string) => {
  const field = sheet().querySelector('textarea')!
  field.value = words
  field.dispatchEvent(new Event('input'))
  await settle()
}

describe('rows of the list', () => {
  test('are chosen one by one, with Shift from one to the next, and all; what is offered follows', async () => {
    await openPage('/content', answers())
    expect(bar().textContent).toContain('没有选择')
    expect(buttons(bar())).toEqual([])
    expect(box(3)).toBeNull()
    await click(1)
    await click(4, true)
    expect([1, 2, 4, 5].map((place) => box(place).checked)).toEqual([true, true, true, false])
    expect(bar().querySelector('[role=status]')?.textContent).toBe('已选 3 份')
    expect(buttons(bar())).toEqual(['提交审批 3', '取消选择'])
    await click(2)
    expect(buttons(bar())[0]).toBe('提交审批 2')
    const all = bar().querySelector('input')!
    expect(all.indeterminate).toBe(true)
    all.click()
    await settle()
    expect(buttons(bar())).toEqual(['提交审批 3', '撤回 2', '取消选择'])
    expect(await barriers()).toEqual([])
    await press('取消选择')
    expect([1, 5].map((place) => box(place).checked)).toEqual([false, false])
  })

  test('are chosen by the space bar where the arrows stand', async () => {
    await openPage('/content', answers())
    const link = [...document.querySelectorAll<HTMLElement>('.content-link')][1]!
    link.focus()
    link.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', code: 'Space', bubbles: true, cancelable: true }))
    await settle()
    expect(box(2).checked).toBe(true)
    expect(document.body.textContent).toContain('空格 选择')
  })

  test('stay chosen under no other filter', async () => {
    const pages = await openPage('/content', answers())
    await click(1)
    await pages.push('/content?show=draft')
    await settle()
    expect(bar().textContent).toContain('没有选择')
  })

  test('cannot be chosen by somebody who may do nothing with them', async () => {
    const plain = rows.map((one) => ({ ...one, may: [] }))
    await openPage('/content', answers({ [`${at}/list`]: ok({ rows: plain, next: null, facets: [] }) }))
    expect(bar()).toBeNull()
    expect(document.querySelectorAll('table input[type=checkbox]')).toHaveLength(0)
    expect(document.body.textContent).not.toContain('空格 选择')
  })
})

test('rows say how they were sent by who vouches for it, never added up, and nothing of too few doctors', async () => {
  const some = { proven: 210, opened: 96, client: 12, unknown: 3, openedRate: 64.2, withheld: false }
  const figures = [
    some,
    { ...some, opened: null, openedRate: null, withheld: true },
    { ...some, openedRate: null },
    null,
  ]
  const told = figures.map((one, place) => ({ ...row(place, []), figures: one }))
  await openPage('/content', answers({ [`${at}/list`]: ok({ rows: told, next: null, facets: [] }) }))
  const cells = (column: string) => wrapper.findAll(`td.col-${column}`).map((one) => one.text())
  expect(cells('sends')).toEqual(['210 / 96 / 12 / 3', '210 / 少于 5 位 / 12 / 3', '210 / 96 / 12 / 3', '-'])
  expect(cells('openedRate')).toEqual(['64.2%', '少于 5 位', '-', '-'])
  const meaning = document.querySelector<HTMLDetailsElement>('main details.quiet')!
  meaning.open = true
  meaning.dispatchEvent(new Event('toggle'))
  await vi.waitFor(() => expect(meaning.textContent).toContain('已打开 ÷ 链接'))
  expect(meaning.textContent).toContain('各栏不能相加')
  expect(await barriers()).toEqual([])
})

test('the list is taken away as a table of what its filter shows', async () => {
  await openPage('/content?show=draft&q=x', answers({ [`${at}/export`]: ok({ csv: 'x', rows: 6, cut: false }) }))
  await press('导出 CSV')
  expect(asks(`${at}/export`)).toMatchObject([{ show: 'draft', query: 'x', language: 'zh' }])
  expect(document.body.textContent).toContain('已导出 6 行')
})

describe('the sheet', () => {
  test('shows the effect of a withdrawal in numbers, needs a reason, and begins it once', async () => {
    const pages = await openPage('/content', answers({ [`${at}/bulk`]: { status: 0, data: null } }))
    bar().querySelector('input')!.click()
    await settle()
    await press('撤回 2')
    expect(asks(`${at}/bulk/effects`)).toEqual([{ contentItemIds: ['p-5', 'p-6'] }])
    expect(sheet().textContent).toMatch(/38 名代表发过.*398 条链接.*2 个已发出的文件收不回/s)
    expect(sheet().textContent).toContain('选中的另外 3 份现在不能这样做')
    expect(sheet().textContent).toMatch(/资料5 v3.*资料6 v3/s)
    const go = [...sheet().querySelectorAll('button')].find((one) => one.textContent?.includes('撤回：2 份'))!
    expect(go.disabled).toBe(true)
    await type('安全性更新')
    await press('撤回：2 份', sheet())
    expect(sheet().textContent).toContain('网络')
    play(answers())
    await press('撤回：2 份', sheet())
    const begun = asks(`${at}/bulk`)
    expect(begun).toHaveLength(2)
    expect(begun[1]).toEqual(begun[0])
    expect(begun[0]).toMatchObject({ act: 'withdraw', reason: '安全性更新', contentItemIds: ['p-5', 'p-6'] })
    expect(pages.currentRoute.value.fullPath).toBe('/content/bulk/b-1')
  })

  test('of a submission asks for no reason and looks at no effect', async () => {
    await openPage('/content', answers())
    await click(1)
    await press('提交审批 1')
    await press('提交审批：1 份', sheet())
    expect(asks(`${at}/bulk`)).toMatchObject([{ act: 'submit', reason: '', contentItemIds: ['p-1'] }])
    expect(asks(`${at}/bulk/effects`)).toEqual([])
  })

  test('whose effect could not be read says so and tries again', async () => {
    await openPage('/content', answers({ [`${at}/bulk/effects`]: { status: 500, data: 'internal' } }))
    await click(5)
    await press('撤回 1')
    await type('更新')
    play(answers())
    await press('重试', sheet())
    expect(sheet().textContent).toContain('38 名代表发过')
  })
})

describe('many pieces under way', () => {
  test('are shown with each result and every reason, in both languages, without a barrier', async () => {
    await openPage('/content/bulk/b-1', answers())
    expect(wrapper.get('h1').text()).toContain('批量撤回')
    expect(wrapper.get('.piece-head [role=status]').text()).toBe('全部处理完：1 份已撤回，2 份没有做成，原因在下面')
    const lines = wrapper.findAll('tbody tr').map((one) => one.text())
    expect(lines[0]).toMatch(/资料5.*已撤回/s)
    expect(lines[1]).toMatch(/没有做成.*现在的状态不能做这一步（已撤回）/s)
    expect(lines[2]).toContain('服务有问题，这一份没有做成')
    expect(await barriers()).toEqual([])
    await speak('en')
    await settle()
    expect(wrapper.get('.piece-head [role=status]').text()).toContain('All settled: 1 withdrawn, 2 not done')
  })

  test('are looked at again until they are over, and can be stopped', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const running = buildBulk({ stage: 'running', rows: [result(5), result(6, { outcome: 'waiting' })] })
    let stage: Bulk['stage'] = 'running'
    await openPage(
      '/content/bulk/b-1',
      answers({
        [`${at}/bulk/look`]: () => ok({ ...running, stage }),
        [`${at}/bulk/stops`]: () => {
          stage = 'stopped'
          return ok({})
        },
      }),
    )
    expect(wrapper.get('.piece-head [role=status]').text()).toBe('进行中，已处理 1/2 份')
    expect(wrapper.findAll('tbody tr')[1]?.text()).toContain('等待')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(asks(`${at}/bulk/look`)).toHaveLength(2)
    await press('停止')
    expect(wrapper.get('.piece-head [role=status]').text()).toBe('已停止：1 份已撤回，1 份没有动')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(asks(`${at}/bulk/look`)).toHaveLength(3)
  })

  test('of somebody else are not there', async () => {
    await openPage('/content/bulk/b-2', answers({ [`${at}/bulk/look`]: { status: 404, data: 'not_found' } }))
    expect(document.body.textContent).toContain('没有这次批量操作')
  })
})
