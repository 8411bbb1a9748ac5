// @vitest-environment happy-dom
import type { ContactCodeRow } from '@vouch/contract'
import { describe, expect, test, vi } from 'vitest'
import { answersOf, asked, barriers, ok, openPage, press, settle, wrapper } from '../../test/open-page.ts'
import { me } from '../../test/samples.ts'
import { speak } from '../text/index.ts'
import type { CodeDetail } from '../text/contact-codes.zh.ts'

const at = new Date('2026-11-21T06:05:12.000Z')
const buildRow = (change: Partial<ContactCodeRow> = {}): ContactCodeRow => ({
  ...{ codeId: 'code-1', kind: 'event', name: '肿瘤年会', language: 'zh-CN', life: 'live', problem: '', errcode: null },
  ...{
    temporary: false,
    style: null,
    pictured: true,
    createdAt: at,
    endsAt: null,
    endedAt: null,
    came: 3,
    welcomed: 2,
  },
  reps: [{ repId: 'rep-1', name: '李娜', part: 'main', active: true }],
  ...change,
})
const buildDetail = (change: Partial<CodeDetail> = {}): CodeDetail => ({
  ...{ ...buildRow(), revision: 1, wording: '', remark: '展位', skipVerify: true, days: '12345', fromMinute: 540 },
  ...{ untilMinute: 1080, codeDays: null, chatHours: null, configId: null, takes: ['李娜'], switchesAt: at },
  ...change,
})

const open = (answers: Parameters<typeof answersOf>[0], path = '/contact-codes') => openPage(path, answersOf(answers))
const as = (roles: string[]) => ({ '/api/console/me': ok({ ...me, roles }) })
const api = '/api/console/contact-codes'
const withRows = (rows: ContactCodeRow[], may: string[] = ['change']) => ({ [api]: ok({ rows, next: null, may }) })
const withOne = (code: CodeDetail, contacts: unknown[] = [], may: string[] = ['change']) => ({
  [`${api}/one`]: ok({ code, contacts, next: null, may }),
})
const type = async (label: string, value: string) => {
  const field = [...document.querySelectorAll('label')].find((one) => one.textContent?.trim().startsWith(label))
  const input = field?.querySelector<HTMLInputElement>('input, textarea')
  if (!input) throw new Error(`no field ${label}`)
  input.value = value
  input.dispatchEvent(new Event('input'))
  await settle()
}

describe('contact codes', () => {
  test('are listed with whom they lead to and what is wrong, in both languages', async () => {
    const lost = buildRow({ codeId: 'code-2', problem: 'lost' })
    const temporary = buildRow({ codeId: 'code-3', life: 'refused', problem: 'not_medical', errcode: 48002 })
    await open({ ...as(['compliance_officer']), ...withRows([buildRow(), lost, temporary]) })
    const rows = wrapper.findAll('tbody tr').map((row) => row.text())
    expect(rows[0]).toMatch(/肿瘤年会.*李娜.*使用中.*3.*2/s)
    expect(rows[1]).toContain('请重新打印海报')
    expect(rows[2]).toContain('只给认证为医疗行业的企业生成临时会话码')
    expect(rows[2]).toContain('企业微信 48002')
    expect(await barriers()).toEqual([])
    await speak('en')
    await settle()
    expect(wrapper.text()).toContain('only for companies registered in the medical sector')
  })

  test('are only looked at by an auditor', async () => {
    await open({ ...as(['auditor']), ...withRows([buildRow()], []) })
    expect(wrapper.text()).not.toContain('新建名片码')
    wrapper.unmount()
    await open({ ...as(['auditor']), ...withOne(buildDetail(), [], []) }, '/contact-codes/code-1')
    expect(wrapper.text()).not.toContain('停用')
  })

  test('that cannot be read say so, with a way to try again', async () => {
    await open(as(['auditor']))
    expect(wrapper.findAll('.problem')).toHaveLength(1)
    await press('重试')
    expect(asked.filter(({ path }) => path === api).length).toBeGreaterThan(1)
  })
})

describe('a new code', () => {
  const reps = { [`${api}/reps`]: ok({ reps: [{ repId: 'rep-1', name: '李娜' }] }) }
  async function fillIn(): Promise<void> {
    await type('名称', '义诊')
    const search = document.querySelector<HTMLInputElement>('input[type=search]')!
    search.value = '李'
    search.dispatchEvent(new Event('input'))
    await new Promise((resolve) => setTimeout(resolve, 300))
    await settle()
    await press('加上李娜')
  }

  test('keeps what was typed when it fails, and is tried as the same one', async () => {
    let status = 503
    await open(
      {
        ...{ ...as(['system_admin']), ...reps, ...withOne(buildDetail({ life: 'making', pictured: false })) },
        [`${api}/new`]: () => (status === 200 ? ok({ outcome: 'asked', codeId: 'code-1' }) : { status, data: 'busy' }),
      },
      '/contact-codes/new',
    )
    await fillIn()
    await press('生成名片码')
    expect(wrapper.text()).toContain('没有保存。写的内容还在')
    expect(await barriers()).toEqual([])
    status = 200
    await press('生成名片码')
    const wishes = asked.filter(({ path }) => path === `${api}/new`).map(({ input }) => input)
    expect(wishes).toHaveLength(2)
    expect(wishes[1]).toMatchObject({ name: '义诊', mainIds: ['rep-1'], days: '', fromMinute: null, kind: 'event' })
    expect(wishes[0]!['requestId']).toBe(wishes[1]!['requestId'])
    expect(wrapper.text()).toContain('正在请企业微信生成')
  })

  test('that is refused says why', async () => {
    await open(
      {
        ...{ ...as(['system_admin']), ...reps },
        [`${api}/new`]: ok({ outcome: 'refused', why: 'names_product', about: '示例单抗' }),
      },
      '/contact-codes/new',
    )
    await fillIn()
    await press('生成名片码')
    expect(wrapper.text()).toContain('欢迎语里出现了产品名“示例单抗”')
  })
})

describe('one code', () => {
  const contact = {
    ...{ externalUserId: 'wm1', nickname: '清泉', account: null, rep: '李娜', cameAt: at },
    ...{ following: false, welcome: 'late' },
  }
  test('shows whom it leads to, its hours, who came by it; and is looked at again while WeCom makes it', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    let code = buildDetail({ life: 'making', pictured: false })
    await open(
      {
        ...as(['compliance_officer']),
        [`${api}/one`]: () => ok({ code, contacts: [contact], next: null, may: ['change'] }),
      },
      '/contact-codes/code-1',
    )
    expect(wrapper.find('.code-picture').exists()).toBe(false)
    code = buildDetail()
    await vi.advanceTimersByTimeAsync(1_600)
    await settle()
    expect(wrapper.get('.code-picture').attributes('alt')).toBe('肿瘤年会 的二维码')
    expect(wrapper.get('.code-facts').text()).toContain('周一、二、三、四、五 09:00–18:00')
    expect(wrapper.get('tbody tr').text()).toMatch(/清泉.*还没对上医生.*已不是联系人.*李娜.*太晚，没有发/s)
    expect(await barriers()).toEqual([])
    const looks = asked.length
    await vi.advanceTimersByTimeAsync(5_000)
    expect(asked.length).toBe(looks)
  })

  test('that somebody else changed meanwhile is not written over', async () => {
    await open(
      {
        ...as(['compliance_officer']),
        ...withOne(buildDetail()),
        [`${api}/change`]: ok({ outcome: 'stale', by: '何静' }),
      },
      '/contact-codes/code-1',
    )
    await press('修改名片码')
    await type('为什么改', '换人')
    await type('为什么改', '换人接手')
    await press('保存修改')
    expect(document.body.textContent).toContain('何静刚刚改过，没有保存')
    expect(asked.find(({ path }) => path === `${api}/change`)?.input).toMatchObject({ revision: 1, days: '12345' })
  })

  test('is ended with a reason', async () => {
    await open(
      { ...as(['compliance_officer']), ...withOne(buildDetail()), [`${api}/end`]: ok({ done: true }) },
      '/contact-codes/code-1',
    )
    await press('停用')
    const sheet = document.querySelector<HTMLElement>('[role=dialog]')!
    await type('为什么停用', '会议结束')
    await press('停用', sheet)
    expect(asked.find(({ path }) => path === `${api}/end`)?.input).toEqual({ codeId: 'code-1', reason: '会议结束' })
    expect(wrapper.text()).toContain('已停用。')
  })

  test('is printed with the words of the language that is chosen', async () => {
    await open({ ...as(['compliance_officer']), ...withOne(buildDetail()) }, '/contact-codes/code-1/poster')
    expect(wrapper.get('.poster').text()).toContain('微信扫一扫')
    await wrapper.get('select').setValue('both')
    expect(wrapper.get('.poster').text()).toMatch(/微信扫一扫.*Scan with WeChat/s)
    const print = vi.fn()
    vi.stubGlobal('print', print)
    await press('打印')
    expect(print).toHaveBeenCalledOnce()
  })
})

describe('the welcome', () => {
  const words = { wordingZh: '您好，我是{rep}，{company}的。', wordingEn: 'Hello, I am {rep} of {company}.' }
  const authors = { version: 3, changedAt: at, changedBy: '何静', approvedBy: '周敏' }
  const change = {
    ...{ changeId: 'change-1', wordingZh: '您好，我是{rep}。', wordingEn: 'Hello, I am {rep}.' },
    ...{ reason: '更短', proposedBy: '何静', proposedAt: at, mine: false },
  }
  const loaded = (given: object = {}) =>
    ok({
      ...{ ...words, ...authors, change: null, disclaimerMode: 2, next: null, may: ['change'], ...given },
      rows: [
        {
          at,
          rep: '李娜',
          nickname: '清泉',
          code: '肿瘤年会',
          life: 'sent',
          asksConsent: true,
          tookMs: 2100,
          errcode: null,
        },
        { at, rep: '李娜', nickname: '', code: null, life: 'late', asksConsent: false, tookMs: null, errcode: null },
      ],
    })
  const openWelcome = (answers: Parameters<typeof answersOf>[0]) =>
    open({ ...as(['compliance']), [`${api}/welcome`]: loaded(), ...answers }, '/contact-codes/welcome')

  test('stands with its authors and what became of the newest, in both languages', async () => {
    await openWelcome({})
    for (const part of ['何静 提出，周敏 批准', '肿瘤年会', '2.1 秒', '带同意书', '太晚，没有发'])
      expect(wrapper.text()).toContain(part)
    expect(await barriers()).toEqual([])
    await speak('en')
    await settle()
    expect(wrapper.text()).toContain('proposed by 何静, approved by 周敏')
  })

  test('is changed by asking; a refusal and a line that is down lose nothing', async () => {
    const answers = [
      ok({ outcome: 'refused', reasons: ['newer_version'], about: '' }),
      { status: 0, data: '' },
      ok({ outcome: 'proposed', changeId: 'change-1' }),
    ]
    await openWelcome({ [`${api}/welcome/changes`]: () => answers.shift()! })
    await press('修改欢迎语')
    await type('中文', '您好，我是{rep}。')
    await type('为什么改', '更短')
    await press('提交审批')
    expect(asked.some(({ path }) => path.endsWith('/changes'))).toBe(false)
    await type('为什么改', '更短一些')
    for (const said of ['您填写时欢迎语已有新版', '写的内容还在']) {
      await press('提交审批')
      expect(wrapper.text()).toContain(said)
      expect(wrapper.find<HTMLTextAreaElement>('textarea').element.value).toBe('您好，我是{rep}。')
    }
    expect(await barriers()).toEqual([])
    await press('提交审批')
    expect(wrapper.text()).toContain('等合规的另一位同事批准')
    const ids = asked.filter(({ path }) => path.endsWith('/changes')).map(({ input }) => input['requestId'])
    expect([ids[1] === ids[2], ids[0] === ids[1]]).toEqual([true, false])
  })

  test('that waits is shown word by word, and approved or declined with a reason by another', async () => {
    await openWelcome({
      [`${api}/welcome`]: loaded({ change, may: ['decide'] }),
      [`${api}/welcome/decisions`]: ok({ outcome: 'done', version: null }),
    })
    expect(
      wrapper
        .findAll('.marked del')
        .map((gone) => gone.text())
        .join(' '),
    ).toContain('company')
    expect(wrapper.text()).not.toContain('修改欢迎语')
    expect(await barriers()).toEqual([])
    await press('不批准')
    expect(asked.some(({ path }) => path.endsWith('/decisions'))).toBe(false)
    await type('给提出人的话', '语气太硬')
    await press('不批准')
    expect(asked.find(({ path }) => path.endsWith('/decisions'))?.input).toEqual({
      ...{ changeId: 'change-1', decision: 'declined', reason: '语气太硬' },
    })
    expect(wrapper.text()).toContain('没有批准，欢迎语没有变')
  })

  test('that one asked for oneself can only be taken back', async () => {
    await openWelcome({
      [`${api}/welcome`]: loaded({ change: { ...change, mine: true }, may: [] }),
      [`${api}/welcome/decisions`]: ok({
        outcome: 'refused',
        reasons: ['already_decided', 'asker_lost_right'],
        about: '',
      }),
    })
    expect(wrapper.findAll('button').map((one) => one.text())).not.toContain('批准')
    await press('收回')
    expect(wrapper.text()).toMatch(/已经有人决定了.*提出的人现在已经无权提出修改/s)
  })
})
