import { afterEach, describe, expect, test } from 'vitest'
import type { BrowserContext } from 'playwright-core'
import { drawCard } from '../cast/press/picture.ts'
import { useBench } from './bench.ts'
import { sitDown, type Desk } from './office.ts'
import { expectOpenToAll, photograph, photoPath } from './sight.ts'

const bench = useBench()
const contexts: BrowserContext[] = []
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
  await forgetNewTexts()
})

/** The doctors of other journeys agreed to the cast's texts. */
async function forgetNewTexts(): Promise<void> {
  const { rows } = bench.records()
  for (const table of ['consent_text', 'consent_wording', 'consent_text_version'])
    await rows(`delete from ${table} where version > 4`)
  await rows(`update consent_purpose set open_version = null where purpose = 'receive'`)
}

/** Everybody works in a browser of their own. */
async function deskOf(name: string, address: string): Promise<Desk> {
  const context = await bench.newBrowser()
  contexts.push(context)
  const page = await context.newPage()
  await page.emulateMedia({ reducedMotion: 'reduce' }) // what is half faded in cannot be looked at
  return sitDown(page, name, address)
}

/** The page is for everybody at both widths, in both languages. */
async function lookAtEveryWidth({ page }: Desk, name: string): Promise<void> {
  for (const width of [375, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    await page.screenshot({ path: photoPath(`console-${name}-${width}`), fullPage: true })
    await expectOpenToAll(page)
  }
}

describe('a consent text', () => {
  test('is rewritten, approved by somebody else, and the doctor is asked again without a reload', async () => {
    const stage = await bench.open('s=normal&hcp=wmDemoHanXue')
    await stage.strip.getByText('已同意').waitFor()

    const author = await deskOf('陈晨', '/consents/texts')
    await lookAtEveryWidth(author, 'consent-texts')
    await author.button('起草“接收资料”').click()
    await author.page.getByLabel('改了什么').fill('写明资料保存 5 年')
    const body = author.page.getByRole('textbox', { name: '正文' }).first()
    const words = await body.inputValue()
    await body.fill(words.replace('其后 3 年', '其后 5 年'))
    await author.button('保存').click()
    await author.page.getByText(/^已保存/).waitFor()
    await author.page.locator('ins').first().waitFor()
    await lookAtEveryWidth(author, 'consent-text')
    await author.button('提交审批').click()
    await author.page.getByText('已提交，等合规审批').waitFor()
    expect(await author.button('批准并生效').count()).toBe(0)

    const officer = await deskOf('许岚', '/consents/texts')
    await officer.page.getByRole('link', { name: '接收医学资料的同意说明' }).first().click()
    await officer.button('批准并生效').click()
    await officer.sheet.getByText('哈希与文字一致').waitFor()
    const asked = await officer.sheet.getByText(/位要重新同意/).textContent()
    expect(Number(/(\d+) 位/.exec(asked ?? '')?.[1])).toBeGreaterThan(10)
    await officer.page.screenshot({ path: photoPath('console-consent-sign-1280') })
    await expectOpenToAll(officer.page)
    await officer.button('到企业微信签名').click()
    await officer.page.getByRole('link', { name: /许岚/ }).click()
    await officer.page.getByText('签名完成，已批准').waitFor()
    const approvedAt = Date.now()

    await stage.strip.getByText('同意书有新版').waitFor()
    expect(Date.now() - approvedAt).toBeLessThan(6_000) // two seconds to ask, two for what an instance remembers
    await stage.pieces.getByText('同意书有新版').first().waitFor()
    const rows = await bench
      .records()
      .rows('select event from audit_entry where subject_id = ? order by id', ['consent-text-5'])
    expect(rows.map((row) => row['event'])).toEqual([
      ...['consent_text.drafted', 'consent_text.edited', 'consent_text.submitted', 'consent_text.approved'],
    ])
  })
})

describe('a consent on paper', () => {
  test('waits for a second person, and then the rep may send', async () => {
    const stage = await bench.open('s=normal&hcp=wmDemoWangFang')
    await stage.strip.getByText(/邀请过/).waitFor()

    const clerk = await deskOf('何静', '/consents/papers')
    await clerk.button('录入一份').click()
    await clerk.sheet.locator('input[type=file]').setInputFiles({
      ...{ name: '王芳同意书.png', mimeType: 'image/png', buffer: await drawCard('document') },
    })
    await clerk.sheet.getByText('已保存：王芳同意书.png').waitFor()
    await clerk.sheet.getByRole('searchbox', { name: '医生' }).fill('wangfang')
    await clerk.sheet.getByRole('radio', { name: /王芳/ }).check()
    await clerk.sheet.getByRole('checkbox', { name: '接收资料' }).check()
    await clerk.sheet.getByLabel('签署日期').fill(new Date(Date.now() - 86_400_000).toISOString().slice(0, 10))
    await clerk.page.screenshot({ path: photoPath('console-consent-paper-sheet-1280') })
    await expectOpenToAll(clerk.page)
    await clerk.button('提交，等另一个人确认').click()
    await clerk.page.getByText('已录入，等另一个人确认').waitFor()
    const own = clerk.page.getByRole('article').filter({ hasText: '王芳' })
    await own.getByText('您录入的，等别人确认').waitFor()
    expect(await own.getByRole('button', { name: '确认与扫描件一致' }).count()).toBe(0)

    const second = await deskOf('许岚', '/consents/papers')
    const paper = second.page.getByRole('article').filter({ hasText: '王芳' })
    await paper.getByRole('button', { name: '确认与扫描件一致' }).waitFor()
    await lookAtEveryWidth(second, 'consent-papers')
    await paper.getByRole('button', { name: '确认与扫描件一致' }).click()
    await second.page.getByText('已确认，同意已生效').waitFor()
    await stage.strip.getByText('已同意').waitFor()

    const list = await deskOf('许岚', '/consents?channel=paper')
    await list.page.getByRole('link', { name: '王芳' }).waitFor()
    await lookAtEveryWidth(list, 'consents')
    await list.page.getByRole('link', { name: '王芳' }).click()
    await list.page.getByText('纸质').first().waitFor()
    await list.page.getByText('证据').first().click()
    await lookAtEveryWidth(list, 'consent-doctor')

    await list.button('受理撤回').click()
    await list.sheet.getByLabel('原因和经过').fill('来电要求不再接收')
    await expectOpenToAll(list.page)
    await list.sheet.getByRole('button', { name: '受理撤回' }).click()
    await list.page.getByText(/^已撤回，/).waitFor()
    const withdrawnAt = Date.now()
    await stage.strip.getByText('已撤回同意').waitFor()
    expect(Date.now() - withdrawnAt).toBeLessThan(3_500)
  })
})

describe('a paper that the rep enters in the chat', () => {
  test('waits for the office, and the sheet that was open may send once it was confirmed there', async () => {
    const [account] = await bench.records().rows('select id from account where name = ?', ['董海涛'])
    const accountId = String(account?.['id'])
    await bench.records().rows('delete from consent where account_id = ?', [accountId]) // signed in person, never asked before
    const stage = await bench.open('s=normal&rep=zhaomin&hcp=wmDemoDongHaitao')
    // Waits for this consent alone; another may not be in force yet.
    const waiting = stage.pieces.filter({ hasText: '待医生同意' }).filter({ hasNotText: '新版' })
    await waiting.first().getByRole('button').first().click()
    await stage.button('登记纸质同意').click()
    const form = stage.sidebar.getByRole('dialog', { name: /纸质同意/ })
    await form.locator('input[type=file]').setInputFiles({
      ...{ name: '同意书照片.png', mimeType: 'image/png', buffer: await drawCard('document') },
    })
    await form.getByText('已上传：同意书照片.png').waitFor()
    await form.getByRole('checkbox', { name: '接收医学资料' }).check()
    for (const width of [300, 375]) await photograph(stage.page, '.sidebar', width, `sidebar-paper-${width}`)
    await expectOpenToAll(await stage.frame())
    await form.getByRole('button', { name: '提交，等合规确认' }).click()
    await stage.sidebar.getByText('等合规确认，现在还不能发').waitFor()

    const second = await deskOf('许岚', '/consents/papers')
    const paper = second.page.getByRole('article').filter({ hasText: '董海涛' })
    await paper.getByText(/医药代表.*在聊天里录入/).waitFor()
    await lookAtEveryWidth(second, 'consent-paper-of-rep')
    await paper.getByRole('button', { name: '确认与扫描件一致' }).click()
    await second.page.getByText('已确认，同意已生效').waitFor()
    const confirmedAt = Date.now()
    await stage.button('发送到当前聊天').waitFor()
    expect(Date.now() - confirmedAt).toBeLessThan(3_500)
    const said = await bench.records().rows('select statement, channel from consent where account_id = ?', [accountId])
    expect(said).toMatchObject([{ statement: 'opted_in', channel: 'paper' }])
  })
})

describe('a list of earlier consents', () => {
  test('is read first, and written once a second person releases it', async () => {
    const [account] = await bench.records().rows('select id from account where name = ?', ['萧子涵'])
    const accountId = String(account?.['id'])
    const csv = [
      '医生编号,目的,表示,表示日期,证据所在',
      `${accountId},接收资料,同意,2026-09-01,档案室 03 批 118 页`,
      `${accountId},阅读记录,同意,2026-09-01,`,
      'HCP-NOBODY,接收资料,同意,2026-09-01,档案室',
    ].join('\n')
    const clerk = await deskOf('何静', '/consents/imports')
    await clerk.page.locator('input[type=file]').setInputFiles({
      ...{ name: '旧同意.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) },
    })
    await clerk.page.getByText('已试读，等放行').waitFor()
    await clerk.page.getByText('等另一个人放行', { exact: true }).waitFor()
    expect(await clerk.button('放行并写入').count()).toBe(0)

    const second = await deskOf('许岚', '/consents/imports')
    await second.button('放行并写入').waitFor()
    await lookAtEveryWidth(second, 'consent-imports')
    await second.button('放行并写入').click()
    await second.page.getByText('已写入', { exact: true }).waitFor()
    await second.button('下载有问题的行').waitFor()
    const written = "select statement from consent where account_id = ? and channel = 'import'"
    expect(await bench.records().rows(written, [accountId])).toEqual([{ statement: 'opted_in' }])
  })
})
