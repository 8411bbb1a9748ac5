import type { BrowserContext } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { drawCard } from '../cast/press/picture.ts'
import { useBench } from './bench.ts'
import { sitDown, type Desk } from './office.ts'
import { expectOpenToAll, photograph, photoPath, sidewaysIn } from './sight.ts'
import type { Stage } from './stage.ts'

const bench = useBench({ still: true })
const contexts: BrowserContext[] = []
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
})
const met = ['wmDemoUnmatched', 'wmDemoStillWater']

/** Other journeys meet these contacts unmatched. */
async function forgetMatches(): Promise<void> {
  const { rows } = bench.records()
  await rows(
    `update external_contact set account_id = null, matched_by = null, matched_at = null, waiting_match_id = null
      where external_user_id in (?)`,
    [met],
  )
  await rows('delete from contact_match where external_user_id in (?)', [met])
  await rows('update account set active = 0 where id in (select account_id from account_change where life = ?)', [
    'created',
  ])
  await rows('delete from account_change where external_user_id in (?)', [met])
}
afterEach(forgetMatches)

/** Somebody of the office, in a browser of their own. */
async function deskOf(name: string, address: string): Promise<Desk> {
  const context = await bench.newBrowser()
  contexts.push(context)
  const page = await context.newPage()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  return sitDown(page, name, address)
}

/** The page is for everybody in both widths and languages. */
async function lookAtOffice({ page, button }: Desk, name: string): Promise<void> {
  for (const [language, other] of [
    ['zh-CN', 'English'],
    ['en-US', '中文'],
  ] as const) {
    for (const width of [375, 1280]) {
      await page.setViewportSize({ width, height: 900 })
      await page.screenshot({ path: photoPath(`${name}-${width}-${language}`), fullPage: true })
      await expectOpenToAll(page)
    }
    await button(other).click()
  }
}

async function lookAtSidebar(stage: Stage, name: string): Promise<void> {
  const frame = await stage.frame()
  await expectOpenToAll(frame)
  expect(await sidewaysIn(frame, 200)).toBe(0)
  for (const width of [300, 375]) await photograph(stage.page, '.sidebar', width, `${name}-${width}`)
}

/** The doctor is asked, as the first thing that may be sent. */
async function invite(stage: Stage, contact: string): Promise<void> {
  await stage.button('邀请').click()
  await stage.send()
  expect(await bench.onlySend(contact)).toMatchObject({ outcome: 'authorised', class: 'consent' })
}

describe('a contact nobody is matched to', () => {
  test('[MAT-01] is confirmed among three of one name, looked at by compliance, and then sent to', async () => {
    const [contact] = met as [string]
    const stage = await bench.open('s=unmatched')
    await stage.sidebar.getByRole('heading', { name: '还没对上这位联系人' }).waitFor()
    await expect.poll(() => stage.sidebar.getByRole('radio', { name: '张伟' }).count()).toBe(3)
    await stage.sidebar.getByRole('radio', { name: /呼吸与危重症/ }).check()
    await stage.sidebar.getByRole('checkbox', { name: /我核对过/ }).waitFor()
    expect(await stage.button('就是他').isDisabled()).toBe(true)
    await stage.sidebar.getByRole('radio', { name: /胸外科/ }).check()
    await stage.sidebar.getByText('选定后要合规看过才能发送').waitFor()
    await lookAtSidebar(stage, 'match-candidates')
    await stage.button('就是他').click()
    await stage.sidebar.getByRole('heading', { name: '等合规看过' }).waitFor()
    await lookAtSidebar(stage, 'match-waiting')
    const [invitation] = await bench.records().rows('select id from content_item where class = ? limit 1', ['consent'])
    const asked = { requestId: crypto.randomUUID(), externalUserId: contact, contentItemId: invitation?.['id'] }
    const early = await stage.ask('/api/rep/sends', { ...asked, kind: 'news', entry: 'single_chat_tools' })
    expect(early.body).toMatchObject({ outcome: 'refused' })
    expect(JSON.stringify(early.body)).toContain('match_not_reviewed')

    const officer = await deskOf('许岚', '/doctors/matches')
    const card = officer.page.getByRole('article').filter({ hasText: '备注 张伟' })
    await card.getByText('同名医生 2 位').waitFor()
    await lookAtOffice(officer, 'match-reviews')
    await card.getByRole('button', { name: '同意，是这位医生' }).click()
    await officer.page.getByText('已同意，代表现在可以发送').waitFor()
    const agreedAt = Date.now()
    await stage.strip.getByText('仁和医院（示例） · 胸外科').waitFor()
    expect(Date.now() - agreedAt).toBeLessThan(3_500)
    await stage.button('邀请').click()
    await stage.send()
    const sends = await bench.records().sendsTo(contact, bench.began())
    expect(sends.map((send) => send['outcome']).toSorted()).toContain('authorised')
    expect(await bench.records().audit(contact)).toEqual(
      expect.arrayContaining(['contact.match_proposed', 'contact.matched']),
    )
    const told = await bench
      .records()
      .rows('select body from outbox where kind = ? order by id desc limit 1', ['match'])
    expect(JSON.stringify(told)).toContain('联系人已对上 张伟')
  })

  test('[MAT-02] that was mistaken is unmatched with a reason, and nothing goes out until it is matched again', async () => {
    const [contact] = met as [string]
    await bench
      .records()
      .rows('update external_contact set account_id = ?, matched_at = now(3) where external_user_id = ?', [
        ...['HCP-ZhangWei3', contact],
      ])
    const stage = await bench.open('s=unmatched')
    await stage.button('张伟 的档案').click()
    await stage.sheet.getByText(/执业证尾号/).waitFor()
    await lookAtSidebar(stage, 'profile')
    await stage.sheet.getByRole('button', { name: '不是这位医生' }).click()
    await stage.sheet.getByLabel('哪里对错了').fill('是同名的另一位')
    await stage.sheet.getByRole('button', { name: '解除匹配' }).click()
    await stage.sidebar.getByRole('heading', { name: '还没对上这位联系人' }).waitFor()
    const [row] = await bench
      .records()
      .rows('select life, end_reason from contact_match where external_user_id = ?', [contact])
    expect(row).toEqual({ life: 'ended', end_reason: '是同名的另一位' })
  })
})

describe('a doctor who is not in the list', () => {
  test('[MAT-03] is asked for with a photo, made by the office, confirmed by the rep and sent to', async () => {
    const contact = met[1]!
    const stage = await bench.open(`s=normal&hcp=${contact}`)
    await stage.button('名单里没有，申请新增').click()
    await stage.sidebar.getByLabel('医生姓名').fill('欧小川')
    await stage.sidebar.getByLabel('医院', { exact: true }).fill('江滩医院（示例）')
    await stage.sidebar.getByLabel('科室', { exact: true }).fill('肿瘤科')
    await stage.sidebar.getByLabel(/^执业证书编码/).fill('110101199003078515110101')
    await stage.sidebar.locator('input[type=file]').setInputFiles({
      ...{ name: '胸牌.png', mimeType: 'image/png', buffer: await drawCard('document') },
    })
    await stage.sidebar.getByText('照片已加上').waitFor()
    await stage.button('提交').click()
    await stage.sidebar.getByText(/这是资格证书编码/).waitFor()
    await lookAtSidebar(stage, 'match-request')
    await stage.sidebar.getByLabel(/^执业证书编码/).fill('DEMO-LIC-900001')
    await stage.button('提交').click()
    await stage.sidebar.getByText('申请新增：欧小川 · 江滩医院（示例）').waitFor()
    await lookAtSidebar(stage, 'match-asked')

    const officer = await deskOf('许岚', '/doctors/changes')
    const card = officer.page.getByRole('article').filter({ hasText: '欧小川' })
    await card.getByText('名单里没有同名或同证号的医生').waitFor()
    await expect
      .poll(() => card.locator('img').evaluate((image) => (image as HTMLImageElement).naturalWidth))
      .toBeGreaterThan(10)
    await lookAtOffice(officer, 'account-changes')
    await card.getByRole('button', { name: '建档' }).click()
    await officer.sheet.getByRole('radio', { name: /新增“江滩医院（示例）”/ }).check()
    await officer.sheet.getByLabel('职称').fill('主治医师')
    await officer.sheet.getByLabel('专业').selectOption({ label: '肿瘤内科' })
    await officer.sheet.getByLabel('怎么核实的执业证').selectOption({ label: '国家卫健委执业注册查询' })
    await officer.page.screenshot({ path: photoPath('account-change-sheet-1280') })
    await expectOpenToAll(officer.page)
    await officer.sheet.getByRole('button', { name: '建档' }).click()
    await officer.page.getByText('已建档，代表会收到消息').waitFor()

    const radio = stage.sidebar.getByRole('radio', { name: /欧小川/ })
    await radio.waitFor()
    await stage.sidebar.getByText('请在下面核对，点“就是他”。').waitFor()
    await radio.check()
    await stage.button('就是他').click()
    await stage.strip.getByText('江滩医院（示例） · 肿瘤科').waitFor()
    await invite(stage, contact)
    const [made] = await bench
      .records()
      .rows('select hcp_verified, verified_source from account where name = ?', ['欧小川'])
    expect(made).toEqual({ hcp_verified: 1, verified_source: 'registry' })
  })

  test('[MAT-04] a detail that is wrong is shown as what differs, and put right', async () => {
    const stage = await bench.open('s=normal&hcp=wmDemoCaoYawen')
    await stage.button('曹雅文 的档案').click()
    await stage.sheet.getByRole('button', { name: '资料不对' }).click()
    await stage.sheet.getByLabel('职称', { exact: true }).fill('副主任医师')
    await lookAtSidebar(stage, 'profile-wrong')
    await stage.sheet.getByRole('button', { name: '提交' }).click()
    await stage.sheet.getByText('改资料：曹雅文').waitFor()
    await stage.sheet.getByRole('button', { name: '关闭' }).click()

    const officer = await deskOf('许岚', '/doctors/changes')
    const card = officer.page.getByRole('article').filter({ hasText: '资料不对：曹雅文' })
    await card.getByRole('row', { name: /职称 主治医师 副主任医师/ }).waitFor()
    await officer.page.screenshot({ path: photoPath('account-change-detail-1280'), fullPage: true })
    await expectOpenToAll(officer.page)
    await card.getByRole('button', { name: '改正' }).click()
    await officer.sheet.getByRole('button', { name: '确认改正' }).click()
    await officer.page.getByText('已改正').first().waitFor()
    await stage.strip.getByText('副主任医师').waitFor()
    const { rows } = bench.records()
    expect(await rows('select title, hcp_verified, corrected from account where id = ?', ['HCP-CaoYawen'])).toEqual([
      { title: '副主任医师', hcp_verified: 1, corrected: 'title' },
    ])
    await rows('update account set title = ?, corrected = ?, revision = 1 where id = ?', [
      ...['主治医师', '', 'HCP-CaoYawen'],
    ])
    await rows('delete from account_change where external_user_id = ?', ['wmDemoCaoYawen'])
  })
})
