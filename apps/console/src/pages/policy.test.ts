// @vitest-environment happy-dom
import type { PolicyChange, PolicyPage, PolicyPreview, PolicySettings } from '@vouch/contract'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Answer, asked, barriers, ok, openPage, settle, wrapper } from '../../test/open-page.ts'
import { me } from '../../test/samples.ts'
import { speak } from '../text/index.ts'

const at = new Date('2026-11-21T06:05:12.000Z')
const later = new Date('2026-12-01T00:00:00.000+08:00')
const settings: PolicySettings = {
  ...{ sendsPerMonth: 4, quietFrom: 1320, quietUntil: 480, sameItemDays: 14, askAgainDays: 90, consentDays: null },
  ...{ disclaimerMode: 1, matchReview: 'off', employmentProofMinutes: 15, contactProofHours: 24, market: 'CN' },
  ...{ vaultProofMinutes: null, ticketSeconds: 90, unknownAfterSeconds: 600, signInEveryTime: false },
}
const preview: PolicyPreview = {
  ...{ previewId: 'v-1', stage: 'done', fromAt: at, untilAt: at, doctors: 9, doctorsDone: 9, settings },
  counts: {
    ...{ stillSent: 120, stillRefused: 7, blocked: 31, allowed: 0, unknown: 2, allowedFrom: [] },
    blockedBy: [{ reason: 'cap_reached', count: 31 }],
    unknownAbout: [{ reason: 'hcp_cap_reached', count: 2 }],
  },
}
const change: PolicyChange = {
  ...{
    changeId: 'c-1',
    baseVersion: 1,
    settings: { ...settings, sendsPerMonth: 2, quietFrom: 1260 },
    holdsFrom: later,
  },
  ...{ reason: '医生投诉太多', proposedBy: '何静', proposedAt: at, mine: false, previewId: 'v-1' },
}
const base: PolicyPage = {
  ...{ now: at, inForce: { version: 1, holdsFrom: at, settings }, scheduled: null, change: null },
  ...{ mayPropose: true, mayDecide: false, markets: ['CN', 'HK'] },
}
const versions = [
  {
    ...{ version: 1, life: 'in_force', holdsFrom: at, heldUntil: null, reason: '安装', proposedBy: '', approvedBy: '' },
    differences: [],
  },
]
const example = {
  ...{ sendId: 's-1', at, doctor: '张伟', hospital: '仁和', rep: '王磊', title: '研究摘要', kind: 'news' },
  reasons: ['cap_reached'],
}

const root = '/api/console/policy'
const inputsOf = (path: string) => asked.filter((one) => one.path === path).map(({ input }) => input)

const open = (page: Partial<PolicyPage> = {}, answers: Record<string, () => Answer> = {}) =>
  openPage('/policy', (path) => {
    if (path === '/api/console/me') return ok({ ...me, roles: ['compliance_officer'] })
    const usual: Record<string, unknown> = {
      [root]: { ...base, ...page },
      [`${root}/versions`]: { rows: versions, next: null },
      [`${root}/previews`]: { previewId: 'v-1' },
      [`${root}/previews/look`]: preview,
      [`${root}/previews/examples`]: { rows: [example], of: 31 },
      [`${root}/changes`]: { outcome: 'proposed', changeId: 'c-1', previewId: 'v-1' },
      [`${root}/decisions`]: { outcome: 'done', version: 2, holdsFrom: later },
    }
    return answers[path]?.() ?? ok(usual[path])
  })
const buttonOf = (text: string) =>
  [...document.querySelectorAll('button')].find((one) => one.textContent?.trim().startsWith(text))
const press = async (text: string) => {
  const button = buttonOf(text)
  if (!button) throw new Error(`no button ${text}`)
  button.click()
  await settle()
}
const fieldOf = (label: string) =>
  [...document.querySelectorAll('label.field')]
    .find((one) => one.querySelector('span')?.textContent === label)!
    .querySelector<HTMLInputElement>('input, select, textarea')!
const type = async (label: string, value: string) => {
  const field = fieldOf(label)
  field.value = value
  field.dispatchEvent(new Event(field.tagName === 'SELECT' ? 'change' : 'input'))
  await settle()
}

beforeEach(() => sessionStorage.clear())

describe('the rules of sending', () => {
  test('are sentences with their effect, in both languages, without a barrier', async () => {
    await open()
    expect(wrapper.get('h1').text()).toBe('发送规则')
    const said = wrapper.text()
    expect(said).toContain('每位医生每个自然月最多收到 4 次，所有代表加在一起')
    expect(said).toContain('22:00–8:00 是休息时间')
    expect(said).toContain('第 1 版')
    expect(await barriers()).toEqual([])
    await speak('en')
    await settle()
    expect(wrapper.text()).toContain('Each doctor gets at most 4 sends a calendar month')
    expect(wrapper.text()).not.toMatch(/undefined|NaN/)
  })

  test('a change says what it will mean while it is typed, is tried out, and goes to a second person', async () => {
    await open()
    await press('提出修改')
    expect(buttonOf('提交，请第二个人批准')?.ariaDisabled ?? 'true').toBe('true')
    await type('每月上限（次）', '2')
    await type('同意有效期（天）', '365')
    expect(wrapper.get('.policy-form').text()).toContain('最多收到 2 次')
    expect(wrapper.get('.policy-form').text()).toContain('同意满 365 天到期')
    expect(await barriers()).toEqual([])
    await press('先看影响')
    expect(inputsOf(`${root}/previews`)[0]).toMatchObject({ sendsPerMonth: 2, consentDays: 365, quietFrom: 1320 })
    expect(wrapper.get('.policy-preview').text()).toMatch(/会多拦下\s*31/)
    await press('会多拦下 · 看例子')
    expect(wrapper.get('.policy-preview').text()).toMatch(/张伟.*研究摘要.*王磊/s)
    await type('为什么改', '医生投诉太多')
    await press('提交，请第二个人批准')
    expect(inputsOf(`${root}/changes`)[0]).toMatchObject({
      ...{ baseVersion: 1, sendsPerMonth: 2, consentDays: 365, holdsFrom: null, reason: '医生投诉太多' },
    })
    expect(document.body.textContent).toContain('已提交，等第二个人批准')
    expect(wrapper.find('.policy-form').exists()).toBe(false)
  })

  test('a date is Shanghai’s, and an emptied field that may be off is no limit', async () => {
    await open({ inForce: { ...base.inForce, settings: { ...settings, consentDays: 365 } } })
    await press('提出修改')
    await type('同意有效期（天）', '')
    const radios = document.querySelectorAll<HTMLInputElement>('input[type=radio]')
    radios[1]!.click()
    await settle()
    await type('从这个时间起（北京时间）', '2026-12-01T09:30')
    await type('为什么改', '长期有效')
    await press('提交，请第二个人批准')
    expect(inputsOf(`${root}/changes`)[0]).toMatchObject({
      ...{ consentDays: null, holdsFrom: '2026-12-01T01:30:00.000Z' },
    })
  })

  test('what was typed outlives a failure, a newer version and a reload', async () => {
    let answer: Answer = { status: 503, data: 'busy' }
    await open({}, { [`${root}/changes`]: () => answer })
    await press('提出修改')
    await type('每月上限（次）', '3')
    await type('为什么改', '试一个月')
    await press('提交，请第二个人批准')
    expect(wrapper.get('.policy-form').text()).toContain('没有提交，规则没有变')
    expect(fieldOf('每月上限（次）').value).toBe('3')
    answer = ok({ outcome: 'refused', reasons: ['newer_version'] })
    await press('提交，请第二个人批准')
    expect(wrapper.get('.policy-form').text()).toContain('规则已有新版')
    const ids = inputsOf(`${root}/changes`).map(({ requestId }) => requestId)
    expect(new Set(ids).size).toBe(1)
    expect(inputsOf(root)).toHaveLength(2)
    wrapper.unmount()
    await open()
    await press('提出修改')
    expect(fieldOf('每月上限（次）').value).toBe('3')
    expect(wrapper.text()).toContain('这是您上次没有提交的修改')
  })

  test('a change that waits shows both sentences and its effect, and is approved', async () => {
    await open({ change, mayPropose: false, mayDecide: true })
    expect(buttonOf('提出修改')).toBeUndefined()
    const card = wrapper.get('.card')
    expect(card.text()).toMatch(/最多收到 4 次.*最多收到 2 次/s)
    expect(card.text()).toMatch(/22:00–8:00.*21:00–8:00/s)
    expect(card.text()).toMatch(/会多拦下\s*31/)
    expect(await barriers()).toEqual([])
    await press('批准')
    expect(inputsOf(`${root}/decisions`)[0]).toEqual({ changeId: 'c-1', decision: 'approved', reason: '' })
    expect(document.body.textContent).toContain('已批准，2026-12-01 00:00:00 起生效')
  })

  test('declining needs a reason; a refusal says why and changes nothing', async () => {
    const refused = () => ok({ outcome: 'refused', reasons: ['needs_officer', 'asker_lost_right'] })
    await open({ change, mayPropose: false, mayDecide: true }, { [`${root}/decisions`]: refused })
    await press('不批准')
    expect(inputsOf(`${root}/decisions`)).toEqual([])
    await type('给提出人的话', '先看一个月')
    await press('不批准')
    expect(inputsOf(`${root}/decisions`)[0]).toMatchObject({ decision: 'declined', reason: '先看一个月' })
    expect(wrapper.text()).toMatch(/至少一位要是合规官.*提出的人现在已经无权提出修改/s)
  })

  test('who proposed it can only take it back', async () => {
    await open({ change: { ...change, mine: true }, mayPropose: false, mayDecide: false })
    expect(wrapper.text()).toContain('要由别人批准')
    expect(buttonOf('批准')).toBeUndefined()
    await press('收回')
    expect(inputsOf(`${root}/decisions`)[0]).toMatchObject({ decision: 'taken_back' })
  })

  test('that cannot be read say so and can be asked again', async () => {
    let answer: Answer = { status: 503, data: 'busy' }
    await open({}, { [root]: () => answer })
    expect(wrapper.find('[role=alert]').exists()).toBe(true)
    answer = ok(base)
    await press('重试')
    expect(wrapper.text()).toContain('最多收到 4 次')
  })
})
