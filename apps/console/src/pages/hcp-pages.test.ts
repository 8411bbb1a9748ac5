// @vitest-environment happy-dom
import type { AccountDetail, AccountImport, AccountPair, AccountRow, MergePreview } from '@vouch/contract'
import { describe, expect, test } from 'vitest'
import { answersOf, asked, barriers, ok, openPage, press, settle, wrapper } from '../../test/open-page.ts'
import { me } from '../../test/samples.ts'
import { speak } from '../text/index.ts'

const at = new Date('2026-11-21T06:05:12.000Z')
const brief = {
  ...{ accountId: 'a-1', externalId: 'HCP-1', doctor: '张伟', title: '主任医师', department: '肿瘤内科' },
  ...{ hospital: '仁和医院', territory: 'east', licenceNumber: '110000000000011', verified: true, active: true },
}
const other = { ...brief, accountId: 'a-2', externalId: 'HCP-2', doctor: '章伟', licenceNumber: null, verified: false }
const row: AccountRow = { ...brief, verifiedSource: 'list', mergedInto: null, contacts: 2, duplicates: 1 }
const territories = [{ code: 'east', name: '华东', nameEn: 'East China' }]
const detail: AccountDetail = {
  ...{ ...brief, post: '科主任', campus: '', hospitalId: 'h-1', specialty: '', revision: 3, corrected: ['title'] },
  ...{ verifiedSource: 'list', verifiedAt: at, verifiedBy: '', mergedInto: null, mergedIntoDoctor: '', sends: 4 },
  ...{ assignments: [], relations: [], duplicates: [], merges: [], trail: [], specialties: [], territories },
  standings: [{ purpose: 'receive', standing: 'withdrawn', since: at }],
  ...{ mayWrite: true, mayReadConsents: true },
}
const preview: MergePreview = {
  ...{ survivor: { ...brief, revision: 3 }, merged: { ...other, revision: 1 }, contacts: 1, sends: 2 },
  ...{ monthSends: 3, monthLimit: 4, assignments: 0, records: 0, refusals: [] },
  differences: [{ field: 'name', survivor: '张伟', merged: '章伟', after: '张伟' }],
  standings: [{ purpose: 'receive', survivor: 'opted_in', merged: 'withdrawn', after: 'withdrawn' }],
}
const run: AccountImport = {
  ...{ importId: 'i-1', fileName: '医生.csv', stage: 'checked', problem: '', about: '', rowCount: 3, rowsDone: 3 },
  ...{ rowsNew: 2, rowsChanged: 0, rowsUnchanged: 0, rowsFailed: 1, rowsKept: 1, by: '何静', createdAt: at },
  ...{ releasedBy: '', releasedAt: null, doneAt: at, mayWrite: true, mayCancel: true },
}

const root = '/api/console/accounts'
const open = (path: string, answers: Parameters<typeof answersOf>[0], roles = me.roles) =>
  openPage(path, (to, input) =>
    to === '/api/console/me' ? ok({ ...me, roles }) : answersOf(answers)(to.replace(root, ''), input),
  )
const sheet = () => document.querySelector<HTMLElement>('[role=dialog]')!
async function type(text: string): Promise<void> {
  const field = [...sheet().querySelectorAll('textarea')].at(-1)!
  field.value = text
  field.dispatchEvent(new Event('input'))
  await settle()
}

describe('the list of doctors', () => {
  const page = (change: object = {}) =>
    ok({ rows: [row], next: null, territories, own: null, mayWrite: true, ...change })

  test('asks for what its address says, and shows who they are, in both languages', async () => {
    await open('/doctors?verified=no&territory=east&q=zhang', { '': page() })
    expect(asked.find(({ path }) => path === '/api/console/accounts')?.input).toEqual({
      ...{
        show: 'active',
        verified: 'no',
        contact: '',
        territory: 'east',
        query: 'zhang',
        order: 'doctor',
        cursor: null,
      },
    })
    expect(wrapper.get('tbody tr').text()).toMatch(/张伟.*仁和医院.*华东.*已核实.*2 位.*1 份疑似重复/s)
    expect(await barriers()).toEqual([])
    await speak('en')
    await settle()
    expect(wrapper.get('tbody tr').text()).toMatch(/East China.*Verified.*1 possible duplicate/s)
  })

  test('tells a manager whose doctors they see, and why there are none', async () => {
    await open('/doctors', { '': page({ own: ['east'], mayWrite: false }) }, ['manager'])
    expect(wrapper.text()).toContain('只显示您负责的片区：华东')
    expect(wrapper.find('nav[aria-label="医生栏目"]').exists()).toBe(false)
    wrapper.unmount()
    await open('/doctors', { '': page({ rows: [], own: [], territories: [] }) }, ['manager'])
    expect(wrapper.text()).toContain('您名下还没有片区')
  })

  test('is exported as it is shown; what fails says so', async () => {
    let status = 503
    await open('/doctors?show=all', {
      '': page(),
      '/export': () => (status === 200 ? ok({ csv: 'x', rows: 1, cut: false }) : { status, data: 'busy' }),
    })
    await press('导出 CSV')
    expect(wrapper.get('.list-fault').text()).toContain('没有导出')
    status = 200
    URL.createObjectURL = () => 'blob:x'
    URL.revokeObjectURL = () => {}
    await press('导出 CSV')
    expect(asked.at(-1)?.input).toMatchObject({ show: 'all', language: 'zh' })
    expect(wrapper.text()).toContain('已导出 1 行')
  })
})

describe('one doctor', () => {
  test('shows proof, corrections and standing, and what is wrong when there is none', async () => {
    await open('/doctors/of/a-1', { '/detail': ok(detail) })
    expect(wrapper.get('.hcp-facts').text()).toMatch(/主任医师.*人工更正.*已核实.*110000000000011.*公司名单/s)
    expect(wrapper.text()).toContain('接收资料：已撤回')
    expect(wrapper.text()).toContain('共发送 4 次')
    expect(await barriers()).toEqual([])
    wrapper.unmount()
    await open('/doctors/of/a-9', { '/detail': { status: 404, data: 'account_not_found' } })
    expect(wrapper.text()).toContain('没有这位医生，或不在您的片区')
  })

  test('is corrected; when somebody was faster, what was typed stays', async () => {
    let revision = 3
    await open('/doctors/of/a-1', {
      '/detail': () => ok({ ...detail, revision }),
      '/corrections': (input) =>
        input['revision'] === 4 ? ok({ revision: 5 }) : { status: 409, data: 'stale_revision' },
    })
    await press('更正')
    await type('名片上如此')
    revision = 4
    await press('保存更正', sheet())
    expect(sheet().textContent).toContain('有人刚改过这份档案')
    expect([...sheet().querySelectorAll('textarea')].at(-1)?.value).toBe('名片上如此')
    await press('保存更正', sheet())
    expect(wrapper.text()).toContain('已更正')
  })

  test('is verified, and never by a number that holds a citizen id', async () => {
    await open('/doctors/of/a-1', {
      '/detail': ok(detail),
      '/verifications': ok({ outcome: 'refused', reasons: ['carries_id_number'] }),
    })
    await press('核实执业身份')
    await type('看过原件')
    await press('保存', sheet())
    expect(sheet().textContent).toContain('里面有身份证号')
    expect(asked.at(-1)?.input).toMatchObject({ revision: 3, verified: true, source: 'licence_seen' })
  })
})

describe('doubles', () => {
  const pair: AccountPair = {
    ...{ pairId: 'a-1.a-2', reasons: ['same_sound', 'same_department'], points: 25, one: brief, other },
    ...{ settled: null, settledBy: '', settledAt: null, reason: '' },
  }

  test('are proposed with why, and dismissed with a reason', async () => {
    let rows = [pair]
    await open('/doctors/duplicates', {
      '/pairs': () => ok({ rows, next: null, mayWrite: true }),
      '/pairs/dismissals': () => {
        rows = []
        return ok({ done: true })
      },
    })
    expect(wrapper.get('article').text()).toMatch(/有些像.*读音相近.*张伟.*章伟/s)
    expect(await barriers()).toEqual([])
    await press('是两位医生')
    await type('都认识')
    await press('是两位医生', sheet())
    expect(asked.find(({ path }) => path.endsWith('/dismissals'))?.input).toEqual({
      ...{ accountId: 'a-1', otherId: 'a-2', reason: '都认识' },
    })
    expect(wrapper.text()).toContain('没有疑似重复的档案')
  })

  test('are shown side by side before they are merged, anew when one of them changed', async () => {
    let revision = 3
    await open('/doctors/merge?one=a-1&other=a-2', {
      '/merges/preview': () => ok({ ...preview, survivor: { ...preview.survivor, revision } }),
      '/merges': (input) =>
        input['survivorRevision'] === 4
          ? ok({ outcome: 'merged', mergeId: 'm-1' })
          : { status: 409, data: 'stale_revision' },
      '/detail': ok(detail),
    })
    expect(wrapper.text()).toMatch(/姓名.*张伟.*章伟.*接收资料.*已撤回.*1 位联系人.*3 \/ 4/s)
    expect(await barriers()).toEqual([])
    await press('合并')
    await type('同一人')
    revision = 4
    await press('合并', sheet())
    expect(wrapper.text()).toContain('有人刚改过其中一份')
    await press('合并')
    await type('同一人')
    await press('合并', sheet())
    expect(wrapper.text()).toContain('已合并，可以在医生页面撤销')
    const [first, second] = asked.filter(({ path }) => path.endsWith('/merges'))
    expect(first?.input['requestId']).not.toBe(second?.input['requestId'])
  })
})

describe('a list that is imported', () => {
  test('is looked at first; its rows say what is wrong, and it is written when told', async () => {
    let stage: AccountImport['stage'] = 'checked'
    const rows = [
      {
        number: 1,
        line: 2,
        outcome: 'new',
        field: '',
        problem: '',
        notes: ['kept:title'],
        accountId: null,
        doctor: '甲',
      },
      {
        number: 2,
        line: 3,
        outcome: 'failed',
        field: 'licence_no',
        problem: 'licence_length',
        notes: [],
        accountId: null,
        doctor: '乙',
      },
    ]
    await open('/doctors/imports', {
      '/imports': () => ok({ rows: [{ ...run, stage, mayWrite: stage === 'checked' }], next: null, mayStart: true }),
      '/imports/rows': ok({ rows, next: null }),
      '/imports/steps': () => {
        stage = 'done'
        return ok({ outcome: 'done' })
      },
    })
    expect(wrapper.get('article').text()).toMatch(/检查完，还没有写入.*2 将新增.*1 有错，不写入/s)
    await press('看每一行')
    expect(wrapper.get('tbody').text()).toMatch(/甲.*职称由人更正过，保留不改.*乙.*执业证号：执业证书编码应是 15 位/s)
    expect(await barriers()).toEqual([])
    await press('写入名录')
    expect(wrapper.get('article').text()).toContain('已写入')
    expect(wrapper.text()).toContain('已开始写入')
  })
})
