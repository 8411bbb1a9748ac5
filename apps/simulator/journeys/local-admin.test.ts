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
import { expectOpenToAll } from './sight.ts'

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
let server: ReturnType<typeof startProcess> | undefined

/** A command of the product as an operator runs it. */
async function command(name: string, ...args: string[]): Promise<string> {
  const file = join(dirname(program), `${name}.js`)
  const env = { ...settings, OWNER_DATABASE_URL: ownerUrl.href, PATH: process.env['PATH'] ?? '' }
  return (await promisify(execFile)(process.execPath, [file, ...args], { env })).stdout
}

beforeAll(async () => {
  await command('migrate')
  server = startProcess({ name: 'first', args: [program], env: settings, logs })
  await untilHealthy(server, `${address}/healthz`)
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
  expect(await page.locator('.set-up-codes li').count()).toBe(10)
  return secret
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
  await sheet.getByRole('button', { name: '确认' }).click()
  await sheet.getByText('动态码不对或已用过').waitFor()
  await sheet.getByLabel('动态码或恢复码').fill(codeOf(secret, 1)) // the one of this period was spent
  await sheet.getByRole('button', { name: '确认' }).click()
  expect((await saved).suggestedFilename()).toMatch(/\.csv$/)
  const trail = await records.rows("select event from audit_entry where event like 'proof.%' order by id")
  expect(trail.map(({ event }) => event)).toEqual(['proof.refused', 'proof.given'])
  await records.close()

  await page.goto(link)
  await page.getByText('这个链接已用过').waitFor()
})
