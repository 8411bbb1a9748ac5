import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type FrameLocator, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { world } from '../cast/world.ts'
import { castFrom } from '../src/cast.ts'
import { readConfig } from '../src/config.ts'
import { listen } from '../src/server.ts'
import { createSimulator, type Simulator } from '../src/simulator.ts'
import { freePorts, secret, serve } from './build-simulator.ts'
import { stubProduct } from './stub-product.ts'

const folder = fileURLToPath(new URL('..', import.meta.url))
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

vi.setConfig({ testTimeout: 30_000 })

let browser: Browser
let simulator: Simulator
let closeAll: () => Promise<void>

beforeAll(async () => {
  const product = await serve(stubProduct(() => simulator))
  const [port = '', rep = '', hcp = ''] = await freePorts(3)
  const env = {
    SIMULATOR_PORT: port,
    REP_PORT: rep,
    HCP_PORT: hcp,
    SERVER_URL: product.url,
    WECOM_AGENT_SECRET: secret,
  }
  simulator = createSimulator(readConfig(env, `${folder}dist/stage`), castFrom(world, Date.now()))
  const { close } = await listen(simulator)
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  closeAll = async () => {
    await browser.close()
    await close()
    product.close()
  }
}, 60_000)

afterAll(() => closeAll())

let page: Page
let sidebar: FrameLocator

async function open(query: string): Promise<void> {
  await page.goto(`${simulator.config.simulatorUrl}/${query}`)
  sidebar = page.frameLocator('.sidebar iframe')
}

beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
})
afterEach(() => page.close())

const textOf = (id: string) => sidebar.locator(`#${id}`)
const press = () => sidebar.getByRole('button', { name: 'Send the card' }).click()

describe('the unmodified SDK on the stage', () => {
  test('registers, learns the contact, and its send arrives on the doctor phone, which is remembered', async () => {
    await open('?s=normal')
    await expect.poll(() => textOf('contact').textContent()).toBe('single_chat_tools wmDemoZhangWei')
    await press()
    await page.getByRole('dialog').getByRole('button', { name: '发送' }).click()
    await expect.poll(() => textOf('result').textContent()).toBe('sendChatMessage:ok')
    const phone = page.frameLocator('.doctor iframe')
    await page.locator('.doctor').getByRole('button', { name: 'A card' }).click()
    await expect.poll(() => phone.locator('h1').textContent()).toBe('第一次')
    expect(await phone.locator('#ua').textContent()).toMatch(/MicroMessenger/)
    await page.getByRole('button', { name: '返回聊天' }).click()
    await page.locator('.doctor').getByRole('button', { name: 'A card' }).click()
    await expect.poll(() => phone.locator('h1').textContent()).toBe('认识您')
    await page.getByLabel('谁在看').selectOption('stranger')
    await expect.poll(() => phone.locator('h1').textContent()).toBe('第一次')
  })

  test('hears that the rep cancelled', async () => {
    await open('?s=normal')
    await expect.poll(() => textOf('contact').textContent()).toContain('wmDemo')
    await press()
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click()
    await expect.poll(() => textOf('result').textContent()).toBe('sendChatMessage:cancel')
  })

  test('hears a refusal', async () => {
    await open('?s=refused')
    await expect.poll(() => textOf('contact').textContent()).toContain('wmDemo')
    await press()
    await expect.poll(() => textOf('result').textContent()).toContain('invalid param')
  })

  test('fails in a group', async () => {
    await open('?s=group')
    await expect.poll(() => textOf('contact').textContent()).toContain('without context of external contact')
  })

  test('recovers when the bridge comes late', async () => {
    await open('?s=normal')
    await page.getByRole('button', { name: '故障开关' }).click()
    await page.getByLabel('桥晚到（像 iOS）').check()
    await page.getByLabel('设备').selectOption('ios')
    await expect.poll(() => textOf('contact').textContent()).toBe('single_chat_tools wmDemoZhangWei')
  })

  test('keeps the panel on a PC when the rep chooses another chat', async () => {
    await open('?s=same-name')
    await expect.poll(() => textOf('contact').textContent()).toContain('wmDemoZhangWei2')
    await page.getByLabel('医生', { exact: true }).selectOption('wmDemoLiMin')
    await press()
    await expect.poll(() => textOf('result').textContent()).toBe('sendChatMessage:ok')
    expect(await textOf('contact').textContent()).toContain('wmDemoZhangWei2')
    expect(simulator.store.chats.at(-1)?.externalUserid).toBe('wmDemoLiMin')
  })
})

describe('the stage', () => {
  test.each([
    { width: 1440, height: 900, query: '?s=normal' },
    { width: 1280, height: 720, query: '?s=normal&lang=en-US' },
    { width: 390, height: 844, query: '?s=normal&lang=zh-CN' },
  ])('has no fault an automatic check can find at $width px, $query', async ({ width, height, query }) => {
    await page.setViewportSize({ width, height })
    await open(query)
    await page.getByRole('button', { name: /故障开关|Faults/ }).click()
    await page.locator('.pane').first().waitFor({ state: 'attached' })
    for (const theme of ['light', 'dark']) {
      await page.getByLabel(/^(外观|Theme)$/).selectOption(theme)
      await page.evaluate(axe)
      const found = await page.evaluate(() =>
        (
          window as unknown as {
            axe: { run: (context: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
          }
        ).axe.run({ exclude: ['iframe'] }),
      )
      expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
    }
  })

  test('says what happened, in both languages, and is put back by a reset', async () => {
    await open('?s=cap-near&lang=en-US')
    await expect.poll(() => page.locator('.entries li').count()).toBeGreaterThan(2)
    await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toBe('Vouch')
    await page.getByRole('button', { name: 'Reset' }).click()
    await expect.poll(() => simulator.store.session.scenario).toBe('normal')
  })
})
