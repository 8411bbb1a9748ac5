// @vitest-environment happy-dom
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Answer, answersOf, asked, barriers, ok, openPage, press, settle, wrapper } from '../../test/open-page.ts'
import { me } from '../../test/samples.ts'
import { speak } from '../text/index.ts'

const local = { ...me, way: 'local' as const }
const challenge = {
  options: { challenge: 'AAAA', user: { id: 'AAAA' }, rp: { id: 'vouch.test' }, pubKeyCredParams: [] },
}
const passkey = { passkeyId: 'k-1', name: '办公室的电脑', addedAt: new Date('2026-11-21T06:05:12Z'), usedAt: null }
const asks = (path: string) => asked.filter((one) => one.path === path).map(({ input }) => input)

/** A browser with passkeys, whose user answers so. */
function give({ get, create }: { get?: () => unknown; create?: () => unknown }): void {
  vi.stubGlobal('PublicKeyCredential', function PublicKeyCredential() {})
  vi.stubGlobal('navigator', {
    ...{ language: 'zh-CN', userAgent: 'test', onLine: true },
    credentials: { get: async () => get?.(), create: async () => create?.() },
  })
}
const refuse = (name: string) => (): never => {
  throw new DOMException('no', name)
}
const bytes = new Uint8Array([1, 2, 3]).buffer
const shown = {
  ...{ id: 'AQID', rawId: bytes, type: 'public-key', getClientExtensionResults: () => ({}) },
  response: { authenticatorData: bytes, clientDataJSON: bytes, signature: bytes, attestationObject: bytes },
}
afterEach(() => vi.unstubAllGlobals())

async function fill(label: string, text: string): Promise<void> {
  const field = [...document.querySelectorAll('label')].find((one) => one.textContent?.includes(label))!
  const input = field.querySelector('input')!
  input.value = text
  input.dispatchEvent(new Event('input'))
  await settle()
}

describe('a local sign-in', () => {
  const open = async (given: Record<string, Answer> = {}) => {
    await openPage(
      '/home',
      answersOf({
        ...{
          '/api/console/me': { status: 401, data: 'not_signed_in' },
          '/api/console/sign-in/ways': ok({ wecom: false }),
        },
        ...{ '/api/console/local/challenges': ok(challenge), ...given },
      }),
    )
    await settle()
    await fill('名称', '应急')
    await fill('密码', '蓝鲸')
  }
  const button = '用通行密钥代替动态码登录'

  test('offers no passkey where the browser has none', async () => {
    await open()
    expect(wrapper.text()).toContain('动态码或恢复码')
    expect(wrapper.text()).not.toContain('通行密钥')
  })

  test('says that it was cancelled, and leaves what was typed and the code', async () => {
    give({ get: refuse('NotAllowedError') })
    await open()
    await press(button)
    await settle()
    expect(wrapper.text()).toContain('取消了，或者等得太久')
    expect(asks('/api/console/local/sign-in/passkey')).toEqual([])
    expect(wrapper.find<HTMLInputElement>('input[type=password]').element.value).toBe('蓝鲸')
    give({ get: refuse('SecurityError') })
    await press(button)
    await settle()
    expect(wrapper.text()).toContain('用不上通行密钥，请填动态码')
  })

  test('gives the passkey with name and password, and says what was wrong', async () => {
    give({ get: () => shown })
    await open({ '/api/console/local/sign-in/passkey': { status: 401, data: 'wrong_login' } })
    await press(button)
    await settle()
    expect(asks('/api/console/local/sign-in/passkey')).toMatchObject([
      { name: '应急', password: '蓝鲸', passkey: expect.stringContaining('"signature":"AQID"') },
    ])
    expect(wrapper.text()).toContain('名称、密码或通行密钥不对')
  })
})

describe('the passkeys of a local administrator', () => {
  const open = (given: Record<string, Answer | (() => Answer)> = {}, who: object = local) =>
    openPage(
      '/sessions',
      answersOf({
        '/api/console/me': ok(who),
        '/api/console/sessions': ok({ rows: [], next: null, maySeeAll: false }),
        '/api/console/passkeys': ok({ passkeys: [passkey] }),
        '/api/console/passkeys/challenges': ok(challenge),
        ...given,
      }),
    )

  test('are not for somebody who works through WeCom', async () => {
    await open({}, me)
    expect(wrapper.text()).not.toContain('通行密钥')
    expect(asks('/api/console/passkeys')).toEqual([])
  })

  test('are listed where the browser has none, without a way to add one, in both languages', async () => {
    await open()
    await settle()
    expect(wrapper.text()).toMatch(/办公室的电脑.*添加 · 还没用过/s)
    expect(wrapper.text()).toContain('这个浏览器不支持通行密钥')
    expect(wrapper.text()).not.toContain('添加通行密钥')
    expect(await barriers()).toEqual([])
    await speak('en')
    await settle()
    expect(wrapper.text()).toContain('This browser has no passkeys')
  })

  test('come with the fault when they could not be read', async () => {
    await open({ '/api/console/passkeys': { status: 503, data: 'busy' } })
    await settle()
    expect(wrapper.find('.passkeys').text()).toContain('服务正忙')
  })

  test('keep the name until one was added', async () => {
    give({ create: refuse('InvalidStateError') })
    await open({ '/api/console/passkeys/additions': ok({ outcome: 'added' }) })
    await settle()
    await fill('新通行密钥的名称', '钥匙')
    await press('添加通行密钥')
    await settle()
    expect(wrapper.text()).toContain('已经有您的通行密钥')
    expect(await barriers()).toEqual([])
    give({ create: () => shown })
    await press('添加通行密钥')
    await settle()
    expect(asks('/api/console/passkeys/additions')).toMatchObject([{ name: '钥匙' }])
    expect(wrapper.text()).toContain('已添加“钥匙”')
    expect(asks('/api/console/passkeys')).toHaveLength(2)
  })

  test('are removed after a question', async () => {
    await open({ '/api/console/passkeys/removals': ok({ done: true }) })
    await settle()
    await press('删除')
    await settle()
    const dialog = document.querySelector('[role="dialog"]')!
    expect(dialog.textContent).toContain('删除后不能再用它登录')
    expect(asks('/api/console/passkeys/removals')).toEqual([])
    await press('删除', dialog)
    await settle()
    expect(asks('/api/console/passkeys/removals')).toEqual([{ passkeyId: 'k-1' }])
    expect(wrapper.text()).toContain('已删除“办公室的电脑”')
  })
})
