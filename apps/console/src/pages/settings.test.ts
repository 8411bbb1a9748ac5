// @vitest-environment happy-dom
import type { HeldSecret, Webhook, WebhookDelivery } from '@vouch/contract'
import { describe, expect, test } from 'vitest'
import { type Answer, answersOf, asked, barriers, ok, openPage, press, settle, wrapper } from '../../test/open-page.ts'
import { me } from '../../test/samples.ts'
import { speak } from '../text/index.ts'

const at = new Date('2026-11-21T06:05:12.000Z')
const webhook: Webhook = {
  ...{ webhookId: 'wh1', name: '数据平台', url: 'https://hub.example.com/vouch', kinds: ['send.recorded'], life: 'on' },
  ...{ problem: '', revision: 3, madeAt: at, lastDeliveredAt: null, waiting: 2, failed: 1 },
}
const delivery: WebhookDelivery = {
  ...{ deliveryId: 'd1', eventId: 'send-01-K-1', kind: 'send.recorded', subjectId: '01', life: 'failed' },
  ...{ occurredAt: at, nextAt: null },
  attempts: [
    { at, status: 500, problem: '', tookMs: 12, answer: '<b onclick=alert(1)>kaput</b>' },
    { at, status: null, problem: 'timeout', tookMs: 15_000, answer: '' },
  ],
}
const secrets: HeldSecret[] = [
  { name: 'THE_KEY', isSet: true, checkId: 'cfg.secrets', outcome: 'fault', checkedAt: at, change: 'new_keys' },
  { name: 'A_PASSWORD', isSet: false, checkId: 'vault.sign_in', outcome: null, checkedAt: null, change: 'restart' },
]
const api = '/api/console/webhooks'
const one = { webhook, secretMadeAt: at, olderUntil: null, mayChange: true }
const answers: Record<string, Answer> = {
  '/api/console/me': ok({ ...me, roles: ['system_admin'] }),
  '/api/console/settings/secrets': ok({ secrets }),
  [api]: ok({ rows: [webhook], next: null, mayChange: true }),
  [`${api}/one`]: ok(one),
  [`${api}/deliveries`]: ok({ rows: [delivery], next: null }),
}
const open = (path: string, given: Record<string, Answer> = {}) =>
  openPage(`/settings${path}`, answersOf({ ...answers, ...given }))
const inputsOf = (path: string) => asked.filter((call) => call.path === api + path).map(({ input }) => input)
const dialog = () => document.querySelector<HTMLElement>('[role="dialog"]')!

async function type(label: string, value: string, within: ParentNode = document.body): Promise<void> {
  const field = [...within.querySelectorAll('label')].find((each) => each.textContent?.includes(label))
  const input = field?.querySelector<HTMLInputElement>('input, textarea')
  if (!input) throw new Error(`no field ${label}`)
  input.value = value
  input.dispatchEvent(new Event('input'))
  await settle()
}

describe('the settings', () => {
  test('lead to the rules, the roles and the webhooks, and say of each secret whether it holds and how it is changed', async () => {
    await open('')
    const links = wrapper.findAll('main ul a').map((link) => link.attributes('href'))
    expect(links).toEqual(['/policy', '/people', '/company', '/settings/webhooks'])
    const rows = wrapper.findAll('tbody tr').map((row) => row.text())
    expect(rows).toHaveLength(2)
    expect(rows[0]).toMatch(/THE_KEY.*已设置.*故障.*rotate-keys/s)
    expect(rows[1]).toMatch(/A_PASSWORD.*没有设置.*逐台重启/s)
    expect(await barriers()).toEqual([])
    await speak('en')
    await settle()
    expect(wrapper.text()).toContain('How to change it')
    expect(await barriers()).toEqual([])
  })

  test('show no way to the check to whoever may not run it', async () => {
    await open('', { '/api/console/me': ok({ ...me, roles: ['auditor'] }) })
    expect(wrapper.findAll('tbody a')).toEqual([])
  })
})

describe('a new webhook', () => {
  test('is made once and shows its secret once', async () => {
    let tries = 0
    const made = ok({ outcome: 'made', webhookId: 'wh2', secret: 'whsec_c2VjcmV0' })
    await openPage(
      '/settings/webhooks/new',
      answersOf({ ...answers, [`${api}/new`]: () => ((tries += 1) === 1 ? { status: 503, data: 'busy' } : made) }),
    )
    await type('名称', '数据平台')
    await type('接收地址', ' https://hub.example.com/vouch ')
    await type('原因', '接入')
    expect(wrapper.get('main button').attributes('disabled')).toBeDefined()
    await type('原因', '接入平台')
    await press('新增')
    await settle()
    expect(wrapper.text()).toContain('填的内容还在')
    await press('新增')
    await settle()
    const [first, second] = inputsOf('/new')
    expect(second).toEqual(first)
    expect(second).toMatchObject({ url: 'https://hub.example.com/vouch', reason: '接入平台' })
    expect(wrapper.get('code').text()).toBe('whsec_c2VjcmV0')
    expect(wrapper.text()).toContain('只显示这一次')
    expect(await barriers()).toEqual([])
  })

  test('keeps what was typed when its address is not taken', async () => {
    await open('/webhooks/new', { [`${api}/new`]: ok({ outcome: 'refused', reason: 'blocked_address' }) })
    await type('名称', '甲')
    await type('接收地址', 'https://10.0.0.1/')
    await type('原因', '接入平台')
    await press('新增')
    await settle()
    expect(wrapper.text()).toContain('WEBHOOK_INSIDE_HOSTS')
    expect(wrapper.get<HTMLInputElement>('input[type=url]').element.value).toBe('https://10.0.0.1/')
  })
})

describe('one webhook', () => {
  test('shows each try as text, finds by what the address asks for, and sends again', async () => {
    const again = { [`${api}/deliveries/again`]: ok({ life: 'waiting' }), [`${api}/failed/again`]: ok({ failed: 1 }) }
    await open('/webhooks/wh1?life=failed', again)
    expect(inputsOf('/deliveries')).toEqual([{ webhookId: 'wh1', life: 'failed', kind: '', cursor: null }])
    expect(wrapper.text()).toMatch(/回答 500.*<b onclick=alert\(1\)>kaput<\/b>.*15 秒内没有回答/s)
    expect(wrapper.find('b').exists()).toBe(false)
    expect(await barriers()).toEqual([])
    await wrapper.get('button[aria-label^=重发]').trigger('click')
    await settle()
    expect(inputsOf('/deliveries/again')).toEqual([{ deliveryId: 'd1' }])
    expect(wrapper.text()).toContain('编号不变')
    await press('重发全部失败的（1）')
    await settle()
    expect(wrapper.text()).toContain('已安排重发 1 件')
    await speak('en')
    await settle()
    expect(wrapper.text()).toMatch(/Answer 500.*No answer within 15 seconds/s)
  })

  test('that is not there says so under a heading', async () => {
    await open('/webhooks/nobody', { [`${api}/one`]: { status: 404, data: 'not_found' } })
    expect(wrapper.get('main h1').text()).toBe('数据推送')
    expect(wrapper.find('[role="alert"]').exists()).toBe(true)
    expect(await barriers()).toEqual([])
  })

  test('is tested, and says what came back', async () => {
    const came = { at, status: 410, problem: '', tookMs: 7, answer: 'no more' }
    await open('/webhooks/wh1', { [`${api}/tests`]: ok(came) })
    await press('测试')
    await settle()
    expect(wrapper.text()).toMatch(/测试结果.*回答 410.*7 毫秒.*no more/s)
    expect(inputsOf('/deliveries')).toHaveLength(2)
  })

  test('gets a new secret for a reason, seen once, and is paused', async () => {
    await open('/webhooks/wh1', {
      [`${api}/secrets`]: ok({ secret: 'whsec_bmV3', olderUntil: at }),
      [`${api}/turns`]: ok({ life: 'paused' }),
    })
    await press('更换签名密钥')
    await type('原因', '定期更换', dialog())
    await press('更换签名密钥', dialog())
    await settle()
    expect(wrapper.get('.webhook-secret code').text()).toBe('whsec_bmV3')
    await press('暂停')
    await type('原因', '维护窗口', dialog())
    await press('暂停', dialog())
    await settle()
    expect(inputsOf('/turns')).toEqual([{ webhookId: 'wh1', turn: 'pause', reason: '维护窗口' }])
    expect(document.body.textContent).toContain('已暂停')
  })

  test('changed by somebody else meanwhile says so and saves over that', async () => {
    const overtaken = ok({ outcome: 'overtaken', webhook: { ...webhook, name: '别名', revision: 4 } })
    await open('/webhooks/wh1', { [`${api}/changes`]: overtaken })
    await press('修改')
    await type('名称', '新名', dialog())
    await type('原因', '改了名称', dialog())
    await press('保存', dialog())
    await settle()
    expect(dialog().textContent).toContain('别人刚改成“别名”')
    await press('保存', dialog())
    await settle()
    expect(inputsOf('/changes').map(({ revision }) => revision)).toEqual([3, 4])
  })

  test('is only looked at by whoever may not change it, and the list of them too', async () => {
    const reader = {
      [`${api}/one`]: ok({ ...one, mayChange: false }),
      [api]: ok({ rows: [webhook], next: null, mayChange: false }),
    }
    const pages = await open('/webhooks/wh1', reader)
    expect(wrapper.findAll('main button').map((button) => button.text())).toEqual(['刷新'])
    await pages.push('/settings/webhooks')
    await settle()
    expect(wrapper.text()).toMatch(/数据平台.*推送中/s)
    expect(wrapper.find('a.button').exists()).toBe(false)
    expect(await barriers()).toEqual([])
  })

  test('that cannot be read says so, and the list that is empty', async () => {
    const pages = await open('/webhooks/wh1', {
      [`${api}/one`]: { status: 503, data: 'busy' },
      [api]: ok({ rows: [], next: null, mayChange: true }),
    })
    expect(wrapper.text()).toContain('重试')
    await pages.push('/settings/webhooks')
    await settle()
    expect(wrapper.text()).toContain('还没有数据推送')
  })
})
