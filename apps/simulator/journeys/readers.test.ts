import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import type { BrowserContext } from 'playwright-core'
import { useBench } from './bench.ts'
import { sitDown, type Desk } from './office.ts'
import { expectOpenToAll } from './sight.ts'

const bench = useBench()
const contexts: BrowserContext[] = []
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
})

async function deskOf(name: string, address: string): Promise<Desk> {
  const context = await bench.newBrowser()
  contexts.push(context)
  return sitDown(await context.newPage(), name, address)
}

const contact = 'wmDemoLuoChenxi'
const doctor = '罗晨曦'
/** A piece on which no other journey depends. */
const title = 'Immune-related adverse events: a quick guide'

/** A doctor reads a piece, and another send of it is on its way when compliance stops it. */
async function sendAndRead(): Promise<string> {
  const stage = await bench.open(`s=normal&hcp=${contact}`)
  await stage.strip.getByText('已同意').waitFor()
  await stage.search('quick guide')
  await stage.row(title, '可发送').click()
  const contentItemId = await stage.openedPiece()
  await stage.send()
  const send = await bench.onlySend(contact)
  await stage.openCard()
  await stage.recognise()
  await bench.untilFacts(send['id'], 'A H K O')
  const again = { kind: 'news', entry: 'single_chat_tools', requestId: crypto.randomUUID(), again: true }
  const answer = await stage.ask('/api/rep/sends', { ...again, contentItemId, externalUserId: contact })
  expect(answer.body).toMatchObject({ outcome: 'authorised' })
  return contentItemId
}

async function withdraw(officer: Desk): Promise<void> {
  await officer.button('撤回').click()
  await officer.sheet.getByLabel('原因').fill('第 3 页的剂量有误')
  await officer.sheet.getByLabel('替代资料').selectOption({ index: 1 })
  await officer.button('立即撤回').click()
  await officer.sheet.getByText(/已撤回，正在通知/).waitFor()
  await officer.sheet.getByRole('button', { name: '关闭', exact: true }).last().click()
}

describe('readers of a piece that was withdrawn', () => {
  test('are listed with what was on its way, and told through their reps', async () => {
    const contentItemId = await sendAndRead()
    const officer = await deskOf('许岚', `/content/${contentItemId}`)
    const { page } = officer
    await withdraw(officer)
    await page.getByRole('link', { name: '读过的医生与告知' }).click()
    await page.getByRole('heading', { level: 1, name: '读过的医生' }).waitFor()
    const reader = page.locator('.readers tbody tr').filter({ hasText: doctor })
    expect(await reader.textContent()).toMatch(/打开过.*王磊.*王磊.*还没有请/s)
    const underWay = page.getByRole('table', { name: '撤回时正在发送的' }).getByRole('row').filter({ hasText: doctor })
    expect(await underWay.textContent()).toMatch(/王磊.*链接/s)

    const [notice] = await bench
      .records()
      .rows('select superseded_by as id from content_item where id = ?', [contentItemId])
    await page.getByLabel('发送哪份资料').selectOption(String(notice?.['id']))
    await page.getByText(/会请 \d+ 名代表告知 \d+ 位医生/).waitFor()
    expect(await page.locator('.message').first().textContent()).toContain(`《${title}》`)
    await expectOpenToAll(page)
    await page.getByRole('button', { name: /^请代表告知 \d+ 位医生$/ }).click()
    await page.getByText(/已请 \d+ 名代表告知/).waitFor()
    const told = page.getByRole('table', { name: '告知进展' }).getByRole('row').filter({ hasText: '王磊' })
    await told.getByText('已送达企业微信').waitFor()
    await expect.poll(() => reader.textContent()).toMatch(/还没发.*请王磊发/s)

    const [account] = await bench
      .records()
      .rows('select account_id as id from external_contact where external_user_id = ?', [contact])
    const asked = 'select notice_item_id, rep_id from recall_reader where content_item_id = ? and account_id = ?'
    const [row] = await bench.records().rows(asked, [contentItemId, account?.['id']])
    expect(row).toMatchObject({ notice_item_id: notice?.['id'] })
    const owed = "select sent_at, problem from outbox where kind = 'correction' and to_person = ? and created_at >= ?"
    const messages = await bench.records().rows(owed, [row?.['rep_id'], bench.began()])
    expect(messages).toEqual([{ sent_at: expect.any(Date), problem: null }])

    const [saved] = await Promise.all([page.waitForEvent('download'), officer.button('导出 CSV').click()])
    const lines = readFileSync(await saved.path(), 'utf8')
      .trimEnd()
      .split('\r\n')
    const shown = await page.locator('.readers tbody tr').count()
    expect(lines).toHaveLength(shown + 2)
    expect(lines.find((line) => line.includes(doctor))).toMatch(/"打开过".*"还没发"/)
    expect(lines.at(-1)).toContain('许岚导出')
    expect(await bench.records().audit(contentItemId)).toEqual(
      expect.arrayContaining(['content.withdrawn', 'content.readers_viewed', 'content.notice_asked']),
    )
    expect(await bench.records().audit(contentItemId)).toContain('content.readers_exported')
    await page.setViewportSize({ width: 375, height: 700 })
    await expectOpenToAll(page)
  })
})
