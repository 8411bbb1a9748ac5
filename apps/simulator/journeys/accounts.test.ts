import { readFileSync } from 'node:fs'
import type { BrowserContext } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { useBench } from './bench.ts'
import { sitDown, type Desk } from './office.ts'
import { expectOpenToAll, photoPath, sidewaysIn } from './sight.ts'

const bench = useBench()
const contexts: BrowserContext[] = []
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
  await forgetDoctors()
})

const contact = 'wmJourneyDoctor01'
const codes = ['JRN-0001', 'JRN-0002', 'JRN-0003']
/** Doctors of these lists are nobody else's, and their places neither. */
async function forgetDoctors(): Promise<void> {
  const { rows } = bench.records()
  const found = await rows("select id from account where hospital_id like 'JRN-%'")
  const ids = found.map((row) => row['id'])
  if (ids.length > 0) {
    await rows('update external_contact set account_id = null where account_id in (?)', [ids])
    await rows('delete from account_pair where one_id in (?) or other_id in (?)', [ids, ids])
    for (const table of ['account_assignment', 'consent'])
      await rows('delete from ?? where account_id in (?)', [table, ids])
    await rows('delete from account where id in (?)', [ids])
  }
  for (const table of ['contact_follow', 'external_contact'])
    await rows('delete from ?? where external_user_id = ?', [table, contact])
  await rows("delete from hospital where id like 'JRN-%'")
  await rows("delete from territory where code like 'JRN-%'")
  await rows("delete from specialty where code = '旅程专科'")
}

async function deskOf(name: string, address: string): Promise<Desk> {
  const context = await bench.newBrowser()
  contexts.push(context)
  const page = await context.newPage()
  await page.emulateMedia({ reducedMotion: 'reduce' }) // what is half faded in cannot be looked at
  return sitDown(page, name, address)
}

/** The page is for everybody, in both languages; at each width it is seen whole. */
async function lookAtEveryWidth({ page }: Desk, name: string): Promise<void> {
  for (const language of ['zh', 'en']) {
    for (const width of [1280, 375, 320]) {
      await page.setViewportSize({ width, height: 900 })
      await page.screenshot({ path: photoPath(`console-${name}-${language}-${width}`), fullPage: true })
      expect(await sidewaysIn(page), `${name} at ${width}`).toBe(0)
    }
    await expectOpenToAll(page)
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.getByRole('button', { name: language === 'zh' ? 'English' : '中文', exact: true }).click()
  }
  await expectOpenToAll(page)
}

const head = '医生编码,姓名,医院编码,医院,科室,职称,专业,执业证号,片区,代表工号'
const line = (code: string | undefined, name: string, licence: string, title = '主任医师') =>
  [code, name, 'JRN-H1', '旅程医院（示例）', '肾内科', title, '旅程专科', licence, 'JRN-EAST', 'wanglei'].join(',')
const list = (name: string, ...lines: string[]) => ({
  ...{ name, mimeType: 'text/csv' },
  buffer: Buffer.from(`\ufeff${[head, ...lines].join('\r\n')}\r\n`),
})
const good = [line(codes[0], '旅程甲', 'JRN-LIC-0000001'), line(codes[1], '旅程嘉', '', '副主任医师')]
const bad = line(codes[2], '旅程丙', '202611110000000000000000000')

describe('a list of doctors', () => {
  test('is brought in with errors, again, and two that are one are merged and parted', async () => {
    const clerk = await deskOf('何静', '/doctors/imports')
    const { page } = clerk
    const upload = (file: ReturnType<typeof list>) => page.locator('input[type=file]').setInputFiles(file)
    const card = (name: string) => page.getByRole('article', { name })

    await upload(list('旅程一.csv', ...good, bad))
    const first = card('旅程一.csv')
    await first.getByText('检查完，还没有写入').waitFor()
    await first.getByText('2 将新增').waitFor()
    await first.getByRole('button', { name: '看每一行' }).click()
    await first.getByText('像资格证书编码，里面有身份证号').waitFor()
    await lookAtEveryWidth(clerk, 'doctor-imports')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      first.getByRole('button', { name: '下载有错的行' }).click(),
    ])
    const errors = readFileSync(await download.path(), 'utf8')
    expect(errors).toContain('旅程丙')
    expect(errors).not.toContain('202611110000000000000000000')
    await first.getByRole('button', { name: '写入名录' }).click()
    await first.getByText('2 新增').waitFor()

    await upload(list('旅程二.csv', ...good))
    const second = card('旅程二.csv')
    await second.getByText('2 不变').waitFor()
    await second.getByRole('button', { name: '写入名录' }).click()
    await second.getByText('已写入').waitFor()
    await second.getByText('0 新增').waitFor()

    await page.getByRole('link', { name: '医生名录' }).click()
    await page.getByRole('searchbox').fill('lvchengjia')
    await page.getByRole('link', { name: '旅程甲' }).waitFor()
    await page.getByRole('link', { name: '旅程嘉' }).waitFor()
    await lookAtEveryWidth(clerk, 'doctors')

    await page.getByRole('link', { name: '疑似重复' }).click()
    const pair = page.getByRole('article').filter({ hasText: '旅程甲' })
    await expect.poll(async () => (await clerk.button('刷新').click(), pair.count()), { timeout: 20_000 }).toBe(1)
    await pair.getByText('同一医院，姓名读音相近').waitFor()
    await lookAtEveryWidth(clerk, 'doctor-pairs')
    await giveContact('旅程嘉')
    await pair.getByRole('link', { name: '对照并合并' }).click()
    await page.getByRole('heading', { name: '会发生什么' }).waitFor()
    const goes = page.getByRole('listitem').filter({ hasText: '并入' })
    if (await goes.getByRole('link', { name: '旅程甲' }).count()) await clerk.button('保留这一份').click()
    await goes.getByRole('link', { name: '旅程嘉' }).waitFor()
    await page.getByText('1 位联系人转到保留的档案').waitFor()
    await lookAtEveryWidth(clerk, 'doctor-merge')
    await clerk.button('合并').click()
    await clerk.sheet.getByLabel('原因').fill('同一个人，名字写错过')
    await expectOpenToAll(page)
    await clerk.sheet.getByRole('button', { name: '合并' }).click()
    await page.getByText('已合并，可以在医生页面撤销').waitFor()
    await page.getByText('王磊').first().waitFor()
    await lookAtEveryWidth(clerk, 'doctor-detail')

    await clerk.button('撤销合并').click()
    await clerk.sheet.getByLabel('原因').fill('看错了，是两个人')
    await clerk.sheet.getByRole('button', { name: '撤销合并' }).click()
    await page.getByText('已撤销，两份档案各自恢复').waitFor()
    await page.getByText('没有代表和这位医生建立联系').waitFor()
    const rows = await bench
      .records()
      .rows("select name, active, merged_into from account where hospital_id = 'JRN-H1' order by external_id")
    expect(rows.map((row) => [row['name'], row['active'], row['merged_into']])).toEqual([
      ['旅程甲', 1, null],
      ['旅程嘉', 1, null],
    ])
    await page.screenshot({ path: photoPath('console-doctor-undone-1280'), fullPage: true })
  })
})

/** The rep has this doctor as a contact already. */
async function giveContact(name: string): Promise<void> {
  const { rows, insert } = bench.records()
  const [account] = await rows('select id from account where name = ?', [name])
  const [rep] = await rows("select id from person where wecom_user_id = 'wanglei'")
  const at = new Date()
  await insert('external_contact', {
    ...{ external_user_id: contact, nickname: name, account_id: account?.['id'], created_at: at, kind: 'wechat' },
  })
  const follow = { rep_id: rep?.['id'], external_user_id: contact, following: 1, proved_at: at, began_at: at }
  await insert('contact_follow', follow)
}
