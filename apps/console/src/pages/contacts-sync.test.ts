// @vitest-environment happy-dom
import { describe, expect, test, vi } from 'vitest'
import { answersOf, asked, barriers, ok, openPage, press, settle, wrapper } from '../../test/open-page.ts'
import { me } from '../../test/samples.ts'
import { speak } from '../text/index.ts'
import type { Repair, SyncRun } from '../text/contacts-sync.zh.ts'

const at = new Date('2026-11-21T06:05:12.000Z')
const buildRun = (change: Partial<SyncRun> = {}): SyncRun => ({
  ...{ runId: 'run-1', kind: 'scheduled', stage: 'done', startedAt: at, endedAt: at, problem: null },
  ...{ askedBy: null, reason: '', reps: 40, repsRead: 40, repsSkipped: 0, strangers: 0 },
  ...{ seen: 8_000, known: 7_998, missing: 1, begun: 3, changed: 2, ended: 1, confirmed: 0 },
  ...change,
})
const buildRepair = (change: Partial<Repair> = {}): Repair => ({
  ...{ repairId: 'repair-1', at, what: 'ended', rep: '李娜', externalUserId: 'wm1', nickname: '陈医生' },
  ...{ account: '陈洁', was: 'following', isNow: 'hcp_deleted' },
  ...change,
})

const open = (answers: Parameters<typeof answersOf>[0], path = '/contacts/sync') => openPage(path, answersOf(answers))
const as = (roles: string[]) => ({ '/api/console/me': ok({ ...me, roles }) })
const withRuns = (rows: SyncRun[], may: string[] = []) => ({
  '/api/console/contacts/runs': ok({ rows, next: null, may }),
})
const withRepairs = (rows: Repair[], next: string | null = null) => ({
  '/api/console/contacts/repairs': ok({ rows, next }),
})

describe('the contact sync', () => {
  test('shows how the last one went and what it repaired, in both languages', async () => {
    await open({ ...as(['auditor']), ...withRuns([buildRun()]), ...withRepairs([buildRepair()]) })
    expect(wrapper.get('h1').text()).toBe('联系人同步')
    expect(wrapper.get('.sync-run').text()).toContain('已完成')
    expect(wrapper.get('.sync-facts').text()).toContain('40 / 40')
    expect(wrapper.get('tbody tr').text()).toMatch(/陈洁.*李娜.*结束关系.*已互加.*已结束：医生删除了代表/s)
    expect(await barriers()).toEqual([])
    await speak('en')
    await settle()
    expect(wrapper.get('tbody tr').text()).toContain('Ended: the doctor deleted the rep')
    expect(document.body.textContent).not.toContain('Sync now') // an auditor only looks
  })

  test('follows one that goes on, and reads its repairs when it is over', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    let run = buildRun({ stage: 'reading', endedAt: null, repsRead: 10, begun: 0, changed: 0, ended: 0 })
    await open({
      ...{ ...as(['system_admin']), ...withRepairs([]) },
      '/api/console/contacts/runs': () => ok({ rows: [run], next: null, may: ['start'] }),
    })
    expect(wrapper.get<HTMLProgressElement>('progress').element.value).toBe(10)
    expect(wrapper.get('.sync-run').text()).toContain('已读到 8000 段关系，读完 10 / 40 位代表')
    const before = asked.filter(({ path }) => path.endsWith('/repairs')).length
    run = { ...run, begun: 500 }
    await vi.advanceTimersByTimeAsync(2_100)
    expect(asked.filter(({ path }) => path.endsWith('/repairs'))).toHaveLength(before)
    run = buildRun()
    await vi.advanceTimersByTimeAsync(2_100)
    await settle()
    expect(wrapper.find('progress').exists()).toBe(false)
    expect(asked.filter(({ path }) => path.endsWith('/repairs'))).toHaveLength(before + 1)
  })

  test('says why one stopped, and what to do', async () => {
    const run = buildRun({ stage: 'stopped', problem: 'too_many_ends', missing: 900, known: 8_000 })
    await open({ ...as(['system_admin']), ...withRuns([run], ['start']), ...withRepairs([]) })
    expect(wrapper.get('.sync-run').text()).toContain('8000 段关系里，有 900 段')
    expect(wrapper.text()).toContain('没有需要修复的')
  })

  test('begins one with a reason; a failure keeps what was typed and is tried as the same one', async () => {
    let status = 503
    await open({
      ...{ ...as(['system_admin']), ...withRuns([buildRun()], ['start']), ...withRepairs([]) },
      '/api/console/contacts/sync': () =>
        status === 200 ? ok({ outcome: 'started', runId: 'run-2' }) : { status, data: 'busy' },
    })
    await press('现在同步')
    const sheet = document.querySelector<HTMLElement>('[role=dialog]')!
    const reason = sheet.querySelector('textarea')!
    reason.value = '换了部门'
    reason.dispatchEvent(new Event('input'))
    sheet.querySelector<HTMLInputElement>('[type=checkbox]')!.click()
    await settle()
    await press('现在同步', sheet)
    expect(sheet.textContent).toContain('没有开始。写的内容还在')
    expect(reason.value).toBe('换了部门')
    status = 200
    await press('现在同步', sheet)
    const starts = asked.filter(({ path }) => path.endsWith('/sync')).map(({ input }) => input)
    expect(starts).toHaveLength(2)
    expect(starts[1]).toMatchObject({ reason: '换了部门', endMany: true })
    expect(starts[0]!['requestId']).toBe(starts[1]!['requestId'])
    expect(wrapper.text()).toContain('已开始')
  })

  test('keeps what it shows when a refresh fails, and says what it could not read', async () => {
    let down = false
    const unless = (data: unknown) => () => (down ? { status: 503, data: 'busy' } : ok(data))
    await open({
      ...as(['auditor']),
      '/api/console/contacts/runs': unless({ rows: [buildRun()], next: null, may: [] }),
      '/api/console/contacts/repairs': unless({ rows: [buildRepair()], next: null }),
    })
    down = true
    await press('刷新')
    expect(wrapper.text()).toContain('没有刷新，下面是之前读到的')
    expect(wrapper.text()).toContain('没有读到同步的情况')
    expect(wrapper.text()).toContain('陈洁')
  })

  test('that cannot be read at all says so once, with a way to try again', async () => {
    await open(as(['auditor']))
    expect(wrapper.findAll('.problem')).toHaveLength(1)
    await press('重试')
    expect(asked.filter(({ path }) => path.endsWith('/runs')).length).toBeGreaterThan(1)
  })

  test('before the first one says when it begins', async () => {
    await open({ ...as(['compliance_officer']), ...withRuns([]), ...withRepairs([]) })
    expect(wrapper.text()).toContain('还没有同步过')
  })
})
