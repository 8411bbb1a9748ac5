import { afterEach, describe, expect, test } from 'vitest'
import { useBench } from './bench.ts'
import { sitDown } from './office.ts'
import { barriersIn, expectOpenToAll, photograph, photoPath, sidewaysIn } from './sight.ts'
import { sim } from './simulator.ts'
import type { Row } from './records.ts'
import type { Stage } from './stage.ts'

const bench = useBench()

/** What the company asks whoever is added, as a newer version of its policy; put back as it was afterwards. */
let before: Row | undefined
async function askWhoeverIsAdded(): Promise<void> {
  const [policy] = await bench.records().rows('select * from policy order by version desc limit 1')
  before ??= policy
  // The rep's own word is enough for a match here; a second look has a journey of its own.
  await write({ ...policy, disclaimer_mode: 2, match_review: 'off' })
}
async function write(policy: Row): Promise<void> {
  const [newest] = await bench.records().rows('select max(version) as version from policy')
  await bench.records().insert('policy', { ...policy, version: Number(newest?.['version']) + 1, reason: 'A journey' })
  await new Promise((resolve) => setTimeout(resolve, 2_500)) // each instance reads the policy every two seconds
}
afterEach(async () => {
  if (before) await write(before)
  before = undefined
})

/** Somebody nobody has added yet scans a rep's code; tells who that is from now on. */
async function scan(stage: Stage, code: string | RegExp): Promise<string> {
  await stage.page.getByText('换一位没加过的医生，扫名片码').click()
  await stage.page.getByRole('list', { name: '扫哪一个码' }).getByRole('button', { name: code }).last().click()
  await stage.doctor.getByText('你们已经是联系人').waitFor()
  return (await sim.state()).session.hcp
}

const heading = (stage: Stage, name: string | RegExp) => stage.phone.getByRole('heading', { level: 1, name })

describe('a doctor who scans a rep’s code', () => {
  test('is welcomed within seconds, decides with three taps, is matched, and reads the first piece, on one page', async () => {
    await askWhoeverIsAdded()
    const stage = await bench.open('s=normal&rep=zhaomin&hcp=wmDemoYuanHao')
    await stage.button('名片码').click()
    await stage.sidebar.getByRole('img', { name: '赵敏的名片码' }).waitFor({ timeout: 15_000 })
    await stage.button('关闭').last().click()

    const scannedAt = Date.now()
    const externalUserId = await scan(stage, /^赵敏/)
    await stage.doctor.locator('button.card').waitFor({ timeout: 20_000 })
    const seconds = (Date.now() - scannedAt) / 1_000
    await stage.doctor.getByText('医药代表赵敏').waitFor()
    const [welcome] = await bench.records().rows('select * from welcome where external_user_id = ?', [externalUserId])
    expect(welcome).toMatchObject({ life: 'sent', asks_consent: 1, attempts: 1 })
    const took = Number(welcome?.['settled_at']) - Number(welcome?.['occurred_at'])
    console.info(`welcome: ${seconds} s after the scan on the phone, ${took} ms after the event by the server`)
    expect(seconds).toBeLessThan(20)

    let taps = 0
    const tap = async (act: () => Promise<void>): Promise<void> => {
      await act()
      taps += 1
    }
    await tap(() => stage.openCard())
    await heading(stage, /医生，您好$/).waitFor()
    await expectOpenToAll(await stage.phoneFrame())
    await tap(() => stage.phone.getByRole('checkbox', { name: '接收医学资料' }).check())
    await tap(() => stage.phone.getByRole('button', { name: '同意', exact: true }).click())
    await heading(stage, '已记录：您同意接收医学资料').waitFor()
    await expectOpenToAll(await stage.phoneFrame())
    expect(taps).toBe(3)
    const answers = await bench
      .records()
      .rows('select * from contact_answer where external_user_id = ? order by id', [externalUserId])
    expect(answers.find(({ purpose }) => purpose === 'receive')).toMatchObject({
      ...{ statement: 'opted_in', identity: 'wechat_oauth', channel: 'link' },
    })

    await stage.sidebar.getByRole('searchbox', { name: '搜姓名、拼音、医院' }).fill('萧子涵')
    await stage.sidebar.getByRole('radio', { name: /萧子涵/ }).check()
    await stage.button('就是他').click()
    await stage.strip.getByRole('heading', { level: 1, name: /萧子涵/ }).waitFor()
    await stage.strip
      .getByText(/^已同意/)
      .first()
      .waitFor()
    const [consent] = await bench
      .records()
      .rows("select * from consent where account_id = ? and channel = 'link' order by purpose = 'receive' desc", [
        'HCP-XiaoZihan',
      ])
    expect(consent).toMatchObject({ purpose: 'receive', statement: 'opted_in', identity: 'wechat_oauth' })
    expect(consent?.['stated_at']).toEqual(answers.find(({ purpose }) => purpose === 'receive')?.['stated_at'])

    const title = await stage.openFirst()
    await stage.send()
    await stage.page.getByRole('button', { name: '返回聊天' }).click()
    await stage.openCard()
    await heading(stage, title).waitFor()
    const sends = await bench.records().sendsTo(externalUserId, bench.began())
    expect(sends).toMatchObject([
      { id: welcome?.['send_id'], class: 'consent', outcome: 'authorised', account_id: null },
      { outcome: 'authorised', account_id: 'HCP-XiaoZihan' },
    ])
    expect(await bench.records().facts(sends[0]?.['id'])).toBe('A H K O')
    await bench.untilFacts(sends[1]?.['id'], 'A H K O')
    await stage.page.screenshot({ path: photoPath('welcome-read') })
    await photograph(stage.page, '.doctor', 375, 'welcome-first-piece')
  })

  test('where the company asks later gets words alone, in seconds, and sees no product in them', async () => {
    const stage = await bench.open('s=normal&rep=zhaomin&hcp=wmDemoYuanHao')
    await stage.button('名片码').click()
    await stage.sidebar.getByRole('img', { name: '赵敏的名片码' }).waitFor({ timeout: 15_000 })
    await expectOpenToAll(await stage.frame())
    await photograph(stage.page, '.sidebar', 375, 'own-code')
    const again = await bench.open('s=normal&rep=zhaomin&hcp=wmDemoYuanHao')
    const externalUserId = await scan(again, /^赵敏/)
    await again.doctor.getByText('医药代表赵敏').waitFor({ timeout: 20_000 })
    expect(await again.doctor.locator('button.card').count()).toBe(0)
    expect(await bench.records().sendsTo(externalUserId, bench.began())).toEqual([])
    const [welcome] = await bench.records().rows('select * from welcome where external_user_id = ?', [externalUserId])
    expect(welcome).toMatchObject({ life: 'sent', asks_consent: 0, send_id: null })
  })
})

describe('a code for an event', () => {
  test('is made in the console, printed, scanned, and shows who came by it; a temporary one says why not', async () => {
    const office = await bench.newBrowser()
    const desk = await sitDown(await office.newPage(), '何静', '/contact-codes')
    const { page } = desk
    await page.getByRole('link', { name: '新建名片码' }).click()
    await desk.field('名称（海报和列表里显示）').fill('2026 肿瘤年会 展位')
    await page.getByRole('searchbox', { name: /^主要代表/ }).fill('赵敏')
    await desk.button('加上赵敏').click()
    await expectNoBarriers(page)
    await desk.button('生成名片码').click()
    await page.getByRole('img', { name: /二维码/ }).waitFor({ timeout: 15_000 })
    await page.screenshot({ path: photoPath('contact-code') })
    await page.getByRole('link', { name: '打印海报' }).click()
    await page.getByLabel('海报文字').selectOption('both')
    await page.getByText('Scan with WeChat to add your medical representative').waitFor()
    await expectNoBarriers(page)
    await page.emulateMedia({ media: 'print' })
    await page.screenshot({ path: photoPath('contact-code-poster') })
    await page.emulateMedia({ media: null })
    await page.goBack()

    const stage = await bench.open('s=normal&rep=zhaomin&hcp=wmDemoYuanHao')
    const externalUserId = await scan(stage, /肿瘤年会/)
    await stage.doctor.getByText('医药代表赵敏').waitFor({ timeout: 20_000 })
    await expect
      .poll(async () => {
        const [follow] = await bench
          .records()
          .rows(
            'select c.name from contact_follow f join contact_code c on c.id = f.scan_state where f.external_user_id = ?',
            [externalUserId],
          )
        return follow?.['name']
      })
      .toBe('2026 肿瘤年会 展位')
    await page.reload()
    await page.getByRole('row', { name: /清泉.*赵敏.*已发送/ }).waitFor()

    await page.goto(`${new URL(page.url()).origin}/console/contact-codes/new`)
    await desk.field('名称（海报和列表里显示）').fill('义诊')
    await page.getByLabel(/^临时会话/).check()
    await page.getByRole('searchbox', { name: /^主要代表/ }).fill('赵敏')
    await desk.button('加上赵敏').click()
    await desk.button('生成名片码').click()
    await page
      .getByText(/只给认证为医疗行业的企业/)
      .first()
      .waitFor({ timeout: 15_000 })
    await office.close()
  })
})

async function expectNoBarriers(page: Stage['page']): Promise<void> {
  expect(await barriersIn(page)).toEqual([])
  expect(await sidewaysIn(page)).toBe(0)
}
