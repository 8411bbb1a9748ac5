import type { BrowserContext } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { useBench } from './bench.ts'
import { sitDown, type Desk } from './office.ts'
import { barriersIn } from './sight.ts'
import { askIn, type Stage } from './stage.ts'

const bench = useBench({ still: true })
const doctors = ['wmDemoHuKun', 'wmDemoLiuYing', 'wmDemoZhuYun'] as const
const contexts: BrowserContext[] = []
let before: unknown
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
  const { rows } = bench.records()
  await rows('delete from account_change where external_user_id in (?)', [doctors])
  await rows('delete from notice_choice')
  if (before !== undefined) await rows('delete from policy where version > ?', [before])
})

async function deskOf(name: string, address: string): Promise<Desk> {
  const context = await bench.newBrowser()
  contexts.push(context)
  return sitDown(await context.newPage(), name, address)
}

/** From now on it is night by the rules, whatever the clock says. */
async function makeNight(): Promise<void> {
  const { rows, insert } = bench.records()
  const [policy] = await rows('select * from policy order by version desc limit 1')
  before = policy?.['version']
  const minute = Math.floor((Date.now() / 60_000 + 8 * 60) % 1_440)
  const night = { quiet_from: (minute + 1_380) % 1_440, quiet_until: (minute + 120) % 1_440 }
  const holds = { version: Number(before) + 1, holds_from: new Date(Date.now() - 1_000), reason: '夜里（演示）' }
  await insert('policy', { ...policy, ...night, ...holds })
}

/** What the rep was told before was told the evening before: soon after a message the next of its kind would wait. */
async function letHoursPass(): Promise<void> {
  const { rows } = bench.records()
  await rows('update outbox set sent_at = sent_at - interval 12 hour where kind = ? and sent_at < now(3)', [
    'account_change',
  ])
}

/** The rep asks for a detail to be put right. */
async function ask(stage: Stage, externalUserId: string): Promise<string> {
  const wish = { requestId: crypto.randomUUID(), externalUserId, kind: 'detail', name: '胡坤', hospital: '仁和医院' }
  const { status, body } = await stage.ask('/api/rep/account-changes', { ...wish, department: '心内科（演示）' })
  expect(status, JSON.stringify(body)).toBe(200)
  return String(body['changeId'])
}

async function decline(desk: Desk, changeId: string): Promise<void> {
  const decision = { requestId: crypto.randomUUID(), changeId, decision: 'decline', reason: '和医院官网不一致' }
  const { body } = await askIn(desk.page.mainFrame(), '/api/console/account-changes/decisions', decision)
  expect(body).toMatchObject({ outcome: 'done' })
}

const owed = (changeIds: readonly string[]) =>
  bench
    .records()
    .rows('select * from outbox where kind = ? and subject_id in (?) order by id', ['account_change', changeIds])

async function choose(stage: Stage, pace: string): Promise<void> {
  await stage.tab('记录')
  await stage.button('消息设置').click()
  const kind = stage.sheet.getByRole('group', { name: /医生名单申请的结果/ })
  await kind.getByLabel(pace).check()
  await stage.sheet.getByText(`已保存：医生名单申请的结果，${pace}`).waitFor()
  expect(await barriersIn(await stage.frame())).toEqual([])
  await stage.sheet.getByRole('button', { name: '关闭' }).click()
}

/** How many requests the home page says wait. */
async function countOf({ page }: Desk): Promise<number> {
  await page.goto(new URL('/console/home', page.url()).href)
  await page.getByRole('status').first().waitFor({ state: 'attached' })
  await page.locator('.home-card, .home-none').first().waitFor()
  const card = page.getByRole('region', { name: '医生名单的申请等处理' })
  return (await card.count()) === 0 ? 0 : Number.parseInt(await card.locator('.home-count').innerText(), 10)
}

describe('what a rep is told', () => {
  test('does not come when switched off, and comes in the morning as one when two things happened at night', async () => {
    const stage = await bench.open(`s=normal&hcp=${doctors[0]}`)
    const officer = await deskOf('许岚', '/')
    expect(new URL(officer.page.url()).pathname).toBe('/console/home')
    const waiting = await countOf(officer)

    await choose(stage, '不发')
    const unwanted = await ask(stage, doctors[0])
    expect(await countOf(officer)).toBe(waiting + 1)
    expect(await barriersIn(officer.page)).toEqual([])
    await decline(officer, unwanted)
    expect(await countOf(officer)).toBe(waiting)
    await expect.poll(() => owed([unwanted]), { timeout: 15_000 }).toEqual([])
    expect(await bench.records().audit(unwanted)).not.toContain('notice.sent')

    await choose(stage, '马上发')
    await makeNight()
    const changes = [await ask(stage, doctors[1]), await ask(stage, doctors[2])]
    for (const change of changes) await decline(officer, change)
    const held = async () => (await owed(changes)).filter((row) => (row['run_at'] as Date).getTime() > Date.now())
    await expect.poll(async () => (await held()).length, { timeout: 15_000 }).toBe(2)
    expect((await owed(changes)).map((row) => row['sent_at'])).toEqual([null, null])

    await bench.records().rows('delete from policy where version > ?', [before])
    await letHoursPass()
    await bench.records().rows('update outbox set run_at = now(3) where subject_id in (?)', [changes])
    const told = async () => (await owed(changes)).filter((row) => row['sent_at']).length
    await expect.poll(told, { timeout: 15_000 }).toBe(2)
    const batches = new Set((await owed(changes)).map((row) => row['batch_id']))
    expect(batches.size).toBe(1)
    const [batch] = await bench.records().rows('select * from outbox where id = ?', [[...batches][0]])
    expect(batch).toMatchObject({ members: 2, problem: null })
    expect(String(batch?.['body'])).toContain('医生名单申请的结果 2 条')
  })
})
