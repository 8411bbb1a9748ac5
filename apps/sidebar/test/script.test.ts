import type { Page } from 'playwright-core'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Script } from '../src/api.ts'
import { expectNoBarrier, handed, photo, setChat, sideways, useBuiltPage } from './built-page.ts'
import type { Chat, Look } from './browser.ts'
import type { FakeServer } from './fake-server.ts'
import { buildAnswers, scriptOf, zhang } from './world.ts'

const built = useBuiltPage()
const { open, calls, factKinds } = built
let fake: FakeServer
/** What the server knows of the script: a step is sent once the client's K is recorded. */
let script: Script
beforeEach(() => {
  fake = built.fake()
  script = scriptOf()
  const listed = fake.answers.openChat!
  fake.answers.openChat = (asked) => {
    const opened = listed(asked)
    return { ...opened, pieces: [script.script, ...opened.pieces] }
  }
  fake.answers.openScript = () => script
  const record = fake.answers.recordFact!
  fake.answers.recordFact = (fact) => {
    const step = Number(/step-(\d)/.exec(sentPieces().at(-1) ?? '')?.[1] ?? 0)
    if (fact.kind === 'K') script = stand(step, 'sent', fact.sendId)
    if (fact.kind === 'H') script = stand(step, 'unknown', fact.sendId)
    if (fact.kind === 'C') script = stand(step, 'to_send', null)
    return record(fact)
  }
})

function stand(position: number, standing: 'to_send' | 'sent' | 'unknown', sendId: string | null): Script {
  const at = standing === 'to_send' ? null : new Date()
  const steps = script.steps.map((step) => (step.position === position ? { ...step, standing, sendId, at } : step))
  return { ...script, steps }
}

const sentPieces = () => calls('authoriseSend').map(({ input }) => (input as { contentItemId: string }).contentItemId)
const requests = () => calls('authoriseSend').map(({ input }) => (input as { requestId: string }).requestId)
const button = (page: Page, name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true })
const current = (page: Page) => page.locator('[aria-current="step"] .step-title')

async function openScript(look: Look = {}, chat: Partial<Chat> = {}): Promise<Page> {
  const page = await open(look, chat)
  await page
    .getByText(/可发送|Can be sent/)
    .first()
    .waitFor()
  await page.locator('.row-main').first().click()
  await page.locator('.step .badge').first().waitFor()
  return page
}

describe('a step passed over', { timeout: 30_000 }, () => {
  test('stays passed over when the page is opened again, for this doctor alone', async () => {
    const page = await openScript()
    await button(page, '跳过第 1 份').click()
    await button(page, '发第 2 份').waitFor()
    await page.reload()
    await button(page, '发第 2 份').waitFor()
    expect(await page.locator('.step').first().getByText('这次跳过').count()).toBe(1)
  })
})

describe('a script', { timeout: 30_000 }, () => {
  test('goes one piece a tap, each a send of its own, and is done when the last one is', async () => {
    const page = await openScript()
    await page.getByRole('dialog').getByText('已发 0/3').waitFor()
    await photo(page, 'script')
    for (const position of [1, 2, 3]) {
      await button(page, `发第 ${position} 份`).click()
      await page.getByText(`第 ${position} 份已交给企业微信`).waitFor()
      await page.getByRole('dialog').getByText(`已发 ${position}/3`).waitFor()
      expect(await handed(page)).toHaveLength(position)
    }
    await page.getByText('这组发完了').waitFor()
    expect(sentPieces()).toEqual(['step-1', 'step-2', 'step-3'])
    expect(new Set(requests()).size).toBe(3)
    expect(await page.locator('.sheet-foot .button').allInnerTexts()).toEqual(['关闭'])
    await expect.poll(factKinds).toEqual(['H', 'K', 'H', 'K', 'H', 'K'])
    expect(built.faults()).toEqual([])
  })

  test('stopped and opened again, on whatever phone, goes on where it was', async () => {
    script = scriptOf(2)
    const page = await openScript()
    await page.getByRole('dialog').getByText('已发 2/3').waitFor()
    expect(await current(page).innerText()).toBe('免疫相关不良反应分级处理流程图')
    await button(page, '发第 3 份').waitFor()
  })

  test('[SND-02] cancelled in the client stays on its step', async () => {
    const page = await openScript({}, { send: 'sendChatMessage:cancel' })
    await button(page, '发第 1 份').click()
    await page.getByText('已取消，没有发出').waitFor()
    expect(await current(page).innerText()).toBe('初次联系的开场白')
    await setChat(page, { send: 'sendChatMessage:ok' })
    await button(page, '发第 1 份').click()
    await page.getByRole('dialog').getByText('已发 1/3').waitFor()
    expect(await page.getByText('已取消，没有发出').count()).toBe(0)
    expect(new Set(requests()).size).toBe(2)
  })

  test('refused at the gate says why, and goes on only when the rep passes it over', async () => {
    const page = await openScript()
    const allowed = fake.answers.authoriseSend!
    fake.answers.authoriseSend = () => {
      script = scriptOf(0)
      script.steps[0]!.piece!.refusals = [{ reason: 'content_withdrawn' }]
      return { outcome: 'refused', sendId: 'r-1', refusals: [{ reason: 'content_withdrawn' }] }
    }
    await button(page, '发第 1 份').click()
    await page.getByText('还不能发：这份资料已撤回').waitFor()
    await page.locator('.step').first().getByText('已撤回').waitFor()
    expect(await button(page, '发第 1 份').count()).toBe(0)
    fake.answers.authoriseSend = allowed
    await button(page, '跳过第 1 份').click()
    await button(page, '发第 2 份').click()
    await page.getByRole('dialog').getByText('已发 1/3').waitFor()
    await photo(page, 'script-skipped')
    expect(sentPieces()).toEqual(['step-1', 'step-2'])
  })

  test('[SND-04] an unknown outcome sends nothing after it until the rep has said what is in the chat', async () => {
    const page = await openScript({}, { send: 'silent' })
    await button(page, '发第 1 份').click()
    await page.getByText('结果未知，请看聊天里有没有').waitFor({ timeout: 12_000 })
    expect(await page.getByRole('dialog').getByRole('button', { name: /^发第/ }).count()).toBe(0)
    await photo(page, 'script-unknown')
    fake.answers.attest = ({ sendId }) => {
      script = stand(1, 'sent', sendId)
      return { verdict: 'UNKNOWN_ATTESTED_SENT' }
    }
    await button(page, '已发出').click()
    await button(page, '发第 2 份').waitFor()
    expect(await handed(page)).toHaveLength(1)
  })

  test('an unknown outcome of another day stands first, and may be passed over', async () => {
    script = stand(1, 'unknown', 'send-old')
    const page = await openScript()
    await page.getByText('结果未知，请看聊天里有没有').waitFor()
    await button(page, '跳过第 1 份').click()
    await button(page, '发第 2 份').waitFor()
  })

  test('[CTX-05] is not carried to another doctor', async () => {
    script = scriptOf(1)
    const page = await openScript()
    await setChat(page, { contact: 'wm-li' })
    await button(page, '发第 2 份')
      .click({ timeout: 2_000 })
      .catch(() => {}) // the sheet may have noticed by itself
    await page.getByText(/聊天已换成.*刚才没有发/).waitFor()
    expect(await page.locator('.step').count()).toBe(0)
    expect([await handed(page), sentPieces()]).toEqual([[], []])
    await page.getByRole('button', { name: '看新医生' }).click()
    await page.getByRole('heading', { name: /李敏/ }).waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
  })

  test('says before the first tap that the cap ends in the middle', async () => {
    script = { ...scriptOf(), cap: { needed: 3, left: 2 } }
    const page = await openScript()
    await page.getByText('这组还要发 3 次，本月只剩 2 次').waitFor()
    await button(page, '发第 1 份').waitFor()
    await photo(page, 'script-cap')
  })

  test('[GEN-03] whose answer was lost is asked for with the same request', async () => {
    const page = await openScript()
    const allowed = fake.answers.authoriseSend
    fake.answers.authoriseSend = () => {
      throw 'busy'
    }
    await button(page, '发第 1 份').click()
    await page.getByText('服务暂时有问题，没有发出任何内容').waitFor()
    fake.answers.authoriseSend = allowed
    await button(page, '重试').click()
    await page.getByRole('dialog').getByText('已发 1/3').waitFor()
    expect(new Set(requests()).size).toBe(1)
  })

  test('that cannot be read says so and can be tried again', async () => {
    const read = fake.answers.openScript
    fake.answers.openScript = () => {
      throw 'busy'
    }
    const page = await open()
    await page.getByText('可发送').first().waitFor()
    await page.locator('.row-main').first().click()
    await page.getByText('服务暂时有问题，没有发出任何内容').waitFor()
    fake.answers.openScript = read
    await button(page, '重试').click()
    await page.locator('.step').first().waitFor()
  })

  test('shows a piece over itself, and is there again when that is closed', async () => {
    const page = await openScript()
    await page.locator('.step .row-main').nth(1).click()
    await page.getByRole('button', { name: '发送到当前聊天' }).waitFor()
    await page.keyboard.press('Escape')
    await page.locator('.step').first().waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(new URL(page.url()).hash).toBe('#/')
  })

  test('works by keyboard alone', async () => {
    const page = await openScript({ width: 400 })
    await button(page, '发第 1 份').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByText('已发 1/3').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByText('已发 2/3').waitFor()
    expect(await handed(page)).toHaveLength(2)
  })

  const looks: (Look & { name: string })[] = [
    { name: '300', width: 300 },
    { name: '300-en-dark', width: 300, dark: true, language: 'en-US' },
    { name: '375-dark', width: 375, dark: true },
    { name: '375-en', width: 375, language: 'en-US', onPhone: true },
    { name: '360-forced', width: 360, forced: true },
  ]
  test.each(looks)('has no barrier at $name', async ({ name, ...look }) => {
    script = scriptOf(1, [{ reason: 'wrong_audience' }])
    script.cap = { needed: 3, left: 1 }
    const page = await openScript(look)
    await expectNoBarrier(page, `${name}-script`)
  })

  test('with text at 200 % on 300 px needs no sideways scroll', async () => {
    script = scriptOf(1, [{ reason: 'wrong_audience' }])
    const page = await openScript({ width: 300 })
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'))
    await photo(page, '300-big-script')
    expect(await sideways(page)).toBeLessThanOrEqual(0)
  })
})

describe('a sheet in a page that shares its history', { timeout: 30_000 }, () => {
  test('closes without going back, so that the page beside it stays where it went', async () => {
    const context = await built.newContext()
    const page = await context.newPage()
    await page.route('**/stage', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: '<iframe id="rep" src="/sidebar/" width="375" height="660"></iframe><iframe id="doctor" src="/doctor?1"></iframe>',
      }),
    )
    await page.route('**/doctor?*', (route) => route.fulfill({ contentType: 'text/html', body: route.request().url() }))
    await page.goto(`${fake.url}/stage`)
    const rep = page.frameLocator('#rep')
    await rep.getByText('可发送').first().waitFor()
    await rep.locator('.row-main').nth(1).click()
    await rep.getByRole('button', { name: '先不发' }).waitFor()
    const doctor = page.frame({ url: /doctor/ })!
    await doctor.evaluate(() => (location.href = '/doctor?2'))
    await doctor.waitForURL(/doctor\?2/)
    await rep.getByRole('button', { name: '先不发' }).click()
    await rep.getByRole('dialog').waitFor({ state: 'detached' })
    await page.waitForTimeout(300)
    expect(doctor.url()).toContain('doctor?2')
    await rep.locator('.row-main').nth(1).click()
    await rep.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await rep.getByRole('dialog').waitFor({ state: 'detached' })
    expect(doctor.url()).toContain('doctor?2')
  })

  test('is closed by the phone’s way back, and opening many leaves one entry', async () => {
    const page = await open({ onPhone: true })
    const entries = () => page.evaluate(() => history.length)
    const before = await entries()
    for (let nth = 0; nth < 3; nth += 1) {
      await page.locator('.row-main').nth(1).click()
      await page.getByRole('dialog').waitFor()
      await page.getByRole('button', { name: '关闭' }).first().click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    expect(await entries()).toBe(before + 1)
    await page.locator('.row-main').nth(1).click()
    await page.getByRole('dialog').waitFor()
    await page.goBack()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.locator('.piece').first().waitFor()
  })
})

describe('a doctor who is to be told', { timeout: 30_000 }, () => {
  const told = {
    ...{ notice: { contentItemId: 'item-1', title: '剂量更正说明' }, withdrawn: { title: '旧版产品折页', version: 2 } },
    ...{ askedAt: new Date(), standing: 'to_send' as const, sendId: null },
  }

  test('is shown above the list, with the notice one tap away, until it was sent', async () => {
    const heard = () => factKinds().includes('K')
    const standing = () => ({
      ...told,
      ...(sentPieces().length > 0 ? { standing: 'unknown' as const, sendId: 'send-1' } : {}),
    })
    const listed = buildAnswers().openChat!
    fake.answers.openChat = (asked) => ({
      ...listed(asked),
      contact: { ...zhang, toTell: heard() ? [] : [standing()] },
    })
    const page = await open({ width: 300 })
    await page.getByText('这位医生看过《旧版产品折页》v2').waitFor()
    await expectNoBarrier(page, '300-to-tell')
    await page.getByRole('button', { name: '去发《剂量更正说明》' }).click()
    await page.getByRole('button', { name: '发送到当前聊天' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => page.getByRole('button', { name: '去发《剂量更正说明》' }).count()).toBe(0)
  })

  test('is in the list of all who are, on the workbench and in the history', async () => {
    fake.answers.listToTell = ({ cursor }) => ({
      doctors: [{ ...told, externalUserId: cursor ? 'wm-li' : 'wm-zhang', account: zhang.account }],
      next: cursor ? null : 'more',
    })
    const outside = await open({}, { contact: null, entry: 'normal' })
    await outside.getByRole('heading', { name: '还要转告的医生' }).waitFor()
    await outside.getByRole('button', { name: '再看一些' }).click()
    await expect.poll(() => outside.getByText('看过《旧版产品折页》，请发《剂量更正说明》').count()).toBe(2)
    await expectNoBarrier(outside, 'to-tell-outside')
    const page = await open({ width: 300, language: 'en-US' })
    await page.getByRole('tab', { name: 'History' }).click()
    await page.getByRole('heading', { name: 'Doctors still to be told' }).waitFor()
    await expectNoBarrier(page, '300-en-to-tell-history')
  })

  test('takes no place in the history when there is none', async () => {
    const page = await open()
    await page.getByRole('tab', { name: '记录' }).click()
    await page.locator('.entry .badge').first().waitFor()
    expect(calls('listToTell')).toHaveLength(1)
    expect(await page.locator('.to-tell').count()).toBe(0)
  })
})
