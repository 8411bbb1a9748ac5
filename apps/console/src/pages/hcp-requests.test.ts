// @vitest-environment happy-dom
import type { HcpRequest } from '@vouch/contract'
import { describe, expect, test } from 'vitest'
import { type Answer, asked, barriers, ok, openPage, press, settle, wrapper } from '../../test/open-page.ts'
import { me } from '../../test/samples.ts'
import { speak } from '../text/index.ts'

const at = new Date('2026-11-21T06:05:12.000Z')
const buildRequest = (change: Partial<HcpRequest> = {}): HcpRequest => ({
  ...{ hcpRequestId: 'r-1', receipt: 'D7K2M9QZ2', kind: 'erasure', life: 'waiting', filedAt: at, doctor: '张伟' },
  ...{ hospital: '仁和医院', wording: '', decidedAt: null, decidedBy: null, answer: '', erased: null, kept: null },
  ...change,
})
const decided = buildRequest({
  ...{ life: 'done', decidedAt: at, decidedBy: '何静', answer: '已按规定处理' },
  erased: { contacts: 1, remarks: 2, wishes: 0, pagesRead: 9 },
})

const list = '/api/console/hcp-requests'
const decisions = `${list}/decisions`

const open = (rows: HcpRequest[], decide: () => Answer = () => ok({ outcome: 'done', request: decided })) =>
  openPage('/requests', (path) => {
    if (path === '/api/console/me') return ok({ ...me, roles: ['compliance_officer'] })
    return path === decisions ? decide() : ok({ rows, next: null, mayDecide: true })
  })
const sheet = () => document.querySelector<HTMLElement>('[role=dialog]')!
const type = async (words: string) => {
  const field = sheet().querySelector('textarea')!
  field.value = words
  field.dispatchEvent(new Event('input'))
  await settle()
}

describe('the requests of doctors', () => {
  test('are listed with what they are about, in both languages, without a barrier', async () => {
    const complaint = buildRequest({
      hcpRequestId: 'r-2',
      kind: 'complaint',
      receipt: 'T1',
      doctor: null,
      wording: '太多',
    })
    await open([buildRequest(), complaint])
    expect(wrapper.get('h1').text()).toBe('医生的请求')
    expect(wrapper.findAll('tbody tr')[0]?.text()).toMatch(/D7K2M9QZ2.*删除信息.*张伟.*待处理/s)
    expect(wrapper.findAll('tbody tr')[1]?.text()).toContain('还没对上的联系人')
    expect(await barriers()).toEqual([])
    await speak('en')
    await settle()
    expect(wrapper.findAll('tbody tr')[0]?.text()).toContain('Erasure')
  })

  test('an erasure says what goes and what stays, and needs an answer; then the list is read anew', async () => {
    await open([buildRequest()])
    await press('D7K2M9QZ2')
    expect(sheet().textContent).toMatch(/会删除：.*会保留：/s)
    const button = [...sheet().querySelectorAll('button')].find((one) => one.textContent?.includes('删除并答复'))
    expect(button?.getAttribute('aria-disabled') ?? button?.disabled).toBeTruthy()
    await type('已按规定处理')
    await press('删除并答复', sheet())
    const sent = asked.filter(({ path }) => path === decisions)
    expect(sent[0]?.input).toMatchObject({ hcpRequestId: 'r-1', decision: 'done', answer: '已按规定处理' })
    expect(asked.filter(({ path }) => path === list)).toHaveLength(2)
    expect(document.body.textContent).toContain('已处理，医生看得到答复')
  })

  test('a failure keeps what was typed, and trying again is the same decision', async () => {
    let status = 503
    await open([buildRequest()], () =>
      status === 200 ? ok({ outcome: 'done', request: decided }) : { status, data: 'busy' },
    )
    await press('D7K2M9QZ2')
    await type('不能删除的原因')
    await press('不删除，说明原因', sheet())
    expect(sheet().textContent).toContain('没有处理成功，什么都没有改变')
    expect(sheet().querySelector('textarea')?.value).toBe('不能删除的原因')
    status = 200
    await press('不删除，说明原因', sheet())
    const ids = asked.filter(({ path }) => path === decisions).map(({ input }) => input['requestId'])
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
  })

  test('decided by somebody else meanwhile says by whom and shows what they answered', async () => {
    await open([buildRequest()], () => ok({ outcome: 'already', request: decided }))
    await press('D7K2M9QZ2')
    await type('我的答复')
    await press('删除并答复', sheet())
    expect(sheet().textContent).toContain('何静 已在 2026-11-21 14:05:12 处理')
    expect(sheet().textContent).toContain('1 个联系人的昵称，2 条备注')
  })
})
