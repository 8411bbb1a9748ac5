import { afterEach, describe, expect, test } from 'vitest'
import type { BrowserContext } from 'playwright-core'
import { useBench } from './bench.ts'
import { sitDown } from './office.ts'
import { expectOpenToAll, photoPath, photograph, sidewaysIn } from './sight.ts'

const bench = useBench({ still: true })
const contexts: BrowserContext[] = []
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
})

const happened = '用药第三天出现皮疹，停药后好转（演示）'

describe('[R29] an adverse reaction', () => {
  test('goes from the foot of a page to somebody who has it in hand, with a clock', async () => {
    const stage = await bench.open('s=normal&hcp=wmDemoHeJun')
    const { phone, page } = stage
    await stage.openFirst()
    await stage.send()
    await stage.openCard()
    await phone.getByRole('link', { name: '报告不良反应' }).click()
    await phone.getByRole('heading', { name: '报告不良反应' }).waitFor()
    const frame = await stage.phoneFrame()
    await expectOpenToAll(frame)
    expect(await sidewaysIn(frame, 200)).toBe(0)
    for (const width of [300, 375]) await photograph(page, '.doctor', width, `safety-form-${width}`)
    await phone.getByRole('textbox', { name: '发生了什么' }).fill(happened)
    await phone.getByRole('textbox', { name: /可能有关的药品/ }).fill('示例单抗')
    await phone.getByRole('radio', { name: /^严重/ }).check()
    await phone.getByRole('button', { name: '提交报告' }).click()
    await phone.getByRole('heading', { name: '报告已收到' }).waitFor()
    await expectOpenToAll(await stage.phoneFrame())
    await photograph(page, '.doctor', 375, 'safety-receipt-375')
    const receipt = (await phone.locator('.receipt').textContent()) ?? ''
    expect(receipt).toMatch(/^AE-\d{8}-[0-9A-Z]{6}$/)

    const [report] = await bench.records().rows('select * from safety_report where receipt = ?', [receipt])
    expect(report).toMatchObject({ happened, product: '示例单抗', seriousness: 'serious', identity: 'none' })
    const told = () =>
      bench.records().rows('select sent_at from outbox where kind = ? and subject_id = ?', ['safety', report?.['id']])
    await expect.poll(async () => (await told()).filter((row) => row['sent_at']).length, { timeout: 15_000 }).toBe(1)

    const context = await bench.newBrowser()
    contexts.push(context)
    const desk = await sitDown(await context.newPage(), '许岚', '/safety')
    await desk.page.getByRole('heading', { level: 1, name: '不良反应报告' }).waitFor()
    await desk.page
      .getByText(/还有 24 小时|还有 23 小时/)
      .first()
      .waitFor()
    await expectOpenToAll(desk.page)
    await desk.page.screenshot({ path: photoPath('safety-list-1280') })
    await desk.page.getByRole('link', { name: receipt }).click()
    await desk.page.getByText(happened).waitFor()
    await expectOpenToAll(desk.page)
    await desk.button('确认接手').click()
    await desk.page.getByRole('status').filter({ hasText: '已确认接手' }).waitFor()
    await desk.page.getByLabel('转给谁').focus()
    await desk.page.getByRole('option', { name: '何静' }).waitFor({ state: 'attached' })
    await desk.page.getByLabel('转给谁').selectOption({ label: '何静' })
    await desk.page.getByLabel('原因').fill('她负责这个产品')
    await desk.button('转交').click()
    await desk.page.getByRole('status').filter({ hasText: '已转交' }).waitFor()
    await desk.page.screenshot({ path: photoPath('safety-detail-1280'), fullPage: true })

    const steps = await bench
      .records()
      .rows('select step from safety_step where report_id = ? order by id', [report?.['id']])
    expect(steps.map(({ step }) => step)).toEqual(['viewed', 'acknowledged', 'handed_over'])
    expect(new Set(await bench.records().audit(report?.['id']))).toEqual(
      new Set(['safety.reported', 'notice.sent', 'safety.viewed', 'safety.acknowledged', 'safety.handed_over']),
    )
  })
})
