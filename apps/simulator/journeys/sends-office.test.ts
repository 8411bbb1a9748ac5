import { readFile } from 'node:fs/promises'
import type { BrowserContext } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { useBench } from './bench.ts'
import { sitDown, type Desk } from './office.ts'
import { expectOpenToAll, photoPath, sidewaysIn } from './sight.ts'

const bench = useBench()
const contexts: BrowserContext[] = []
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
})

async function deskOf(name: string, address: string): Promise<Desk> {
  const context = await bench.newBrowser()
  contexts.push(context)
  const page = await context.newPage()
  await page.emulateMedia({ reducedMotion: 'reduce' }) // what is half faded in cannot be looked at
  return sitDown(page, name, address)
}

/** First and last day of the Shanghai month of a moment. */
function monthOf(at: Date): [string, string] {
  const [year, month] = new Date(at.getTime() + 8 * 3_600_000).toISOString().split('-').map(Number) as [number, number]
  const day = (date: Date): string => date.toISOString().slice(0, 10)
  return [day(new Date(Date.UTC(year, month - 1, 1))), day(new Date(Date.UTC(year, month, 0)))]
}

const doctor = '欧阳文轩'

/** The last month in which the doctor of this journey was sent something before this one, and what it was. */
async function foretold() {
  const { rows } = bench.records()
  const sends = await rows(
    `select send.id, send.decided_at as at from send join account on account.id = send.account_id
      where account.name = ? order by send.decided_at desc, send.id desc`,
    [doctor],
  )
  const before = sends.find(({ at }) => Date.now() - new Date(String(at)).getTime() > 31 * 86_400_000)
  const [from, until] = monthOf(new Date(String(before?.['at'])))
  const inMonth = sends.filter(({ at }) => monthOf(new Date(String(at)))[0] === from)
  return { from, until, ids: inMonth.map(({ id }) => String(id)) }
}

/** Since somebody of that name signed in. */
const letHoursPass = (name: string) =>
  bench.records().rows(
    `update session join person on person.id = session.person_id
        set signed_in_at = signed_in_at - interval 2 hour where person.name = ? and face = 'console'`,
    [name],
  )

/** Answers the question who is at the desk in the window that it opens, as whoever holds the phone. */
async function proveAs({ page }: Desk, name: string): Promise<void> {
  const [login] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: '去企业微信确认（新窗口）' }).click(),
  ])
  await login.getByRole('link', { name: new RegExp(name) }).click()
  await login.locator('h1').waitFor()
  await login.close()
}

describe('what one doctor got in one month', () => {
  test('is answered by one search and one export: which pieces, under which consent and version', async () => {
    const { from, until, ids } = await foretold()
    expect(ids.length).toBeGreaterThan(0)
    const desk = await deskOf('何静', '/sends')
    const { page } = desk
    await page.locator('.send-filters summary').click()
    await page.getByRole('searchbox', { name: '医生', exact: true }).fill('ouyang')
    await page
      .locator('.finder-found')
      .getByRole('button', { name: new RegExp(doctor) })
      .click()
    await page.getByRole('button', { name: `去掉：医生 ${doctor}` }).waitFor()
    await page.getByLabel('从', { exact: true }).fill(from)
    await page.getByLabel('到', { exact: true }).fill(until)
    await expect.poll(() => page.locator('tbody[role] tr.send').count()).toBe(ids.length)
    await expect.poll(() => new URL(page.url()).searchParams.get('until')).toBe(until)

    await page.locator('.send-toggle').last().click()
    await desk.button('看整条记录').click()
    const whole = page.locator('.weighed')
    await whole
      .getByText(/^第 \d+ 版/)
      .first()
      .waitFor()
    await whole.getByText('批准人').waitFor()
    for (const words of await whole.locator('dt, dd').allInnerTexts())
      expect(words, 'in words, not as the program calls it').not.toMatch(/^[a-z]+([._A-Z]\w*)+$/)
    await expectOpenToAll(page)
    for (const width of [1280, 375, 320]) {
      await page.setViewportSize({ width, height: 900 })
      await page.screenshot({ path: photoPath(`console-sends-whole-${width}`), fullPage: true })
      expect(await sidewaysIn(page), `at ${width}`).toBe(0)
    }
    await page.setViewportSize({ width: 1280, height: 900 })

    await desk.button('导出 CSV').click()
    await page.getByLabel(/^为什么要导出/).fill('回答检查员的问题')
    await letHoursPass('何静')
    await desk.sheet.getByRole('button', { name: '导出 CSV' }).click()
    await proveAs(desk, '许岚')
    await page.getByText('没有通过：登录的是另一个人').waitFor()
    await desk.button('重新确认').click()
    const [download] = await Promise.all([page.waitForEvent('download'), proveAs(desk, '何静')])
    await desk.told(`已导出 ${ids.length} 条`)
    const csv = await readFile(await download.path(), 'utf8')
    const lines = csv.split('\r\n').filter((line) => /^"[0-9A-Z]{26}"/.test(line))
    expect(lines.map((line) => line.slice(1, 27))).toEqual(ids)
    for (const line of lines) expect(line).toContain(doctor)
    for (const told of ['何静', '回答检查员的问题', `from: ${from}`, `until: ${until}`, `"记录数","${ids.length}"`])
      expect(csv).toContain(told)
    const [entry] = await bench
      .records()
      .rows(`select reason from audit_entry where event = 'sends.exported' order by id desc limit 1`)
    expect(entry?.['reason']).toBe('回答检查员的问题')
  })

  test('is seen by a manager for the doctors of their own territory alone', async () => {
    const { rows } = bench.records()
    const foreign = await rows(
      `select send.id, account.name from send join account on account.id = send.account_id
        where account.territory <> 'east' and account.merged_into is null
          and account.name not in (select name from account where territory = 'east')`,
    )
    expect(foreign.length).toBeGreaterThan(0)
    const manager = await deskOf('唐伟', '/sends')
    const { page } = manager
    await page.getByText('只列出您片区的医生').waitFor()
    await page.locator('tbody[role] tr.send').first().waitFor()
    const shown = (await page.locator('table').textContent()) ?? ''
    for (const { name } of foreign) expect(shown).not.toContain(String(name))
    const told: (string | null)[] = []
    for (const sendId of [String(foreign[0]?.['id']), '01KAH2D8Y4S7C1F6G9J3K5M0NB']) {
      await page.goto(new URL(`/console/sends/${sendId}`, page.url()).href)
      const problem = page.locator('.problem')
      await problem.waitFor()
      told.push(((await problem.textContent()) ?? '').replaceAll(/\d\d:\d\d:\d\d|[\w-]{20,}/g, ''))
    }
    expect(told[0]).toBe(told[1])
  })
})
