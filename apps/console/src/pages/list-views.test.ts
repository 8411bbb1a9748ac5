// @vitest-environment happy-dom
import type { SavedView } from '@vouch/contract'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Router } from 'vue-router'
import { buildRows, choices } from '../../test/content-samples.ts'
import { asked, type Answer, ok, openPage, press, settle } from '../../test/open-page.ts'
import { me } from '../../test/samples.ts'
import { speak } from '../text/index.ts'

const at = '/api/console'
let pages: Router
let kept: SavedView[]
/** What the next step is answered with instead. */
let instead: Answer | null
let line: 'up' | 'down'

/** As the server keeps them, in short. */
function keep(path: string, input: Record<string, unknown>): Answer {
  if (instead) return instead
  const { viewId, name, asks, over } = input as SavedView & { over: boolean }
  const same = kept.find((view) => view.name === name)
  if (path.endsWith('/views')) return ok({ views: [...kept] })
  if (path.endsWith('/removals')) kept = kept.filter((view) => view.viewId !== viewId)
  if (path.endsWith('/removals')) return ok({ done: true })
  if (same && !over) return ok({ outcome: 'refused', reason: 'name_taken' })
  if (path.endsWith('/names')) kept = kept.map((view) => (view.viewId === viewId ? { ...view, name } : view))
  else kept = [...kept.filter((view) => view !== same), { viewId: `v${name}`, name, asks }]
  return ok({ outcome: 'saved', viewId: `v${name}` })
}

async function open(address: string): Promise<void> {
  pages = await openPage(address, (path, input) => {
    if (path.startsWith(`${at}/views`)) return line === 'down' ? { status: 0, data: '' } : keep(path, input)
    const answers: Record<string, unknown> = {
      [`${at}/me`]: { ...me, roles: ['author', 'compliance_officer'] },
      [`${at}/content/choices`]: choices,
      [`${at}/content/list`]: { rows: buildRows(3), next: null, facets: [] },
      [`${at}/audit`]: { rows: [], next: null },
      [`${at}/audit/events`]: { events: [] },
    }
    return path in answers ? ok(answers[path]) : { status: 404, data: 'not_found' }
  })
}
beforeEach(() => {
  kept = [{ viewId: 'v1', name: '审批中的视频', asks: 'show=in_review&kind=video&hide=owner' }]
  instead = null
  line = 'up'
})

const sheet = () => document.querySelector<HTMLElement>('[role=dialog]')!
const button = (name: string) =>
  [...document.querySelectorAll('button')].find(
    (one) => (one.getAttribute('aria-label') ?? one.textContent?.trim()) === name,
  )!
async function tap(name: string): Promise<void> {
  button(name).click()
  await settle()
}
async function write(label: string, text: string): Promise<void> {
  const field = [...sheet().querySelectorAll('label')].find((one) => one.textContent?.includes(label))!
  const input = field.querySelector('input')!
  input.value = text
  input.dispatchEvent(new Event('input'))
  await settle()
}
const saves = () => asked.filter(({ path }) => path === `${at}/views/saves`).map(({ input }) => input)
const heads = () => [...document.querySelectorAll('th[scope=col]')].map((head) => head.textContent?.trim())

describe('the views of a list', () => {
  test('are opened by a link that holds what they ask for, with its columns', async () => {
    await open('/content?q=剂量')
    await press('视图')
    const link = sheet().querySelector('a')!
    expect(link.getAttribute('href')).toBe('/content?show=in_review&kind=video&hide=owner')
    link.click()
    await settle()
    expect(pages.currentRoute.value.query).toEqual({ show: 'in_review', kind: 'video', hide: 'owner' })
    expect(asked.findLast(({ path }) => path === `${at}/content/list`)?.input).toMatchObject({
      ...{ show: 'in_review', kind: 'video', query: '' },
    })
    expect(heads()).not.toContain('负责人')
    expect(document.querySelector('[role=dialog]')).toBeNull()
    await press('视图')
    expect(sheet().querySelector('a')?.getAttribute('aria-current')).toBe('true')
  })

  test('are kept without the words that were searched for, which is said', async () => {
    await open('/content?show=draft&q=张伟&order=title')
    await press('视图')
    expect(sheet().textContent).toContain('搜的字和单个医生')
    await write('视图名称', ' 我的草稿 ')
    await press('存为视图')
    expect(saves()).toEqual([{ list: 'content', name: '我的草稿', asks: 'show=draft&order=title&hide=', over: false }])
    expect(sheet().querySelector('[role=status]')?.textContent).toBe('已存为“我的草稿”。')
    expect(sheet().querySelectorAll('.view')).toHaveLength(2)
    expect(sheet().textContent).not.toContain('就是现在这样') // the words make it another list
  })

  test('of the trail leave out one doctor and one object', async () => {
    await open('/audit?from=2026-11-01&doctor=a-1&subject=c-1')
    await press('视图')
    expect(sheet().textContent).toContain('搜的字和单个医生')
    await write('视图名称', '十一月')
    await press('存为视图')
    expect(saves()[0]).toMatchObject({ list: 'audit', asks: 'from=2026-11-01&hide=' })
  })

  test('are replaced only after asking, and are never too many', async () => {
    await open('/content?show=held')
    await press('视图')
    await write('视图名称', '审批中的视频')
    await press('存为视图')
    expect(sheet().textContent).toContain('已有叫“审批中的视频”的视图')
    expect(kept[0]?.asks).toContain('in_review')
    await press('换成现在的条件')
    expect(kept).toMatchObject([{ asks: 'show=held&hide=' }])
    instead = ok({ outcome: 'refused', reason: 'too_many' })
    await write('视图名称', '还有一个')
    await press('存为视图')
    expect(sheet().textContent).toContain('最多存 20 个视图')
  })

  test('are called otherwise and removed by key, and what was removed comes back', async () => {
    kept.push({ viewId: 'v2', name: '草稿', asks: 'show=draft&hide=' })
    await open('/content')
    await press('视图')
    await tap('给视图“草稿”改名')
    expect((document.activeElement as HTMLInputElement).value).toBe('草稿')
    await write('新名称', '审批中的视频')
    await press('存新名称')
    expect(sheet().querySelector('[role=alert]')?.textContent).toContain('已有叫')
    await write('新名称', '没写完的')
    await press('存新名称')
    expect(document.activeElement?.textContent).toBe('没写完的')
    await tap('删除视图“没写完的”')
    expect(kept.map(({ name }) => name)).toEqual(['审批中的视频'])
    expect(document.activeElement?.textContent?.trim()).toBe('撤销')
    await press('撤销')
    expect(kept.map(({ name, asks }) => [name, asks])).toContainEqual(['没写完的', 'show=draft&hide='])
    expect(button('撤销')).toBeUndefined()
  })

  test('that cannot be read or kept say so and are asked for again', async () => {
    line = 'down'
    await open('/content')
    await press('视图')
    expect(sheet().textContent).toContain('连不上服务')
    line = 'up'
    await press('重试', sheet())
    expect(sheet().textContent).toContain('审批中的视频')
    instead = { status: 503, data: 'busy' }
    await write('视图名称', '草稿')
    await press('存为视图')
    expect(sheet().textContent).toContain('没有做成。 服务正忙')
    expect(sheet().querySelector('input')?.value).toBe('草稿')
  })

  test('are told in either language, and the link is copied with the columns', async () => {
    const copied = vi.fn(async () => undefined)
    vi.stubGlobal('navigator', { ...window.navigator, clipboard: { writeText: copied } })
    await open('/content?show=draft&q=剂量&hide=owner,product')
    await press('视图')
    await press('复制链接')
    expect(copied).toHaveBeenCalledWith(expect.stringMatching(/\/content\?hide=owner,product&show=draft&q=/))
    expect(sheet().textContent).toContain('已复制')
    kept = []
    await speak('en')
    await tap('Close')
    await settle()
    await press('Views')
    expect(sheet().textContent).toContain('No views yet')
    vi.unstubAllGlobals()
  })
})

describe('a view or link that asks for what is no more', () => {
  test('opens the list with the rest, and names what was left out until one looks for something else', async () => {
    await open('/content?show=gone&colour=red&product=NOPE&kind=video&hide=owner,gone')
    expect(pages.currentRoute.value.fullPath).toBe('/content?kind=video&hide=owner,gone')
    const said = [...document.querySelectorAll('.banner')].map((one) => one.textContent).join()
    expect(said).toContain('没有用上：状态、colour、产品。')
    expect(asked.findLast(({ path }) => path === `${at}/content/list`)?.input).toMatchObject({
      ...{ show: 'all', product: '', kind: 'video' },
    })
    await pages.push('/content?kind=image')
    await settle()
    expect(document.body.textContent).not.toContain('筛选已经没有了')
  })

  test.each([
    ['/content?show=draft&product=EXTIN&q=a&order=title&lang=zh', 'all of it known'],
    ['/audit?event=no.more&from=2026-11-01&doctor=a-1', 'an event that only the entries know'],
  ])('%s is left as it is: %s', async (address) => {
    await open(address)
    expect(pages.currentRoute.value.fullPath).toBe(address)
    expect(document.body.textContent).not.toContain('筛选已经没有了')
  })
})
