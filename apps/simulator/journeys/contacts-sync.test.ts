import type { BrowserContext } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { useBench } from './bench.ts'
import { sitDown, type Desk } from './office.ts'
import { expectOpenToAll, photoPath } from './sight.ts'
import { sim } from './simulator.ts'

const bench = useBench()
const contexts: BrowserContext[] = []
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
})

const contact = 'wmDemoZhuYun'
/** How this contact stands with each rep, such as `wanglei following`. */
async function standings(): Promise<string[]> {
  const rows = await bench.records().rows(
    `select p.wecom_user_id as userid, f.following, f.half_at, f.end_reason from contact_follow f join person p on p.id = f.rep_id
      where f.external_user_id = ? order by p.wecom_user_id`,
    [contact],
  )
  return rows.map(({ userid, following, half_at: half, end_reason: why }) =>
    [userid, following ? 'following' : half ? 'half' : why].join(' '),
  )
}

async function sitDownAsAdmin(): Promise<Desk> {
  const context = await bench.newBrowser()
  contexts.push(context)
  return sitDown(await context.newPage(), '沈航', '/contacts/sync')
}

/** Has everything read now, and waits until that is done. */
async function sync({ page, button, sheet }: Desk, why: string): Promise<void> {
  await button('现在同步').click()
  await sheet.getByRole('textbox').fill(why)
  await page.screenshot({ path: photoPath('console-contacts-sync-sheet') })
  await sheet.getByRole('button', { name: '现在同步', exact: true }).click()
  await page.getByText('已开始').waitFor()
  await page.locator('.sync-run').getByText(why).waitFor()
  await page.locator('.sync-run').getByText('已完成').waitFor({ timeout: 30_000 })
}

describe('the contacts', () => {
  test('of whose deletion nobody was told are put right by a reading that the administrator asks for', async () => {
    expect(await standings()).toEqual(['wanglei following'])
    await sim.turn({ callbackLost: true })
    await sim.happen('del_follow_user', { userid: 'wanglei', externalUserid: contact })
    await sim.happen('add_external_contact', { userid: 'lina', externalUserid: contact })
    const desk = await sitDownAsAdmin()
    await sync(desk, '通知断了一晚上')
    expect(await standings()).toEqual(['lina following', 'wanglei not_listed'])
    const { page } = desk
    const rows = page.locator('table.contents tbody tr').filter({ hasText: '朱赟' })
    await expect.poll(() => rows.filter({ hasText: '企业微信不再列出' }).count()).toBe(1)
    expect(await rows.filter({ hasText: '补上关系' }).filter({ hasText: '李娜' }).count()).toBe(1)
    for (const width of [375, 1280]) {
      await page.setViewportSize({ width, height: 900 })
      await page.screenshot({ path: photoPath(`console-contacts-sync-${width}`), fullPage: true })
      await expectOpenToAll(page)
    }
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByText('Ended: WeCom no longer lists it').first().waitFor()
    await page.screenshot({ path: photoPath('console-contacts-sync-1280-en'), fullPage: true })
    await page.getByRole('button', { name: '中文' }).click()

    await sim.reset()
    await sync(desk, '恢复之后再读一次')
    expect(await standings()).toEqual(['lina not_listed', 'wanglei following'])
  })

  test('change hands by messages alone: the giver’s relation ends for that reason, the taker’s begins', async () => {
    await sim.handOver('wanglei', 'lina', contact)
    await expect.poll(standings, { timeout: 15_000 }).toEqual(['lina following', 'wanglei handed_over'])
    await sim.reset()
    await sync(await sitDownAsAdmin(), '演示数据复原')
    expect(await standings()).toEqual(['lina not_listed', 'wanglei following'])
  })

  test('of half a relation are known as such until the rep confirms', async () => {
    await sim.happen('add_half_external_contact', { userid: 'zhaomin', externalUserid: contact })
    await expect.poll(standings, { timeout: 15_000 }).toContain('zhaomin half')
    await sim.happen('add_external_contact', { userid: 'zhaomin', externalUserid: contact, earlySeconds: 3 })
    await expect.poll(standings, { timeout: 20_000 }).toContain('zhaomin following')
    await sim.happen('del_external_contact', { userid: 'zhaomin', externalUserid: contact })
    await expect.poll(standings, { timeout: 15_000 }).toContain('zhaomin rep_deleted')
  })
})
