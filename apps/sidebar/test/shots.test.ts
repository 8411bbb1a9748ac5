import { test } from 'vitest'
import { launch, openContext, openList } from './browser.ts'
import { startFakeServer } from './fake-server.ts'
import { buildAnswers } from './world.ts'

test('shots', { timeout: 120_000 }, async () => {
  const fake = await startFakeServer(new URL('../dist', import.meta.url).pathname, buildAnswers())
  const browser = await launch()
  const shot = async (name: string, look: object, chat: object, act: (page: any) => Promise<void>, search = '') => {
    const context = await openContext(browser, look, chat)
    const page = await openList(context, fake.url, search).catch(
      async (e) => (console.log(name, String(e).slice(0, 200)), context.pages()[0]!),
    )
    page.on('pageerror', (m) => console.log(name, m))
    await page.waitForTimeout(700)
    try {
      await act(page)
    } catch (e) {
      console.log(name, String(e).slice(0, 300))
    }
    await page.waitForTimeout(500)
    await page.screenshot({ path: `/tmp/shots/${name}.png` })
    await context.close()
  }
  const first = async (page: any) =>
    void (await page.locator('.row-main').first().click(), await page.waitForTimeout(700))
  const send = async (page: any) =>
    void (await first(page), await page.locator('.sheet-foot .button-filled').click(), await page.waitForTimeout(500))
  try {
    await shot('list', {}, {}, async () => {})
    await shot('sheet', { width: 375 }, {}, first)
    await shot('noconsent', { width: 375 }, { contact: 'wm-li' }, first)
    await shot('liststrip-li', { width: 300 }, { contact: 'wm-li' }, async () => {})
    await shot('match', { width: 375 }, { contact: 'wm-new' }, async () => {})
    await shot('outside', { width: 375 }, { contact: null, entry: 'normal' }, async () => {})
    await shot('picker', { width: 300, dark: true }, { contact: null, entry: 'normal' }, async (p) =>
      p.locator('.place .button').first().click(),
    )
    await shot('group', { width: 375 }, { contact: null, entry: 'group_chat_tools' }, async () => {})
    await shot('browser', { width: 375, inWeCom: false, language: 'en-US' }, {}, async () => {})
    await shot('signature', { width: 375 }, { identity: 'agentConfig:fail invalid signature e=40093' }, async () => {})
    await shot('fail', { width: 375 }, { send: 'sendChatMessage:fail, invalid param' }, send)
    await shot('cancel', { width: 375 }, { send: 'sendChatMessage:cancel' }, send)
    await shot('sent', { width: 375 }, {}, send)
    await shot('unknown', { width: 375, dark: true }, { send: 'silent' }, async (p) => {
      await send(p)
      await p.waitForTimeout(8200)
    })
    await shot('history', { width: 375 }, {}, async (p) => p.getByRole('tab').nth(2).click())
    await shot('history300', { width: 300, dark: true, language: 'en-US' }, {}, async (p) =>
      p.getByRole('tab').nth(2).click(),
    )
    await shot('search', { width: 375 }, {}, async (p) => {
      await p.keyboard.press('/')
      await p.keyboard.type('手册')
      await p.waitForTimeout(500)
    })
    await shot('offline', { width: 375 }, {}, async (p) => {
      await p.context().setOffline(true)
    })
    await shot('wide', { width: 800, height: 700 }, {}, first)
  } finally {
    await browser.close()
    await fake.close()
  }
})
