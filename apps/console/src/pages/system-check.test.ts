// @vitest-environment happy-dom
import type { CheckId, Finding } from '@vouch/contract'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { type Answer, asked, barriers, ok, openPage, play, type Server, settle, wrapper } from '../../test/open-page.ts'
import { me } from '../../test/samples.ts'
import { speak } from '../text/index.ts'

const at = new Date('2026-11-21T06:05:12.000Z')
const both = (zh: string, en = zh) => ({ zh, en })
const found = (checkId: CheckId, change: Partial<Finding> = {}): Finding => ({
  ...{ checkId, outcome: 'ok', fact: both('好'), details: [], fix: null, where: null, checkedAt: at, tookMs: 3 },
  ...change,
})
const wrongIp = found('wecom.ip', {
  ...{ outcome: 'fault', fact: both('看到的出口 IP 是 203.0.113.8', 'seen from 203.0.113.8') },
  ...{ fix: both('加进企业可信 IP', 'add it'), where: both('应用管理 > 企业可信 IP', 'the app > trusted IPs') },
})
const waits = found('wecom.app', { outcome: 'not_asked', fact: both('先修好“可信 IP”') })
const quiet = found('callback.events', {
  ...{ outcome: 'warning', fact: both('3 天没有事件'), details: [both('最近一次 11-18')], fix: both('改一下备注') },
})
const list = {
  groups: [
    { group: 'wecom', title: both('企业微信', 'WeCom') },
    { group: 'callback', title: both('回调', 'Callback') },
  ],
  checks: [
    { checkId: 'wecom.ip', group: 'wecom', title: both('可信 IP', 'Trusted IP') },
    { checkId: 'wecom.app', group: 'wecom', title: both('应用', 'The app') },
    { checkId: 'callback.events', group: 'callback', title: both('最近的事件', 'Last event') },
  ],
  verifyFiles: [{ verifyName: 'WW_verify_AbC123dEf456.txt', fromSettings: false, setBy: '沈航', setAt: at }],
}

let findings: Map<string, Finding>
let faults: Map<string, Answer>

const paths = { list: '/api/console/checks', run: '/api/console/checks/run', save: '/api/console/checks/verify-file' }
const serverFor =
  (roles: string[]): Server =>
  (to, input) => {
    const fault = faults.get(to)
    if (fault) return fault
    if (to === '/api/console/me') return ok({ ...me, roles })
    if (to === paths.list) return ok(list)
    if (to === paths.run) return ok(findings.get((input as { checkId: string }).checkId))
    return ok({ outcome: 'done' })
  }
const open = (path = '/system', roles = ['system_admin']) => openPage(path, serverFor(roles))
const press = async (name: string) => {
  const named = (one: HTMLElement) => (one.getAttribute('aria-label') ?? one.textContent?.trim()) === name
  const button = [...document.querySelectorAll('button')].find(named)
  if (!button) throw new Error(`no button ${name}`)
  button.click()
  await settle()
}
const runs = () => asked.filter(({ path }) => path === paths.run).map(({ input }) => input['checkId'])
const row = (title: string) => wrapper.findAll('.check').find((one) => one.get('h3').text() === title)!

beforeEach(() => {
  findings = new Map([wrongIp, waits, quiet].map((finding) => [finding.checkId, finding]))
  faults = new Map()
})

describe('the list', () => {
  test('checks everything in its order when it is opened, and tells fact, fix and place in both languages', async () => {
    await open()
    expect(runs()).toEqual(['wecom.ip', 'wecom.app', 'callback.events'])
    expect(row('可信 IP').text()).toMatch(/错误.*203\.0\.113\.8.*怎么修.*加进企业可信 IP.*去哪里.*应用管理/s)
    expect(row('应用').text()).toContain('先修好“可信 IP”')
    expect(row('最近的事件').text()).toContain('最近一次 11-18')
    expect(wrapper.get('.check-sum').text()).toBe('1 个错误，1 个提醒，1 项没有检查')
    expect(await barriers()).toEqual([])
    await speak('en')
    await settle()
    expect(row('Trusted IP').text()).toMatch(/Fault.*seen from 203.*What to do.*add it.*Where/s)
  })

  test('looks at one again and leaves the others as they were', async () => {
    await open()
    findings.set('wecom.ip', found('wecom.ip', { fact: both('出口 IP 可信') }))
    asked.length = 0
    await press('重查：可信 IP')
    expect(runs()).toEqual(['wecom.ip'])
    expect(row('可信 IP').text()).toMatch(/正常.*出口 IP 可信/s)
    expect(row('可信 IP').text()).not.toContain('怎么修')
  })

  test('shows how far it is, stops when asked to, and keeps what it has', async () => {
    let go: (() => void) | undefined
    await open()
    play(async (to, input) => {
      const isSecond = (input as { checkId?: string }).checkId === 'wecom.app'
      if (to === paths.run && isSecond) await new Promise<void>((resolve) => (go = resolve))
      return serverFor(['system_admin'])(to, input)
    })
    await press('全部重查')
    expect(wrapper.get('.check-progress').text()).toContain('正在检查 1 / 3')
    await press('停下')
    go?.()
    await settle()
    expect(wrapper.get('.check-sum').text()).toContain('查了 1 / 3 就停了')
    expect(row('最近的事件').text()).toContain('3 天没有事件')
  })

  test('goes as text, with the names of the checks and without the page around it', async () => {
    const copied = vi.fn(async (_text: string) => {})
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText: copied }, onLine: true, language: 'zh-CN' })
    await open()
    await press('复制结果')
    vi.unstubAllGlobals()
    const text = copied.mock.calls[0]?.[0] ?? ''
    expect(text).toMatch(
      /^准信 系统检查 .* \+08:00\n\n企业微信\n {2}\[错误\] 可信 IP \(wecom\.ip\): 看到的出口 IP 是 203/,
    )
    expect(text).toMatch(/修: 加进企业可信 IP\n {6}去: 应用管理 > 企业可信 IP/)
    expect(wrapper.text()).toContain('已复制，里面没有密钥')
  })

  test('says who it is for, and what stands in the way when nothing answers', async () => {
    faults.set(paths.list, { status: 403, data: 'wrong_role' })
    await open('/system', ['auditor'])
    expect(wrapper.text()).toContain('只给系统管理员看')
    expect(wrapper.text()).not.toContain('全部重查')
    wrapper.unmount()
    faults = new Map([[paths.run, { status: 503, data: 'busy' }]])
    await open()
    expect(wrapper.text()).toMatch(/没有查成.*服务正忙.*busy/s)
    faults.clear()
    await press('全部重查')
    expect(row('可信 IP').text()).toContain('203.0.113.8')
    expect(wrapper.text()).not.toContain('没有查成')
  })
})

describe('step by step', () => {
  test('shows the first fault, stays at it until it is fine, then looks at what waited and goes on', async () => {
    await open('/system?view=guide')
    expect(wrapper.get('.guide-step h2').text()).toBe('下一步：可信 IP')
    expect(wrapper.get('.guide-ready').text()).toBe('3 项里 0 项已就绪')
    await press('改好了，再查这一项')
    expect(wrapper.get('.guide-said').text()).toBe('“可信 IP”还没好')
    findings.set('wecom.ip', found('wecom.ip'))
    findings.set('wecom.app', found('wecom.app'))
    asked.length = 0
    await press('改好了，再查这一项')
    expect(runs()).toEqual(['wecom.ip', 'wecom.app'])
    expect(wrapper.get('.guide-said').text()).toBe('“可信 IP”好了')
    expect(wrapper.get('.guide-step h2').text()).toBe('下一步：最近的事件')
    expect(document.activeElement?.textContent).toBe('下一步：最近的事件')
    await press('先跳过')
    expect(wrapper.get('.guide-step').text()).toContain('跳过了 1 项')
    await press('回头看跳过的')
    findings.set('callback.events', found('callback.events'))
    await press('改好了，再查这一项')
    expect(wrapper.get('.guide-step').text()).toContain('都就绪了')
    expect(await barriers()).toEqual([])
  })
})

describe('the file that proves the domain', () => {
  const type = async (label: string, value: string) => {
    const field = wrapper.findAll('.verify label').find((one) => one.get('span').text() === label)
    await field?.get('input').setValue(value)
  }

  test('is set with a reason once name and text are what they should be, and typed words outlive a failure', async () => {
    await open()
    const saves = () => asked.filter(({ path }) => path === paths.save)
    await type('文件名', 'index.html')
    await type('文件里的内容', 'AbC123dEf456')
    await type('为什么（至少 3 个字）', '校验域名')
    await press('保存')
    expect(saves()).toEqual([])
    await type('文件名', 'WW_verify_ZyX987654321.txt')
    faults.set(paths.save, { status: 503, data: 'busy' })
    await press('保存')
    expect(wrapper.get('.verify').text()).toContain('填的内容还在')
    faults.clear()
    await press('保存')
    expect(saves().at(-1)?.input).toEqual({
      ...{ verifyName: 'WW_verify_ZyX987654321.txt', verifyText: 'AbC123dEf456', reason: '校验域名' },
    })
    expect(wrapper.get('.verify').text()).toContain('已保存')
  })

  test('is taken from the downloaded file, and removed with a reason', async () => {
    await open()
    const input = wrapper.get<HTMLInputElement>('.verify input[type=file]')
    const file = new File(['AbC123dEf456\n'], 'WW_verify_AbC123dEf456.txt', { type: 'text/plain' })
    Object.defineProperty(input.element, 'files', { value: [file] })
    await input.trigger('change')
    await settle()
    const values = wrapper.findAll<HTMLInputElement>('.verify input[type=text]').map(({ element }) => element.value)
    expect(values).toEqual(['WW_verify_AbC123dEf456.txt', 'AbC123dEf456', ''])
    await press('删除 WW_verify_AbC123dEf456.txt')
    const why = document.querySelector<HTMLTextAreaElement>('[role=dialog] textarea')
    if (!why) throw new Error('no reason is asked for')
    why.value = '换了域名'
    why.dispatchEvent(new Event('input'))
    await settle()
    await press('删除')
    expect(asked.find(({ path }) => path.endsWith('/removals'))?.input).toEqual({
      ...{ verifyName: 'WW_verify_AbC123dEf456.txt', reason: '换了域名' },
    })
    expect(wrapper.text()).toContain('已删除。')
  })
})
