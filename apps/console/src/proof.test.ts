// @vitest-environment happy-dom
import type { AuditRow } from '@vouch/contract'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Answer, answersOf, asked, ok, openPage, play, press, settle, wrapper } from '../test/open-page.ts'
import { me } from '../test/samples.ts'

const entry: AuditRow = {
  ...{ entryId: 'e-1', at: new Date(), actorKind: 'admin', actor: '刘洋', event: 'content.withdrawn', reason: '' },
  ...{ said: { zh: '撤回资料', en: 'Piece withdrawn' }, subjectId: 'c-1', subject: '研究摘要', path: null },
  subjectKind: { zh: '资料', en: 'Piece' },
  ...{ accountId: null, doctor: '', details: [] },
}
const needed: Answer = { status: 401, data: 'proof_needed' }
const begun = ok({ proofId: 'p1', endsAt: new Date(), wecomUrl: 'https://login.test/' })
let proved = false
let look: Answer = ok({ outcome: 'waiting', refusedFor: null })

const answers = {
  '/api/console/me': ok({ ...me, roles: ['auditor'] }),
  '/api/console/audit': ok({ rows: [entry], next: null }),
  '/api/console/audit/events': ok({ events: [] }),
  '/api/console/audit/exports': () => (proved ? ok({ csv: 'a', rows: 1, cut: false }) : needed),
  '/api/console/proofs': begun,
  '/api/console/proofs/look': () => look,
}

const asks = (path: string) => asked.filter((one) => one.path === path).length
const sheet = () => document.querySelector('[role="dialog"]')

async function openExport(): Promise<void> {
  proved = false
  look = ok({ outcome: 'waiting', refusedFor: null })
  await openPage('/audit', answersOf(answers))
  await press('导出 CSV')
  await vi.waitFor(() => expect(sheet()?.textContent).toContain('请确认是您本人'))
  await settle()
}

afterEach(() => vi.restoreAllMocks())

describe('an export that a session alone does not allow', () => {
  test('asks for a proof in a new window and goes on by itself', async () => {
    const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {})
    await openExport()
    expect(sheet()?.textContent).toContain('导出会把个人信息带出系统')
    expect(sheet()?.querySelector('a')).toMatchObject({
      href: 'https://login.test/',
      target: '_blank',
      rel: 'noopener',
    })
    proved = true
    look = ok({ outcome: 'proved', refusedFor: null })
    window.dispatchEvent(new Event('focus'))
    await settle()
    expect(asks('/api/console/audit/exports')).toBe(2)
    expect(saved).toHaveBeenCalledOnce()
    expect(sheet()).toBeNull()
  })

  test('is not made when somebody cancels, and the page says so', async () => {
    await openExport()
    await press('取消', sheet()!)
    expect(asks('/api/console/audit/exports')).toBe(1)
    expect(wrapper.text()).toContain('没有做：要先确认是您本人')
    expect(sheet()).toBeNull()
  })

  test('says that another person signed in, and begins anew', async () => {
    await openExport()
    look = ok({ outcome: 'refused', refusedFor: 'other_person' })
    window.dispatchEvent(new Event('focus'))
    await settle()
    expect(sheet()?.textContent).toContain('登录的是另一个人')
    await press('重新确认')
    expect(asks('/api/console/proofs')).toBe(2)
    expect(sheet()?.textContent).not.toContain('登录的是另一个人')
  })

  test('says so when the service cannot be reached, and can begin again', async () => {
    proved = false
    await openPage('/audit', answersOf({ ...answers, '/api/console/proofs': { status: 503, data: 'busy' } }))
    await press('导出 CSV')
    await vi.waitFor(() => expect(sheet()?.textContent).toContain('服务正忙'))
    play(answersOf(answers))
    await press('重新确认')
    expect(sheet()?.querySelector('a')?.href).toBe('https://login.test/')
  })

  test('closes with the session', async () => {
    await openExport()
    play(() => ({ status: 401, data: 'not_signed_in' }))
    window.dispatchEvent(new Event('focus'))
    await settle()
    expect(sheet()).toBeNull()
    expect(wrapper.text()).toContain('登录已到期')
  })
})
