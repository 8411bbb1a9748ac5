// @vitest-environment happy-dom
import type { SessionRow } from '@vouch/contract'
import { describe, expect, test } from 'vitest'
import { type Answer, answersOf, asked, barriers, ok, openPage, press, settle, wrapper } from '../../test/open-page.ts'
import { me } from '../../test/samples.ts'
import { speak } from '../text/index.ts'

const at = new Date('2026-11-21T06:05:12.000Z')
const row = (given: Partial<SessionRow>): SessionRow => ({
  ...{ sessionId: 's-1', personId: 'p-1', person: '许岚', face: 'console', way: 'wecom', device: 'computer' },
  ...{ signedInAt: at, lastSeenAt: at, here: false, ...given },
})
const here = row({ sessionId: 's-0', here: true })
const phone = row({ device: 'wecom_phone' })

async function open(given: Record<string, Answer> = {}, maySeeAll = true): Promise<void> {
  const page = ok({ rows: [here, phone], next: null, maySeeAll })
  const answers = { '/api/console/me': ok(me), '/api/console/sessions': page }
  await openPage('/sessions', answersOf({ ...answers, '/api/console/sessions/ends': ok({ ended: 1 }), ...given }))
}
const dialog = () => document.querySelector<HTMLElement>('[role="dialog"]')
const inputsOf = (path: string) => asked.filter((one) => one.path === path).map(({ input }) => input)

async function giveReason(): Promise<void> {
  await settle()
  const field = dialog()!.querySelector('textarea')!
  field.value = '手机丢了'
  field.dispatchEvent(new Event('input'))
  await settle()
  await press('结束登录', dialog()!)
}

describe('where one is signed in', () => {
  test('tells device and time, marks this one, and has no barrier in either language', async () => {
    await open()
    const [first, second] = wrapper.findAll('tbody tr')
    expect(first?.text()).toMatch(/许岚.*控制台.*电脑浏览器.*就是这里.*企业微信/s)
    expect(first?.find('button').exists()).toBe(false)
    expect(second?.text()).toMatch(/手机企业微信/)
    expect(await barriers()).toEqual([])
    await speak('en')
    await settle()
    expect(wrapper.text()).toContain('WeCom on a phone')
  })

  test('ends one with a reason and reads the list again', async () => {
    await open()
    await press('结束')
    await giveReason()
    expect(inputsOf('/api/console/sessions/ends')).toEqual([{ sessionId: 's-1', reason: '手机丢了' }])
    expect(inputsOf('/api/console/sessions')).toHaveLength(2)
    expect(wrapper.text()).toContain('已结束 1 处登录')
    expect(dialog()).toBeNull()
  })

  test('keeps the reason when it could not be ended', async () => {
    await open({ '/api/console/sessions/ends': { status: 503, data: 'busy' } })
    await press('结束')
    await giveReason()
    expect(dialog()?.textContent).toContain('服务正忙')
    expect(dialog()?.querySelector('textarea')?.value).toBe('手机丢了')
  })

  test('of everybody is there for whoever may see it', async () => {
    await open()
    await wrapper.get('.select select').setValue('all')
    await settle()
    expect(inputsOf('/api/console/sessions').at(-1)).toMatchObject({ whose: 'all', query: '' })
    await open({}, false)
    expect(wrapper.find('.select').exists()).toBe(false)
  })
})
