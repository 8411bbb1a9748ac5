import { describe, expect, test } from 'vitest'
import { useBench } from './bench.ts'
import type { Row } from './records.ts'
import { expectOpenToAll, photograph, sidewaysIn } from './sight.ts'
import { sim } from './simulator.ts'
import type { Stage } from './stage.ts'

const bench = useBench({ still: true })

/** A link to a piece, sent to one doctor; and its title. */
async function sendLink(hcp: string): Promise<{ stage: Stage; send: Row; title: string }> {
  const stage = await bench.open(`s=normal&hcp=${hcp}`)
  const title = await stage.openFirst()
  await stage.send()
  const send = await bench.onlySend(hcp)
  await bench.untilFacts(send['id'], 'A H K')
  return { stage, send, title }
}

const views = (send: Row) => bench.records().rows('select page from page_view where send_id = ?', [send['id']])

describe('a doctor between two patients', () => {
  test('reads, finds, enlarges, saves data, in the dark and in big type, and nothing of it needs a second finger', async () => {
    const { stage, title } = await sendLink('wmDemoLinXiaotong')
    const { phone, page } = stage
    await page.emulateMedia({ colorScheme: 'dark' })
    await stage.openCard()
    await stage.recognise()
    await phone.getByRole('heading', { level: 1, name: title }).waitFor()
    await expect
      .poll(() => phone.locator('#p1 .sheet').evaluate((sheet: HTMLImageElement) => sheet.naturalWidth))
      .toBeGreaterThan(0)
    const frame = await stage.phoneFrame()
    await expectOpenToAll(frame)
    expect(await sidewaysIn(frame, 200)).toBe(0)
    for (const width of [300, 375]) await photograph(page, '.doctor', width, `reader-dark-${width}`)

    await phone.getByRole('link', { name: '目录' }).click()
    await phone.getByRole('searchbox', { name: '在全文里查找' }).fill('示例')
    await phone.getByText(/页里有/).waitFor()
    await expectOpenToAll(frame)
    await photograph(page, '.doctor', 375, 'reader-contents-375')

    await phone.getByRole('link', { name: '放大第 1 页' }).click()
    const layer = phone.getByRole('dialog', { name: '放大第 1 页' })
    await layer.getByRole('button', { name: '放大' }).click()
    expect(await layer.locator('.zoom-view').evaluate((view) => view.scrollWidth > view.clientWidth)).toBe(true)
    await photograph(page, '.doctor', 375, 'reader-zoom-375')
    await layer.getByRole('button', { name: '关闭' }).click()

    await phone.getByRole('button', { name: '省流量' }).click()
    await phone.getByRole('button', { name: '大字' }).click()
    await photograph(page, '.doctor', 300, 'reader-big-300')
    await page.emulateMedia({ colorScheme: 'light' })
    await page.getByRole('button', { name: '返回聊天' }).click()
    await stage.openCard()
    await phone.getByRole('heading', { level: 1, name: title }).waitFor()
    expect(await phone.getByRole('button', { name: '省流量' }).getAttribute('aria-pressed')).toBe('true')
    expect(await phone.locator('html').getAttribute('data-size')).toBe('large')
    await expectOpenToAll(await stage.phoneFrame())
    await photograph(page, '.doctor', 375, 'reader-light-375')
  })

  test('is asked for a reading record, agrees, and it ends while they read, the moment they take it back', async () => {
    const { stage, send, title } = await sendLink('wmDemoZhangWei')
    await stage.openCard()
    await stage.recognise()
    await stage.phone.getByRole('heading', { level: 1, name: title }).waitFor()
    const show = async (number: number) => {
      await stage.phone.locator(`#p${number}`).evaluate((part) => part.scrollIntoView({ block: 'center' }))
      await stage.page.waitForTimeout(2_600)
    }
    const leave = async () => (await stage.phoneFrame()).evaluate(() => dispatchEvent(new Event('pagehide')))
    await show(1)
    await show(2)
    await leave()
    await expect.poll(async () => (await views(send)).map(({ page }) => page).sort()).toEqual([1, 2])

    const account = send['account_id']
    const [said] = await bench
      .records()
      .rows(
        "select * from consent where account_id = ? and purpose = 'reading_record' order by stated_at desc limit 1",
        [account],
      )
    const now = new Date()
    const taken = {
      id: `01KTAKENBACK${Date.now()}`.slice(0, 26),
      statement: 'opted_out',
      stated_at: now,
      recorded_at: now,
    }
    await bench.records().insert('consent', { ...said, request_id: null, ...taken })
    try {
      await show(1)
      await leave()
      await stage.page.waitForTimeout(500)
      await show(2)
      await leave()
      await stage.page.waitForTimeout(500)
      expect(await views(send)).toHaveLength(2)
      expect(await stage.phone.getByRole('heading', { level: 1, name: title }).isVisible()).toBe(true)
    } finally {
      await bench.records().rows('delete from consent where id = ?', [taken.id])
    }
  })
})

describe('a link in the hands of somebody who is not its doctor', () => {
  for (const [visitor, counted] of [
    ['stranger', 'stranger'],
    ['snapshot', 'snapshot'],
  ] as const) {
    test(`a ${visitor} is shown nothing and counted apart`, async () => {
      const { stage, send, title } = await sendLink('wmDemoGaoShan')
      await stage.passPhoneTo(visitor)
      await stage.openCard()
      await stage.recognise()
      await stage.phone.getByRole('heading', { name: '没有认出您是收件人' }).waitFor()
      expect(await stage.phone.getByRole('button', { name: '我就是收件人，重新核对' }).isVisible()).toBe(true)
      expect(await stage.phone.locator('body').textContent()).not.toContain(title)
      await expectOpenToAll(await stage.phoneFrame())
      await expect.poll(() => bench.records().visits(send['id'])).toEqual(['unknown', counted])
      expect(await bench.verdictIn(stage, send)).toBe('SENT_CLIENT')
    })
  }

  test('the rep hears of it once, without a name, and sees it in the history', async () => {
    const { stage, send, title } = await sendLink('wmDemoZhangWei2')
    await stage.passPhoneTo('other-doctor:wmDemoLiMin')
    await stage.openCard()
    await stage.recognise()
    await stage.phone.getByRole('heading', { name: '这份资料是发给另一位医生的' }).waitFor()
    const told = () =>
      bench
        .records()
        .rows("select body, sent_at from outbox where kind = 'leak' and to_person = ? and created_at > ?", [
          send['rep_id'],
          send['decided_at'],
        ])
    await expect.poll(async () => (await told()).filter((row) => row['sent_at']).length, { timeout: 15_000 }).toBe(1)
    const [notice] = await told()
    expect(String(notice?.['body'])).not.toContain('李敏')
    await stage.tab('记录')
    await stage.entry(title).getByText('有别人打开，没看到内容').waitFor()
    expect(await stage.entry(title).textContent()).not.toContain('李敏')
    await sim.choose({ visitor: 'doctor' })
  })
})
