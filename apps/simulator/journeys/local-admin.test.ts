import { createHmac } from 'node:crypto'
import { execFile } from 'node:child_process'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProcess, untilHealthy } from '../../../scripts/lib/processes.mjs'
import { useBench } from './bench.ts'
import { findPlace } from './place.ts'
import { openRecords } from './records.ts'
import { expectOpenToAll, photoPath } from './sight.ts'

/** Away from those of every world; only this file uses it. */
const port = 28_281
const address = `http://localhost:${port}`
const password = '蓝鲸 ate 17 green clouds'

const bench = useBench({ still: true })
const ownerUrl = new URL(findPlace().owner)
ownerUrl.pathname = `/vouch_first_${Date.now()}`
const { program, environment, logs } = findPlace().instance
const applicationUrl = new URL(environment['DATABASE_URL'] ?? '')
applicationUrl.pathname = ownerUrl.pathname
const settings = { ...environment, DATABASE_URL: applicationUrl.href, PUBLIC_URL: address, PORT: String(port) }
/** As they are before anybody opened WeCom's console. */
const connecting = [
  'WECOM_CORP_ID',
  'WECOM_AGENT_ID',
  'WECOM_AGENT_SECRET',
  'WECOM_CALLBACK_TOKEN',
  'WECOM_CALLBACK_AES_KEY',
]
const empty = Object.fromEntries(Object.entries(settings).filter(([name]) => !connecting.includes(name)))
let server: ReturnType<typeof startProcess> | undefined

/** The server with these settings in the place of the one that runs. */
async function start(env: Record<string, string>): Promise<void> {
  await server?.stop()
  server = startProcess({ name: 'first', args: [program], env, logs })
  await untilHealthy(server, `${address}/healthz`)
}

/** A command of the product as an operator runs it. */
async function command(name: string, ...args: string[]): Promise<string> {
  const file = join(dirname(program), `${name}.js`)
  const env = { ...empty, OWNER_DATABASE_URL: ownerUrl.href, PATH: process.env['PATH'] ?? '' }
  return (await promisify(execFile)(process.execPath, [file, ...args], { env })).stdout
}

beforeAll(async () => {
  await command('migrate')
  await start(empty)
})
afterAll(async () => {
  await server?.stop()
  const records = openRecords(findPlace().owner)
  await records.rows(`drop database if exists ${ownerUrl.pathname.slice(1)}`)
  await records.close()
})

/** What an authenticator app shows so many periods from now (RFC 6238). */
function codeOf(secret: string, ahead = 0): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead))
  const mac = createHmac('sha1', key).update(counter).digest()
  const offset = mac.at(-1)! & 15
  return String((mac.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, '0')
}

/** One for each sign-in without the phone. */
let codes: string[] = []

async function setUp(page: Page, link: string): Promise<string> {
  await page.goto(link)
  const secret = (await page.locator('.set-up-secret').innerText()).replace(/\s/g, '')
  await expectOpenToAll(page)
  await page.getByLabel('名称').fill('应急管理员')
  await page.getByLabel('密码').fill('password1234')
  await page.getByLabel('6 位动态码').fill(codeOf(secret))
  await page.getByRole('button', { name: '完成设置' }).click()
  await page.getByText('密码太好猜').waitFor()
  expect(await page.getByLabel('名称').inputValue()).toBe('应急管理员')
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '完成设置' }).click()
  await page.getByText('设置好了').waitFor()
  await expectOpenToAll(page)
  codes = await page.locator('.set-up-codes li').allInnerTexts()
  expect(codes).toHaveLength(10)
  return secret
}

/** A device that keeps passkeys and knows its user, as Chromium plays it. */
async function plugDevice(page: Page) {
  const browser = await page.context().newCDPSession(page)
  await browser.send('WebAuthn.enable')
  const { authenticatorId } = await browser.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
  })
  return {
    know: (isUserVerified: boolean) => browser.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
  }
}
type Device = Awaited<ReturnType<typeof plugDevice>>

async function addPasskey(page: Page, device: Device): Promise<void> {
  await device.know(true)
  await page.getByTitle('我在哪里登录着').click()
  await page.getByText('还没有通行密钥').waitFor()
  await page.getByLabel('新通行密钥的名称').fill('办公室的电脑')
  await page.keyboard.press('Enter')
  await page.getByText('已添加“办公室的电脑”').waitFor()
  await page.getByText('还没用过').waitFor()
  await expectOpenToAll(page)
}

async function cancelAndUse(page: Page, device: Device): Promise<void> {
  await page.getByRole('button', { name: '退出' }).click()
  await page.getByLabel('名称', { exact: true }).fill('应急管理员')
  await page.getByLabel('密码').fill(password)
  await device.know(false)
  const byPasskey = page.getByRole('button', { name: '用通行密钥代替动态码登录' })
  await byPasskey.click()
  await page.getByText('取消了，或者等得太久').waitFor()
  await expectOpenToAll(page)
  await device.know(true)
  await byPasskey.click()
  await page.getByText('您以本地管理员身份登录').waitFor()
}

async function proveAndRemove(page: Page): Promise<void> {
  await page.getByTitle('我在哪里登录着').click()
  await page.getByRole('button', { name: '删除通行密钥“办公室的电脑”' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '删除' }).click()
  await page.getByRole('button', { name: '用通行密钥确认' }).click()
  await page.getByText('已删除“办公室的电脑”').waitFor()
}

test('an empty installation lets its first administrator in, who checks the system and proves who they are', async () => {
  const said = await command('admin', '--lang', 'zh')
  const link = /http\S+#\S+/.exec(said)?.[0] ?? ''
  expect(link.startsWith(`${address}/console/set-up#`)).toBe(true)
  const page = await bench.newPage()
  const secret = await setUp(page, link)
  await page.getByLabel('我已把恢复码存好').check()
  await page.getByRole('button', { name: '去系统检查' }).click()
  await page.getByRole('heading', { level: 1, name: '系统检查' }).waitFor()
  await page.getByText('您以本地管理员身份登录').waitFor()

  await page.goto(`${address}/console/people`)
  const records = openRecords(ownerUrl.href)
  await records.rows('update session set signed_in_at = signed_in_at - interval 11 minute')
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出权限记录' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByText('请填身份验证器上的动态码').waitFor()
  await expectOpenToAll(page)
  await sheet.getByLabel('动态码或恢复码').fill('000000')
  await sheet.getByRole('button', { name: '确认', exact: true }).click()
  await sheet.getByText('动态码不对或已用过').waitFor()
  await sheet.getByLabel('动态码或恢复码').fill(codeOf(secret, 1)) // the one of this period was spent
  await sheet.getByRole('button', { name: '确认', exact: true }).click()
  expect((await saved).suggestedFilename()).toMatch(/\.csv$/)
  const trail = await records.rows("select event from audit_entry where event like 'proof.%' order by id")
  expect(trail.map(({ event }) => event)).toEqual(['proof.refused', 'proof.given'])
  const device = await plugDevice(page)
  await addPasskey(page, device)
  await cancelAndUse(page, device)
  await records.rows('update session set signed_in_at = signed_in_at - interval 11 minute')
  await proveAndRemove(page)
  const uses = await records.rows(
    "select event from audit_entry where event like '%passkey%' or detail like '%passkey%' order by id",
  )
  expect(uses.map(({ event }) => event)).toEqual([
    ...['passkey.added', 'local.signed_in', 'proof.given', 'passkey.removed'],
  ])
  await records.close()

  await page.goto(link)
  await page.getByText('这个链接已用过').waitFor()
})

/** The page as it now is: in two widths and both languages, open to all. */
async function look(page: Page): Promise<void> {
  for (const [language, other] of [
    ['zh', 'English'],
    ['en', '中文'],
  ] as const) {
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 900 })
      await page.screenshot({ path: photoPath(`sign-in-without-wecom-${width}-${language}`) })
      await expectOpenToAll(page)
    }
    await page.getByRole('button', { name: other }).click()
  }
}

test('who begins with nothing of WeCom reads what is missing, and once it is given the checks pass', async () => {
  const page = await bench.newPage()
  await page.goto(`${address}/console/system`)
  await page.getByText('企业微信还没有配好，现在只能用本地管理员登录').waitFor()
  expect(await page.getByText('用企业微信登录').count()).toBe(0)
  await page.getByLabel('名称').waitFor()
  await look(page)
  await page.getByLabel('名称').fill('应急管理员')
  await page.getByLabel('密码').fill(password)
  await page.getByLabel('动态码或恢复码').fill(codes[0] ?? '')
  await page.getByRole('button', { name: '登录', exact: true }).click()

  const row = (words: string) => page.locator('.checks li').filter({ hasText: words })
  await row('5 处有问题').waitFor()
  for (const name of connecting) await row('5 处有问题').getByText(`${name}：没有设置`).waitFor()
  await row('企业 ID 和密钥').getByText('先设置 WECOM_CORP_ID').waitFor()
  await row('回调地址').getByText('先设置 WECOM_CALLBACK_TOKEN').waitFor()
  await page.getByText('正在检查').waitFor({ state: 'hidden', timeout: 30_000 })
  expect(await row('后台任务').innerText()).not.toContain('没有做完')

  await start(settings)
  await page.getByRole('button', { name: '全部重查' }).click()
  await row('的密钥可用').waitFor()
  await row('自己发的加密校验').waitFor()
  expect(await row('处有问题').count()).toBe(0)
  const answer = await page.request.get(`${address}/api/console/sign-in`, { maxRedirects: 0 })
  expect([answer.status(), new URL(answer.headers()['location'] ?? '').searchParams.get('appid')]).toEqual([
    ...[302, environment['WECOM_CORP_ID']],
  ])
})
