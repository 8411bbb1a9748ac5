// @vitest-environment happy-dom
import type { PersonDetail, PersonRow, RoleChange } from '@vouch/contract'
import { describe, expect, test } from 'vitest'
import { answersOf, asked, barriers, ok, openPage, press, settle, wrapper } from '../../test/open-page.ts'
import { me } from '../../test/samples.ts'
import { speak } from '../text/index.ts'

const at = new Date('2026-11-21T06:05:12.000Z')
const row: PersonRow = {
  ...{ personId: 'p-1', name: '王磊', nameEn: 'Wang Lei', wecomUserId: 'wanglei', local: false, status: 'active' },
  ...{ leftAt: null, roles: [{ role: 'rep', until: null }], filingNumber: 'F-1', filedUntil: null },
  ...{ employmentProvedAt: at, signedInAt: at, reviewedAt: null, waiting: 1 },
}
const east = { code: 'east', name: '华东', nameEn: 'East China' }
const change: RoleChange = {
  ...{ changeId: 'c-1', personId: 'p-1', person: '王磊', role: 'manager', until: null, territories: ['east'] },
  ...{ reason: '升职', askedBy: '罗安', askedAt: at, mine: false, mayDecide: true },
}
const detail: PersonDetail = {
  ...{ ...row, changes: [], products: ['PD1'], territories: ['east'], groups: [], managed: [], mark: 'a'.repeat(64) },
  holdings: [{ role: 'rep', since: at, until: null, askedBy: '罗安', approvedBy: '魏宁', mayTake: true }],
  history: [
    {
      at,
      what: 'granted',
      role: 'rep',
      until: null,
      territories: [],
      askedBy: '罗安',
      decidedBy: '魏宁',
      reason: '入职',
    },
  ],
  ...{ mayGrant: true, mayEntitle: true, mayReview: true },
  choices: { products: [{ code: 'PD1', name: '示例单抗', nameEn: 'Examplimab' }], territories: [east], groups: [] },
}

const root = '/api/console/people'
const open = (path: string, answers: Parameters<typeof answersOf>[0]) =>
  openPage(path, (to, input) =>
    to === '/api/console/me'
      ? ok({ ...me, roles: ['security_admin'] })
      : answersOf({ '/roles/changes/waiting': ok({ rows: [], territories: [east] }), ...answers })(
          to.replace(root, ''),
          input,
        ),
  )
const page = (given: object = {}) =>
  ok({ rows: [row], next: null, mayAdd: true, mayGrant: true, granters: 2, ...given })
const inputsOf = (path: string) => asked.filter((one) => one.path === root + path).map(({ input }) => input)
const sheet = () => document.querySelector<HTMLElement>('[role=dialog]')!
/** The sheet holds the focus; what lies behind is hidden although it could be reached without that. */
const inSheet = async () => (await barriers()).filter((one) => !one.startsWith('aria-hidden-focus'))
async function type(text: string, field = [...sheet().querySelectorAll('textarea')].at(-1)!): Promise<void> {
  field.value = text
  field.dispatchEvent(new Event('input'))
  await settle()
}

describe('the people', () => {
  test('are asked for as the address says, and shown in both languages', async () => {
    await open('/people?role=rep&waiting=yes&q=wang', { '': page() })
    expect(inputsOf('')).toEqual([
      { show: 'active', role: 'rep', waiting: 'yes', query: 'wang', order: 'name', cursor: null },
    ])
    expect(wrapper.get('tbody tr').text()).toMatch(/王磊.*wanglei.*代表.*1 个角色等审批.*F-1.*从未/s)
    expect(await barriers()).toEqual([])
    await speak('en')
    await settle()
    expect(wrapper.get('tbody tr').text()).toMatch(/rep.*1 role waits.*Never/s)
  })

  test('say what to do while nobody could be the second person', async () => {
    await open('/people', { '': page({ granters: 1 }) })
    expect(wrapper.text()).toMatch(/只有一个人能授予角色.*npm run admin/s)
  })

  test('a role that waits is approved here, and a refusal says why', async () => {
    let waits = true
    let refuses = true
    await open('/people', {
      '': page(),
      '/roles/changes/waiting': () => ok({ rows: waits ? [change] : [], territories: [east] }),
      '/roles/decisions': () => {
        if (refuses) return ok({ outcome: 'refused', reasons: ['admins_exclude', 'asker_lost_right'] })
        waits = false
        return ok({ outcome: 'done' })
      },
    })
    expect(wrapper.get('article').text()).toMatch(/罗安 提出给 王磊 “区域经理”角色.*片区：华东.*升职/s)
    await press('批准')
    expect(wrapper.get('article').text()).toMatch(/不能是同一个人.*提出的人现在已经不能授予角色/s)
    expect(await barriers()).toEqual([])
    refuses = false
    await press('批准')
    expect(inputsOf('/roles/decisions')).toEqual([
      { changeId: 'c-1', decision: 'approved', reason: '' },
      { changeId: 'c-1', decision: 'approved', reason: '' },
    ])
    expect(wrapper.find('article').exists()).toBe(false)
    expect(wrapper.text()).toContain('已批准，马上生效')
  })

  test('are added by their user ids; what did not work stays typed', async () => {
    await open('/people', {
      '': page(),
      '/newcomers': ok({ userIds: ['chen.chen'] }),
      '/additions': ok({
        rows: [
          { userId: 'chen.chen', outcome: 'added', personId: 'p-2', name: '陈晨' },
          { userId: 'wrong', outcome: 'unknown_to_wecom', personId: null, name: '' },
        ],
      }),
    })
    await press('添加同事')
    await type('不是账号')
    expect(sheet().textContent).toContain('不是企业微信账号')
    await type('wrong')
    await press('看企业微信里还有谁', sheet())
    await press('chen.chen', sheet())
    expect(await inSheet()).toEqual([])
    await press('添加 2 位', sheet())
    expect(inputsOf('/additions')).toEqual([{ userIds: ['wrong', 'chen.chen'] }])
    expect(sheet().textContent).toMatch(/陈晨.*已添加，还没有角色.*wrong.*没有这个账号/s)
    expect(sheet().querySelector('textarea')?.value).toBe('wrong')
  })

  test('are exported as shown; what fails says so', async () => {
    await open('/people?show=left', { '': page(), '/exports': { status: 503, data: 'busy' } })
    await press('导出权限记录')
    expect(inputsOf('/exports')).toEqual([
      { show: 'left', role: '', waiting: '', query: '', order: 'name', language: 'zh' },
    ])
    expect(wrapper.get('.list-fault').text()).toContain('没有导出')
  })
})

describe('one colleague', () => {
  test('shows what they may do, on whose word, and what they sell', async () => {
    await open('/people/p-1', { '/detail': ok(detail) })
    expect(wrapper.text()).toMatch(/代表.*罗安 提出，魏宁 批准.*wanglei.*示例单抗.*华东.*F-1.*授予.*入职/s)
    expect(await barriers()).toEqual([])
    wrapper.unmount()
    await open('/people/p-9', { '/detail': { status: 404, data: 'not_found' } })
    expect(wrapper.text()).toContain('没有这位同事')
  })

  test('is asked a role for; what was entered stays when it is refused', async () => {
    let outcome: object = { outcome: 'refused', reasons: ['auditor_acts'] }
    await open('/people/p-1', { '/detail': ok(detail), '/roles/changes': () => ok(outcome) })
    await press('授予角色')
    const select = sheet().querySelector('select')!
    select.value = 'auditor'
    select.dispatchEvent(new Event('change'))
    await type('季度审计')
    const send = () => [...sheet().querySelectorAll('button')].at(-1)!
    expect(send().disabled).toBe(true)
    const day = sheet().querySelector<HTMLInputElement>('input[type=date]')!
    day.value = '2026-12-31'
    day.dispatchEvent(new Event('input'))
    await settle()
    expect(await inSheet()).toEqual([])
    await press('提交审批', sheet())
    expect(sheet().textContent).toContain('审计员只看不做')
    outcome = { outcome: 'proposed', changeId: 'c-2', inForce: false }
    await press('提交审批', sheet())
    const [first, second] = inputsOf('/roles/changes')
    expect(first).toMatchObject({
      role: 'auditor',
      until: '2026-12-31T15:59:59.999Z',
      territories: [],
      reason: '季度审计',
    })
    expect(second?.['requestId']).toBe(first?.['requestId'])
    expect(wrapper.text()).toContain('已提交，等另一位安全管理员批准')
  })

  test('loses a role with a reason, and hears why the last one stays', async () => {
    let outcome: object = { outcome: 'refused', reasons: ['last_security_admin'] }
    await open('/people/p-1', { '/detail': ok(detail), '/roles/takings': () => ok(outcome) })
    await press('收回')
    await type('调岗了')
    await press('收回角色', sheet())
    expect(sheet().textContent).toContain('最后一位安全管理员')
    outcome = { outcome: 'done' }
    await press('收回角色', sheet())
    expect(inputsOf('/roles/takings').at(-1)).toEqual({ personId: 'p-1', role: 'rep', reason: '调岗了' })
    expect(wrapper.text()).toContain('已收回，马上生效')
  })

  test('is reviewed as seen', async () => {
    await open('/people/p-1', { '/detail': ok(detail), '/reviews': { status: 409, data: 'stale_revision' } })
    await press('复核无误')
    await type('季度复核')
    await press('复核无误', sheet())
    expect(inputsOf('/reviews')).toEqual([{ personId: 'p-1', roles: ['rep'], reason: '季度复核' }])
    expect(sheet().textContent).toContain('角色刚有变化')
  })

  test('is given products and filing; whoever was slower keeps what they entered', async () => {
    let mark = 'a'.repeat(64)
    await open('/people/p-1', {
      '/detail': () => ok({ ...detail, mark }),
      '/entitlements': (input) =>
        input['mark'] === 'b'.repeat(64) ? ok({ outcome: 'done', mark }) : { status: 409, data: 'stale_revision' },
    })
    await press('修改')
    sheet().querySelector<HTMLInputElement>('input[value=PD1]')!.click()
    await type('换产品线')
    mark = 'b'.repeat(64)
    expect(await inSheet()).toEqual([])
    await press('保存', sheet())
    expect(sheet().textContent).toContain('有人刚改过')
    await press('保存', sheet())
    expect(inputsOf('/entitlements').at(-1)).toMatchObject({ products: [], territories: ['east'], reason: '换产品线' })
    expect(wrapper.text()).toContain('已保存，下一次发送起生效')
  })
})
