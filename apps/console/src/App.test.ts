// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest'
import { type Answer, answersOf, barriers, openPage, play, settle, wrapper } from '../test/open-page.ts'
import { buildRefused, buildSend, buildSends, me, noon } from '../test/samples.ts'
import type { Send } from './api.ts'
import { speak } from './text/index.ts'

const open = (path: string, answers: Record<string, Answer>) => openPage(path, answersOf(answers))
const withSends = (sends: Send[], next: string | null = null): Record<string, Answer> => ({
  '/api/console/me': { status: 200, data: me },
  '/api/console/sends': { status: 200, data: { sends, next } },
})
const nobody: Record<string, Answer> = {
  '/api/console/me': { status: 401, data: 'not_signed_in' },
  '/api/console/sends': { status: 401, data: 'not_signed_in' },
}

describe('signing in', () => {
  test('stands in the place of the page asked for and comes back to it', async () => {
    await open('/sends?show=unknown', nobody)
    expect(wrapper.get('h1').text()).toBe('登录控制台')
    expect(wrapper.get('a.button').attributes('href')).toBe(
      `/api/console/sign-in?next=${encodeURIComponent('/sends?show=unknown')}`,
    )
    expect(await barriers()).toEqual([])
  })

  test('a session that ends takes its records off the screen', async () => {
    await open('/sends', withSends([buildSend()]))
    expect(wrapper.text()).toContain('张伟')
    play(() => ({ status: 401, data: 'not_signed_in' }))
    await wrapper
      .findAll('button')
      .find((button) => button.text() === '刷新')
      ?.trigger('click')
    await settle()
    expect(wrapper.text()).toContain('登录已到期')
    expect(wrapper.text()).not.toContain('张伟')
  })

  test('somebody without a role is told so, with a number to ask about', async () => {
    const stranger = { status: 403, data: 'not_staff' }
    await open('/sends', { '/api/console/me': stranger, '/api/console/sends': stranger })
    expect(wrapper.get('[role="alert"]').text()).toContain('您没有控制台的使用权限')
    expect(wrapper.text()).toContain('GEN-03 not_staff')
  })

  test('whose company is meant stands above, as its reader calls it', async () => {
    await open('/sends', withSends([buildSend()]))
    expect(wrapper.text()).toContain('示例药业')
    await speak('en')
    await settle()
    expect(wrapper.text()).toContain('Example Pharma')
    await speak('zh')
  })

  test.each([
    [true, '日常工作请用企业微信登录'],
    [false, '企业微信配好以后，日常工作请用企业微信登录'],
  ])('a local administrator is sent to WeCom only where it is set up (%s)', async (wecom, words) => {
    const local = { ...me, way: 'local', wecom }
    await open('/sends', { ...withSends([buildSend()]), '/api/console/me': { status: 200, data: local } })
    expect(wrapper.text()).toContain(words)
    expect(wrapper.text().includes('配好以后')).toBe(!wecom)
  })

  test('signing out forgets what was searched for', async () => {
    await open('/sends?q=张', {
      ...withSends([buildSend()]),
      '/api/console/sign-out': { status: 200, data: { done: true } },
    })
    await wrapper
      .findAll('button')
      .find((button) => button.text() === '退出')
      ?.trigger('click')
    await settle()
    expect(wrapper.text()).toContain('已退出登录')
    expect(wrapper.get('a.button').attributes('href')).toBe('/api/console/sign-in?next=%2Fhome')
  })
})

describe('the sends', () => {
  test('are a table whose rows are named by their time and which says how it is sorted', async () => {
    await open('/sends', withSends(buildSends(6), 'more'))
    expect(wrapper.findAll('thead th').map((head) => head.attributes('aria-sort'))).toEqual([
      'descending',
      ...Array(7).fill(undefined),
    ])
    expect(wrapper.get('tbody th[scope="row"] time').text()).toBe('2026-11-21 14:05:12')
    expect(wrapper.findAll('tr.send')).toHaveLength(6)
    await wrapper.get('.send-toggle').trigger('click')
    expect(await barriers()).toEqual([])
  })

  test('unfold to what happened, who says so and what came late', async () => {
    const late = { kind: 'K', at: new Date(noon.getTime() + 86_400_000), late: true }
    await open('/sends', withSends([buildSend({ facts: [{ kind: 'A', at: noon, late: false }, late] })]))
    await wrapper.get('.send-toggle').trigger('click')
    expect(wrapper.get('.send-toggle').attributes('aria-expanded')).toBe('true')
    const facts = wrapper.findAll('.detail-facts li').map((line) => line.text().replace(/\s+/g, ' '))
    expect(facts).toEqual([
      '2026-11-21 14:05:12核对通过，允许发送 服务器',
      '2026-11-22 14:05:12企业微信说：已接受 代表的侧边栏 晚到',
    ])
  })

  test('that were blocked say every reason in words', async () => {
    await open(
      '/sends',
      withSends([buildRefused([{ reason: 'cap_reached', count: 4, limit: 4 }, { reason: 'quiet_hours' }])]),
    )
    expect(wrapper.get('tr.send').text()).toContain('已拦下')
    await wrapper.get('.send-toggle').trigger('click')
    expect(wrapper.findAll('.detail-reasons li').map((line) => line.text())).toEqual([
      '本月次数已满 4/4 次',
      '在休息时间',
    ])
  })

  test('say so when none fits, and how to see all again', async () => {
    await open('/sends?show=unknown&reason=cap_reached', withSends([]))
    expect(wrapper.text()).toContain('没有符合条件的记录')
    const clear = wrapper.findAll('a').find((link) => link.text() === '清除条件')
    expect(clear?.attributes('href')).toBe('/sends')
  })

  test('that cannot be read leave a code with its time', async () => {
    await open('/sends', { ...withSends([]), '/api/console/sends': { status: 500, data: 'internal' } })
    expect(wrapper.get('.problem').text()).toMatch(/没有读到记录.*GEN-03 internal · \d\d:\d\d:\d\d/)
    expect(await barriers()).toEqual([])
  })

  test('read in English too', async () => {
    await speak('en')
    await open('/sends', withSends(buildSends(6)))
    await wrapper.get('.send-toggle').trigger('click')
    expect(document.documentElement.lang).toBe('en-US')
    const ours = wrapper.text().replace(/English|中文/g, '')
    expect(ours).toContain('The addressed doctor opened the link')
    expect(
      wrapper
        .findAll('.badge')
        .map((badge) => badge.text())
        .join(''),
    ).not.toMatch(/\p{Script=Han}/u)
    expect(await barriers()).toEqual([])
  })
})
