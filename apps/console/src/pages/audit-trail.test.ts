// @vitest-environment happy-dom
import type { AuditRow } from '@vouch/contract'
import { describe, expect, test, vi } from 'vitest'
import type { Router } from 'vue-router'
import { type Answer, asked, barriers, ok, openPage, press, settle, wrapper } from '../../test/open-page.ts'
import { me } from '../../test/samples.ts'
import { speak } from '../text/index.ts'

const at = new Date('2026-11-21T06:05:12.000Z')
const withdrawn: AuditRow = {
  ...{ entryId: '01KAJ7ZQ0V6R3X8T2M5N9P4WBC', at, actorKind: 'admin', actor: '刘洋', event: 'content.withdrawn' },
  ...{ said: { zh: '撤回资料', en: 'Piece withdrawn' }, subjectId: 'c-1', subject: '研究摘要', path: '/content/c-1' },
  subjectKind: { zh: '资料', en: 'Piece' },
  ...{ accountId: null, doctor: '', reason: '数据有误', details: [{ name: 'before', value: '{"state":"approved"}' }] },
}
const refused: AuditRow = {
  ...{ ...withdrawn, entryId: 'e-2', actorKind: 'rep', actor: '王磊', event: 'send.refused', subject: '', path: null },
  ...{ said: { zh: '发送被拦下', en: 'Send blocked' }, accountId: 'a-1', doctor: '张伟', reason: '' },
  ...{ subjectId: '01KAJ7ZQ0V6R3X8T2M5N9P4SND', subjectKind: { zh: '发送', en: 'Send' } },
}
const root = '/api/console/audit'

let pages: Router
const inputsOf = (path: string) => asked.filter((one) => one.path === path).map(({ input }) => input)
async function open(
  address = '/audit',
  answer: (input: Record<string, unknown>) => Answer = () => ok({ rows: [withdrawn, refused], next: null }),
) {
  pages = await openPage(address, (path, input) => {
    if (path === '/api/console/me') return ok({ ...me, roles: ['auditor'] })
    if (path === `${root}/events`)
      return ok({ events: [withdrawn, refused].map(({ event, said }) => ({ event, said })) })
    if (path === `${root}/exports`) return ok({ csv: 'x', rows: 2, cut: true })
    return answer(input)
  })
}

describe('the audit trail', () => {
  test('tells each entry in words with links, in both languages, without a barrier', async () => {
    await open()
    const [first, second] = wrapper.findAll('tbody tr')
    expect(first?.text()).toMatch(/2026-11-21 14:05:12.*刘洋.*后台.*撤回资料.*研究摘要.*数据有误/s)
    expect(first?.find('a.content-link').attributes('href')).toBe('/content/c-1')
    expect(second?.text()).toMatch(/王磊.*代表.*发送被拦下.*发送.*…5N9P4SND.*张伟/s)
    expect(second?.text()).not.toContain('01KAJ7ZQ0V')
    expect(first?.get('details').text()).toContain('{"state":"approved"}')
    expect(await barriers()).toEqual([])
    await speak('en')
    await settle()
    expect(wrapper.findAll('tbody tr')[0]?.text()).toContain('Piece withdrawn')
    expect(wrapper.text()).toContain('only ever added')
  })

  test('keeps its filters in the address; what an address asks for wrongly is not there', async () => {
    await open('/audit?event=send.refused&from=2026-11-01&until=morgen&subject=a%20b&q=王')
    expect(inputsOf(root)[0]).toEqual({
      ...{
        event: 'send.refused',
        from: '2026-11-01',
        until: '',
        subject: '',
        doctor: '',
        query: '王',
        order: '-at',
        cursor: null,
      },
    })
    const select = wrapper.get('.select select')
    await select.setValue('content.withdrawn')
    await settle()
    expect(pages.currentRoute.value.query).toMatchObject({ event: 'content.withdrawn', from: '2026-11-01', q: '王' })
    const until = wrapper.findAll('input[type=date]')[1]!
    await until.setValue('2026-11-30')
    await settle()
    expect(inputsOf(root).at(-1)).toMatchObject({ until: '2026-11-30', event: 'content.withdrawn' })
  })

  test('shows everything about one thing or one doctor with one press', async () => {
    await open('/audit?event=send.refused')
    const link = wrapper.findAll('a.audit-more').find((one) => one.text() === '这位医生的全部')
    await link?.trigger('click')
    await settle()
    expect(inputsOf(root).at(-1)).toMatchObject({ doctor: 'a-1', event: '' })
    expect(wrapper.text()).toContain('只看医生 张伟')
  })

  test('exports what it shows and says what is missing', async () => {
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => undefined }))
    await open('/audit?event=send.refused')
    await press('导出 CSV')
    expect(inputsOf(`${root}/exports`)[0]).toMatchObject({ event: 'send.refused', language: 'zh' })
    expect(wrapper.text()).toContain('已导出 2 条，还有更早的没有导出')
  })

  test('is empty, or fails, and says which', async () => {
    let answer = ok({ rows: [], next: null })
    await open('/audit?event=send.refused', () => answer)
    expect(wrapper.text()).toContain('没有找到符合条件的记录')
    answer = { status: 503, data: 'busy' }
    await pages.push('/audit')
    await settle()
    expect(wrapper.find('[role=alert]').exists()).toBe(true)
    answer = ok({ rows: [withdrawn], next: null })
    await press('重试')
    expect(wrapper.findAll('tbody tr')).toHaveLength(1)
  })
})
