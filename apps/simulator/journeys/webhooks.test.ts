import type { BrowserContext } from 'playwright-core'
import { afterEach, expect, test } from 'vitest'
import { useBench } from './bench.ts'
import { sitDown } from './office.ts'
import { findPlace } from './place.ts'
import { expectOpenToAll, photoPath, sidewaysIn } from './sight.ts'
import { sim } from './simulator.ts'
import type { Stage } from './stage.ts'

const bench = useBench()
let context: BrowserContext
afterEach(async () => {
  await context.close()
  await sim.receiver({ plays: '200', secret: '', forget: true })
  await bench.records().rows("update webhook set life = 'ended'")
})

const doctor = 'wmDemoXieZhiyuan'

/** A send that the phone says went through. */
async function sendOnce(stage: Stage): Promise<unknown> {
  await stage.openFirst()
  const asked = { externalUserId: doctor, contentItemId: await stage.openedPiece(), kind: 'news', again: true }
  const { body } = await stage.ask('/api/rep/sends', {
    ...{ ...asked, requestId: crypto.randomUUID(), entry: 'single_chat_tools' },
  })
  await stage.ask('/api/rep/facts', {
    ...{ sendId: body['sendId'], ticket: body['ticket'], digest: body['digest'], kind: 'K' },
    ...{ factId: crypto.randomUUID(), clientAt: new Date().toISOString() },
  })
  return body['sendId']
}

test('a webhook is made, tested, waits for its next try while the receiver is broken, and is sent again by hand', async () => {
  context = await bench.newBrowser()
  const page = await context.newPage()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const admin = await sitDown(page, '沈航', '/settings')
  await page.getByRole('main').getByRole('link', { name: '数据推送' }).click()
  await page.getByText('还没有数据推送').first().waitFor()
  await page.getByRole('link', { name: '新增推送' }).click()
  await page.getByLabel(/^名称/).fill('数据平台')
  await page.getByLabel(/^接收地址/).fill(`${findPlace().stage}/hooks/in`)
  await page.getByLabel(/^原因/).fill('接入数据平台')
  await admin.button('新增').click()
  const secret = await page.locator('.webhook-secret code').innerText()
  await sim.receiver({ secret })
  await page.getByRole('link', { name: '看推送记录' }).click()
  await admin.button('测试').click()
  await page.getByText('回答 200').first().waitFor()
  expect(await sim.receiver({})).toMatchObject({ taken: [{ signed: true, event: { type: 'cn.vouch.test.v1' } }] })

  await sim.receiver({ plays: '500' })
  const stage = await bench.open(`s=normal&hcp=${doctor}`)
  const sendId = String(await sendOnce(stage))
  const ids = async () => (await sim.receiver({})).taken.map(({ id }) => id).join(' ')
  await expect.poll(ids, { timeout: 20_000 }).toContain(sendId)
  const row = page.getByRole('row').filter({ hasText: sendId })
  const untilRowSays = (words: string) =>
    expect
      .poll(
        async () => {
          await admin.button('刷新').click()
          return row.innerText()
        },
        { timeout: 10_000 },
      )
      .toContain(words)
  await untilRowSays('下次')
  await row.locator('summary').click()
  await row.getByText('回答 500').first().waitFor()
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 900 })
    expect(await sidewaysIn(page)).toBe(0)
    await page.screenshot({ path: photoPath(`console-webhook-${width}`), fullPage: true })
  }
  await expectOpenToAll(page)

  await sim.receiver({ plays: '200' })
  await row.getByRole('button', { name: /^重发/ }).click()
  await expect
    .poll(async () => (await sim.receiver({})).taken.at(-1), { timeout: 20_000 })
    .toMatchObject({ signed: true, again: true, answered: '200', event: { data: { sendId, result: 'client_ok' } } })
  await untilRowSays('已送达')
})
