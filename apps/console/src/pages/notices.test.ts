// @vitest-environment happy-dom
import type { FailedNotice } from '@vouch/contract'
import { describe, expect, test } from 'vitest'
import { answersOf, asked, barriers, ok, openPage, press, settle, wrapper, type Answer } from '../../test/open-page.ts'
import { me } from '../../test/samples.ts'
import { speak } from '../text/index.ts'

const api = '/api/console/notices'
type Pace = 'now' | 'daily' | 'off'
const choices = (pace: Pace = 'now') => ({
  kinds: [
    { kind: 'safety', name: { zh: '不良反应报告', en: 'Adverse reactions' }, pace: 'now', atNight: true },
    { kind: 'review', name: { zh: '等您签名的资料', en: 'Pieces that wait for you' }, pace, atNight: false },
  ].map((one) => ({
    ...one,
    fixed: one.kind === 'safety' ? { zh: '关系患者安全，不能关闭', en: 'It concerns the safety of patients' } : null,
  })),
  ...{ quietFrom: 1_320, quietUntil: 480 },
})
const buildFailed = (change: Partial<FailedNotice> = {}): FailedNotice => ({
  ...{ noticeId: 'notice-1', name: { zh: '医生的同意和撤回', en: 'What doctors decided' }, to: '李娜', attempts: 24 },
  ...{ owedAt: new Date('2026-11-21T06:05:12.000Z'), problem: 'gave_up', maySend: true },
  ...change,
})
const open = (answers: Record<string, Answer | ((input: Record<string, unknown>) => Answer)>, path = '/notices') =>
  openPage(path, answersOf({ '/api/console/me': ok({ ...me, roles: ['medical', 'system_admin'] }), ...answers }))
const pick = async (value: Pace) => {
  const field = wrapper.get<HTMLInputElement>(`input[name=pace-review][value=${value}]`)
  await field.setValue(true)
  await settle()
}

describe('how one is told', () => {
  test('is chosen by kind and saved at once; what is fixed says why', async () => {
    await open({
      [api]: ok(choices()),
      [`${api}/choices`]: ({ pace }) => ok(choices(pace as Pace)),
    })
    expect(wrapper.text()).toMatch(/休息时间 22:00–08:00 内不发.*夜里也发.*马上发 · 关系患者安全，不能关闭/s)
    expect(wrapper.findAll('input[name=pace-safety]')).toEqual([])
    expect(await barriers()).toEqual([])
    await pick('daily')
    expect(asked.at(-1)).toEqual({ path: `${api}/choices`, input: { kind: 'review', pace: 'daily' } })
    expect(wrapper.get('.notice-said').text()).toBe('已保存：等您签名的资料，每天 8:30 汇总')
    expect(wrapper.get<HTMLInputElement>('input[value=daily]').element.checked).toBe(true)
    await speak('en')
    await settle()
    expect(wrapper.text()).toContain('Pieces that wait for you')
    expect(await barriers()).toEqual([])
  })

  test('that is not saved stays as it was, and says so', async () => {
    await open({ [api]: ok(choices()), [`${api}/choices`]: { status: 503, data: 'busy' } })
    await pick('off')
    expect(wrapper.get('.notice-said').text()).toContain('没有保存，选择没有变')
    expect(wrapper.get<HTMLInputElement>('input[name=pace-review][value=now]').element.checked).toBe(true)
  })

  test('that cannot be read has a way to try again', async () => {
    await open({ [api]: { status: 503, data: 'busy' } })
    expect(wrapper.findAll('.problem')).toHaveLength(1)
    await press('重试')
    expect(asked.filter(({ path }) => path === api)).toHaveLength(2)
  })
})

describe('what did not arrive', () => {
  test('says why and is sent again, but not to who left', async () => {
    let rows = [buildFailed(), buildFailed({ noticeId: 'notice-2', to: '王磊', problem: 'left', maySend: false })]
    await open(
      {
        [`${api}/failed`]: () => ok({ rows, next: null }),
        [`${api}/again`]: () => ((rows = rows.slice(1)), ok({ outcome: 'owed' })),
      },
      '/notices?show=failed',
    )
    expect(wrapper.findAll('tbody tr').map((row) => row.text())).toEqual([
      expect.stringMatching(/医生的同意和撤回.*李娜.*2026-11-21 14:05:12.*企业微信一直没有收下.*24 次.*再发一次/s),
      expect.stringMatching(/王磊.*已离职/s),
    ])
    expect(wrapper.findAll('tbody button')).toHaveLength(1)
    expect(await barriers()).toEqual([])
    await press('再发一次')
    expect(asked.find(({ path }) => path === `${api}/again`)?.input).toEqual({ noticeId: 'notice-1' })
    expect(wrapper.text()).toContain('已重新排队，几秒内发给 李娜')
    expect(wrapper.findAll('tbody tr')).toHaveLength(1)
  })

  test('that could not be sent again says so', async () => {
    const answers = { [`${api}/failed`]: ok({ rows: [buildFailed()], next: null }) }
    await open({ ...answers, [`${api}/again`]: { status: 503, data: 'busy' } }, '/notices?show=failed')
    await press('再发一次')
    expect(wrapper.text()).toContain('没有重新排队，请再试一次')
  })

  test('none says that all arrived', async () => {
    await open({ [`${api}/failed`]: ok({ rows: [], next: null }) }, '/notices?show=failed')
    expect(wrapper.text()).toContain('应用消息都送达了')
  })
})
