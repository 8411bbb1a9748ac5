import type { Page } from 'playwright-core'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Answer } from '../src/api.ts'
import { expectNoBarrier, sideways, useBuiltPage } from './built-page.ts'
import type { Look } from './browser.ts'
import type { FakeServer } from './fake-server.ts'

const built = useBuiltPage()
const { open, calls } = built
type Choices = Answer<'loadRepChoices'>
const safe = { zh: '关系患者安全，不能关闭', en: 'It concerns the safety of patients and cannot be switched off' }
const kind = (name: string, zh: string, en: string, pace: 'now' | 'daily' | 'off' = 'now') => ({
  ...{ kind: name, name: { zh, en }, pace, fixed: null, atNight: false },
})
const choices = (pace: 'now' | 'daily' | 'off' = 'now'): Choices => ({
  kinds: [
    { ...kind('withdrawn', '资料撤回', 'Material withdrawn'), fixed: safe, atNight: true },
    kind('consent', '医生的同意和撤回', 'What doctors decided', pace),
    kind('unknown_send', '结果未知的发送', 'Sends without a known result'),
  ],
  ...{ quietFrom: 1_320, quietUntil: 480 },
})
let fake: FakeServer
beforeEach(() => {
  fake = built.fake()
  fake.answers.loadRepChoices = () => choices()
  fake.answers.chooseRepNotice = (asked) => choices(asked.pace)
})

const sheet = (page: Page) => page.getByRole('dialog', { name: /消息设置|App messages/ })
const radio = (page: Page, name: string) =>
  sheet(page)
    .getByRole('group', { name: /医生的同意|What doctors/ })
    .getByLabel(name)

async function openChoices(look: Look = {}): Promise<Page> {
  const page = await open(look)
  await page.getByRole('tab', { name: /记录|History/ }).click()
  await page.getByRole('button', { name: /消息设置|App messages/ }).click()
  await sheet(page)
    .getByText(/医生的同意和撤回|What doctors decided/)
    .waitFor()
  return page
}

describe('how a rep is told', { timeout: 30_000 }, () => {
  test('is chosen by kind, saved at once; what is fixed says why', async () => {
    const page = await openChoices()
    expect(await sheet(page).getByText('马上发 · 关系患者安全，不能关闭').count()).toBe(1)
    expect(await sheet(page).getByRole('radio').count()).toBe(6)
    await radio(page, '早上 8:30 汇总').check()
    await sheet(page).getByText('已保存：医生的同意和撤回，早上 8:30 汇总').waitFor()
    expect(calls('chooseRepNotice').map(({ input }) => input)).toEqual([{ kind: 'consent', pace: 'daily' }])
    await page.keyboard.press('Escape')
    await expect.poll(() => sheet(page).count()).toBe(0)
    expect(built.faults()).toEqual([])
  })

  test('that is not saved stays as it was, and says so', async () => {
    const page = await openChoices()
    fake.answers.chooseRepNotice = () => {
      throw 'busy'
    }
    await radio(page, '不发').click()
    await sheet(page).getByText('没有保存，选择没有变').waitFor()
    expect(await radio(page, '马上发').isChecked()).toBe(true)
  })

  test.each([280, 300, 360, 400])('is for everybody at %i px, in both languages', async (width) => {
    for (const language of ['zh-CN', 'en-US'] as const) {
      const page = await openChoices({ width, language })
      await expectNoBarrier(page, `notices-${language}-${width}`)
      expect(await sideways(page)).toBeLessThanOrEqual(0)
      await page.context().close()
    }
  })
})
