// @vitest-environment happy-dom
import { describe, expect, test, vi } from 'vitest'
import { buildDetail, buildRow, choices } from '../../test/content-samples.ts'
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
  ...{
    contentItemId: `p-${place}`,
    title: `资料${place}`,
    version: 1,
    outcome: 'done',
    refusals: [],
    problem: '',
    tags: null,
  },
  ...change,
})
const buildBulk = (change: Partial<Bulk> = {}): Bulk => ({
  ...{ bulkId: 'b-1', act: 'withdraw', reason: '安全性更新', stage: 'done', createdAt: noon },
  ...{ add: [], remove: [], undoes: null },
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
    [`${at}/tags/known`]: ok({ held: [{ tag: '旧', pieces: 1 }], known: ['肿瘤', '指南'] }),
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

describe('tags', () => {
  const tagged = [row(1, ['tag']), row(2, ['tag'])]
  const list = { [`${at}/list`]: ok({ rows: tagged, next: null, facets: [] }) }
  const add = async (words: string, key: 'Enter' | null = 'Enter') => {
    const field = sheet().querySelector<HTMLInputElement>('input[list]')!
    field.value = words
    field.dispatchEvent(new Event('input'))
    if (key) field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    else field.dispatchEvent(new Event('change'))
    await settle()
  }

  test('of many are typed or chosen, with how many pieces each concerns, and begun once', async () => {
    const pages = await openPage('/content', answers({ ...list, [`${at}/bulk`]: { status: 0, data: null } }))
    bar().querySelector('input')!.click()
    await settle()
    await press('改标签 2')
    expect(asks(`${at}/tags/known`)).toEqual([{ contentItemIds: ['p-1', 'p-2'] }])
    const options = [...sheet().querySelectorAll('datalist option')].map((one) => one.getAttribute('value'))
    expect(options).toEqual(['肿瘤', '指南'])
    const go = [...sheet().querySelectorAll('button')].find((one) => one.textContent?.includes('改标签：2 份'))!
    expect(go.disabled).toBe(true)
    await add('肿瘤，旧')
    await add('指南', null)
    expect(sheet().textContent).toMatch(/肿瘤.*加到 2 份.*旧.*加到 1 份，另外 1 份已有.*指南/s)
    expect(sheet().querySelectorAll('input[type=checkbox]')).toHaveLength(0)
    sheet().querySelector<HTMLElement>('[aria-label="不加 旧"]')!.click()
    await settle()
    sheet().querySelector<HTMLInputElement>('input[type=checkbox]')!.click()
    await settle()
    await press('改标签：2 份', sheet())
    play(answers(list))
    await press('改标签：2 份', sheet())
    const begun = asks(`${at}/bulk`)
    expect(begun).toHaveLength(2)
    expect(begun[1]).toEqual(begun[0])
    expect(begun[0]).toMatchObject({ act: 'tag', add: ['肿瘤', '指南'], remove: ['旧'], reason: '' })
    expect(pages.currentRoute.value.fullPath).toBe('/content/bulk/b-1')
  })

  test('that could not be read are asked for again', async () => {
    await openPage('/content', answers({ ...list, [`${at}/tags/known`]: { status: 500, data: 'internal' } }))
    await click(1)
    await press('改标签 1')
    play(answers({ ...list, [`${at}/tags/known`]: ok({ held: [], known: [] }) }))
    await press('重试', sheet())
    expect(sheet().textContent).toContain('现在没有可去掉的标签')
  })

  test('that were changed are told piece by piece and can be taken back', async () => {
    const changed = buildBulk({
      ...{ act: 'tag', reason: '', add: ['肿瘤'], remove: ['旧'] },
      rows: [result(1, { tags: { before: ['旧'], after: ['肿瘤'] } }), result(2)],
    })
    const undone = buildBulk({
      ...{ bulkId: 'b-2', act: 'tag', reason: '', undoes: 'b-1' },
      rows: [result(1, { outcome: 'refused', refusals: [{ reason: 'tags_changed' }] })],
    })
    const look = ({ bulkId }: Record<string, unknown>) => ok(bulkId === 'b-2' ? undone : changed)
    const take = { [`${at}/bulk/take-backs`]: ok({ bulkId: 'b-2' }) }
    const pages = await openPage('/content/bulk/b-1', answers({ [`${at}/bulk/look`]: look, ...take }))
    expect(wrapper.get('.piece-head').text()).toMatch(/批量改标签.*加上：肿瘤；去掉：旧.*2 份已改标签/s)
    const lines = wrapper.findAll('tbody tr').map((one) => one.text())
    expect(lines[0]).toContain('旧 → 肿瘤')
    expect(lines[1]).toContain('本来就是这样')
    expect(await barriers()).toEqual([])
    await press('改回去：1 份')
    expect(asks(`${at}/bulk/take-backs`)).toMatchObject([{ bulkId: 'b-1' }])
    await settle()
    expect(pages.currentRoute.value.fullPath).toBe('/content/bulk/b-2')
    expect(wrapper.get('h1').text()).toContain('把标签改回去')
    expect(wrapper.get('tbody').text()).toContain('之后又有人改过这份的标签')
    expect(document.body.textContent).not.toContain('改回去：')
    await speak('en')
    await settle()
    expect(wrapper.get('h1').text()).toContain('Take a change of tags back')
  })

  test('of one version are changed on its page', async () => {
    const detail = buildDetail({ contentItemId: 'p-1', lifeState: 'approved', may: ['tag'], maySign: [] })
    const done = { [`${at}/tags`]: ok({ outcome: 'done', contentItemId: 'p-1', revision: 7 }) }
    await openPage('/content/p-1', answers({ [`${at}/detail`]: ok(detail), ...done }))
    await press('改标签')
    await add('肿瘤')
    await press('改标签', sheet())
    expect(asks(`${at}/tags`)).toEqual([{ contentItemId: 'p-1', add: ['肿瘤'], remove: [] }])
    expect(document.body.textContent).toContain('标签已改')
  })
})
