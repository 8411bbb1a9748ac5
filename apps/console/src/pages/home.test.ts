// @vitest-environment happy-dom
import { homeParts, type HomeNumbers, type HomePartFound, type HomeRow } from '@vouch/contract'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  answersOf,
  asked,
  barriers,
  ok,
  openPage,
  play,
  press,
  settle,
  wrapper,
  type Answer,
} from '../../test/open-page.ts'
import { me } from '../../test/samples.ts'
import { speak } from '../text/index.ts'

const minute = 60_000
const day = 24 * 60 * minute
const ago = (ms: number) => new Date(Date.now() - ms)
const buildRow = (change: Partial<HomeRow> = {}): HomeRow => ({
  ...{
    rowId: 'item-1',
    title: '研究摘要 v3',
    titleEn: '研究摘要 v3',
    by: '',
    at: ago(day),
    dueAt: ago(-2 * day),
    count: null,
  },
  ...change,
})
const buildPart = (change: Partial<HomePartFound> = {}): HomePartFound => ({
  ...{ part: 'review', outcome: 'read', count: 1, more: false, pressing: 0, days: 3, oldestAt: ago(day) },
  rows: [buildRow()],
  ...change,
})
const classes = {
  proven: 0,
  opened: 7,
  client: 5,
  unknown: 1,
  cancelled: 0,
  failed: 0,
  not_sent: 0,
  exception: 0,
  open: 0,
}
const numbers: HomeNumbers = {
  ...{ fromDay: '2026-10-23', untilDay: '2026-11-21', countedUntil: ago(minute), passed: 13, classes, refused: 4 },
  ...{ reasons: [], links: 12, opened: 7, asked: 5, agreed: 3, declined: 1 },
}
const api = '/api/console/home'
const found = (parts: HomePartFound[], more: object = {}): Answer =>
  ok({ now: new Date(), parts, numbers: null, numbersFailed: false, ...more })
const open = (answer: Answer | (() => Answer), path = '/home', roles = ['medical']) =>
  openPage(path, answersOf({ '/api/console/me': ok({ ...me, roles }), [api]: answer }))
const cards = () => wrapper.findAll('.home-card h2').map((one) => one.text())
const looks = () => asked.filter(({ path }) => path === api).length
afterEach(() => vi.restoreAllMocks())

describe('where one begins', () => {
  test('is the home page, from the first address and from one that does not exist; others stay', async () => {
    for (const path of ['/', '/nothing/here', '/home']) {
      const pages = await open(found([]), path)
      expect(pages.currentRoute.value.name).toBe('home')
      wrapper.unmount()
    }
    const pages = await open(found([]), '/sends?show=unknown')
    expect(pages.currentRoute.value.fullPath).toBe('/sends?show=unknown')
  })

  test('shows what waits, how long, and leads to each and to all, in both languages', async () => {
    const late = buildPart({
      ...{ part: 'safety', count: 2, pressing: 1, days: 1, oldestAt: ago(2 * day) },
      rows: [
        buildRow({ rowId: 'report-1', title: 'A1B2', titleEn: 'A1B2', at: ago(2 * day), dueAt: ago(day), by: '许岚' }),
        buildRow({ rowId: 'report-2', title: 'C3D4', titleEn: 'C3D4', at: ago(minute), dueAt: ago(-day) }),
      ],
    })
    await open(found([late, buildPart({ count: 200, more: true })]))
    expect(cards()).toEqual(['不良反应报告等确认接手', '等您签名的资料'])
    expect(wrapper.get('h1').text()).toContain('您好')
    expect(wrapper.get('.home-lead').text()).toBe('202 项等您处理，其中 1 项要紧')
    const [safety, review] = wrapper.findAll('.home-card')
    expect(safety!.text()).toMatch(
      /1 项已超时.*最早的等了 2 天 · 24 小时内处理.*A1B2.*许岚 · 超时 24 小时.*C3D4.*1 分钟前/s,
    )
    expect(safety!.findAll('a').map((one) => one.attributes('href'))).toEqual([
      ...['/safety/report-1', '/safety/report-2', '/safety'],
    ])
    expect(review!.text()).toContain('200+')
    expect(review!.findAll('a').map((one) => one.attributes('href'))).toEqual([
      ...['/content/item-1', '/content?show=for_me'],
    ])
    expect(await barriers()).toEqual([])
    await speak('en')
    await settle()
    expect(safety!.text()).toMatch(/1 overdue.*the oldest has waited 2 days.*overdue by 24 hours/s)
    expect(await barriers()).toEqual([])
  })

  test('has a page of its own for every part, or says who can do it', async () => {
    const pages = await open(
      found(homeParts.map((part) => buildPart({ part, rows: [buildRow({ rowId: '2', count: 3 })] }))),
    )
    for (const card of wrapper.findAll('.home-card')) {
      const hrefs = card.findAll('a').map((one) => one.attributes('href') ?? '')
      if (hrefs.length === 0) expect(card.text()).toMatch(/由代表在聊天的侧边栏里匹配.*3 位联系人/s)
      for (const href of hrefs) expect(pages.resolve(href).name).not.toBe('home')
    }
  })

  test('says pleasantly that nothing waits, and that some roles have no to-dos', async () => {
    await open(found([buildPart({ count: 0, rows: [], oldestAt: null })]))
    expect(wrapper.text()).toContain('没有什么等您处理')
    expect(cards()).toEqual([])
    expect(await barriers()).toEqual([])
    wrapper.unmount()
    await open(found([]), '/home', ['auditor'])
    expect(wrapper.text()).toContain('您的角色没有待办')
  })

  test('one part that was not read says so; all of it has a way to try again', async () => {
    await open(found([buildPart(), buildPart({ part: 'returned', outcome: 'failed', count: 0, rows: [] })]))
    expect(wrapper.findAll('.home-card')[1]!.text()).toContain('这一项没有读到，其他的不受影响')
    wrapper.unmount()
    let answer: Answer = { status: 503, data: 'busy' }
    await open(() => answer)
    expect(wrapper.findAll('.problem')).toHaveLength(1)
    answer = found([buildPart()])
    await press('重试')
    expect(cards()).toEqual(['等您签名的资料'])
  })

  test('shows figures beside what they mean, and never adds classes up', async () => {
    await open(found([], { numbers }))
    const text = wrapper.get('.home-numbers').text()
    expect(text).toMatch(/放行的发送.*13.*被拦下的尝试.*4.*7 \/ 12.*3 \/ 1 \/ 5/s)
    expect(text).toMatch(/医生打开.*7.*客户端回报.*5.*结果未知.*1/s)
    expect(await barriers()).toEqual([])
    wrapper.unmount()
    await open(found([buildPart()], { numbersFailed: true }))
    expect(wrapper.get('.home-numbers').text()).toContain('统计没有读到')
    expect(cards()).toHaveLength(1)
  })
})

describe('while it is open', () => {
  const come = async (ms: number) => {
    await vi.advanceTimersByTimeAsync(ms)
    await settle()
  }

  test('numbers change below the eyes, but nothing moves until it is asked for', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    let answer = found([buildPart()])
    await open(() => answer)
    answer = found([buildPart({ count: 2 })])
    await come(minute)
    expect(wrapper.get('.home-count').text()).toContain('2')
    answer = found([buildPart({ part: 'safety', pressing: 1 }), buildPart({ count: 2 })])
    await come(minute)
    expect(cards()).toEqual(['等您签名的资料'])
    await press('待办有变化，点此显示')
    expect(cards()).toEqual(['不良反应报告等确认接手', '等您签名的资料'])
    play(answersOf({ [api]: { status: 0, data: '' } }))
    await come(minute)
    expect(wrapper.get('.home-said').text()).toContain('没有刷新成功')
    expect(cards()).toHaveLength(2)
  })

  test('whoever comes back to it sees it as it is', async () => {
    let answer = found([buildPart()])
    await open(() => answer)
    answer = found([])
    document.dispatchEvent(new Event('visibilitychange'))
    await settle()
    expect(wrapper.text()).toContain('没有待办')
  })

  test('left alone it stops asking, so that nobody stays signed in by it, and goes on when touched', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    await open(found([buildPart()]))
    await come(20 * minute)
    const before = looks()
    expect(before).toBeLessThanOrEqual(12)
    await come(20 * minute)
    expect(looks()).toBe(before)
    expect(wrapper.get('.home-said').text()).toContain('已停止自动刷新')
    window.dispatchEvent(new Event('keydown'))
    await settle()
    expect(looks()).toBe(before + 1)
  })
})
