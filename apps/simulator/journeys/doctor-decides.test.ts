import { describe, expect, test } from 'vitest'
import { useBench } from './bench.ts'
import { sitDown } from './office.ts'
import { expectOpenToAll, photograph } from './sight.ts'
import { sim } from './simulator.ts'
import type { Stage } from './stage.ts'
import { findPlace } from './place.ts'

const bench = useBench()

/** What a doctor stated since the journey began, newest last. */
async function stated(accountId: string): Promise<string[]> {
  const rows = await bench
    .records()
    .rows('select purpose, statement from consent where account_id = ? and recorded_at >= ? order by stated_at, id', [
      accountId,
      bench.began(),
    ])
  return rows.map(({ purpose, statement }) => `${String(purpose)} ${String(statement)}`).sort()
}

/** What the page on the phone says, without barriers. */
async function shows(stage: Stage, heading: string | RegExp): Promise<void> {
  await stage.phone.getByRole('heading', { level: 1, name: heading }).waitFor()
  await expectOpenToAll(await stage.phoneFrame())
}

/** A link that was sent to the doctor in the chat, and is open on their phone. */
async function readLink(stage: Stage): Promise<string> {
  const title = await stage.openFirst()
  await stage.send()
  await stage.openCard()
  await stage.recognise()
  await stage.phone.getByRole('heading', { level: 1, name: title }).waitFor()
  return title
}

/** The doctor's own page, by one tap in the foot of whatever is open. */
async function toMine(stage: Stage, name: string): Promise<void> {
  await stage.phone.getByRole('link', { name: /^我的：/ }).click()
  await shows(stage, name)
}

describe('a doctor who is asked', () => {
  test('reads before anybody knows who it is, says no, changes their mind with both boxes, and the rep sees each', async () => {
    const stage = await bench.open('s=normal&rep=chenhao&hcp=wmDemoGulnar')
    await stage.strip.getByText('未同意').first().waitFor()
    await stage.pieces.first().click()
    await stage.button('邀请医生同意').click()
    await stage.answerWeCom('发送')
    await stage.sidebar.getByText('已交给企业微信').first().waitFor()

    await stage.button('当面扫码').click()
    await stage.sidebar.getByRole('img', { name: '当面扫码' }).waitFor()
    await stage.button('关闭').last().click()
    await stage.openCard()
    await shows(stage, '医生，您好')
    expect(await stage.phone.locator('body').textContent()).not.toContain('古丽娜尔')
    expect(await stage.phone.locator('input:checked').count()).toBe(0)
    await photograph(stage.page, '.doctor', 375, 'doctor-asked')
    await stage.phone.getByRole('button', { name: '暂不同意', exact: true }).click()
    await shows(stage, '已记录：您暂不同意')
    const [declined] = await stated('HCP-Gulnar').then((all) => all.filter((one) => one.startsWith('receive')))
    expect(declined).toBe('receive declined')
    await stage.strip
      .getByText(/不接收/)
      .first()
      .waitFor({ timeout: 5_000 })

    await stage.phone.getByRole('link', { name: '改变决定' }).click()
    await shows(stage, /医生，您好$/)
    await stage.phone.getByRole('checkbox', { name: '接收医学资料' }).check()
    for (const other of await stage.phone.getByRole('checkbox').all()) await other.check()
    await stage.phone.getByRole('button', { name: '同意', exact: true }).click()
    await shows(stage, '已记录：您同意接收医学资料')
    expect(await stated('HCP-Gulnar')).toContain('receive opted_in')
    const [row] = await bench
      .records()
      .rows(
        'select channel, identity, evidence from consent where account_id = ? and statement = ? and purpose = ? order by stated_at desc limit 1',
        ['HCP-Gulnar', 'opted_in', 'receive'],
      )
    expect(row).toMatchObject({ channel: 'link', identity: 'remembered' })
    expect(String(row?.['evidence'])).toContain('wmDemoGulnar')
    await stage.strip.getByText('已同意').first().waitFor({ timeout: 5_000 })
  })
})

describe('withdrawing', () => {
  test('[R15] takes two taps from the foot of a link that was taken back, while WeCom is down, and the rep sees it', async () => {
    const stage = await bench.open('s=normal&rep=chenhao&hcp=wmDemoNurlan')
    const title = await readLink(stage)
    await stage.tab('记录')
    await stage.entry(title).getByRole('button', { name: '收回链接' }).click()
    await stage.button('确定收回').click()
    await stage.entry(title).getByText('链接已收回').waitFor()
    await stage.page.getByRole('button', { name: '返回聊天' }).click()
    await stage.openCard()
    await stage.phone.getByRole('heading', { name: '这条链接已收回' }).waitFor()

    await sim.turn({ apiFault: 'busy' })
    let taps = 0
    for (const target of [
      stage.phone.getByText('撤回同意', { exact: true }),
      stage.phone.getByRole('button', { name: '确认撤回' }),
    ]) {
      await target.click()
      taps += 1
    }
    await shows(stage, '已撤回同意')
    expect(taps).toBe(2)
    await photograph(stage.page, '.doctor', 375, 'doctor-withdrew')
    expect(await stated('HCP-Nurlan')).toEqual(['reading_record opted_out', 'receive opted_out'])
    await stage.strip
      .getByText(/已撤回|不接收/)
      .first()
      .waitFor({ timeout: 5_000 })
  })
})

describe('the doctor’s own pages', () => {
  test('show what was sent and agreed, keep wishes and a pause, give a copy, take a complaint', async () => {
    const stage = await bench.open('s=normal&rep=chenhao&hcp=wmDemoDengHuimin')
    const title = await readLink(stage)
    await toMine(stage, '邓慧敏')
    await stage.phone.getByText(title).first().waitFor()
    await photograph(stage.page, '.doctor', 375, 'doctor-mine')

    await stage.phone.getByRole('link', { name: /我想怎样收到/ }).click()
    await stage.phone.getByLabel('每月最多几次').selectOption('2')
    await stage.phone.getByLabel('从').fill('12:00')
    await stage.phone.getByLabel('到').fill('14:00')
    await stage.phone.getByRole('checkbox').first().uncheck()
    await stage.phone.getByRole('button', { name: '保存' }).click()
    await stage.phone.getByText('已保存').waitFor()
    await expectOpenToAll(await stage.phoneFrame())
    expect(await stage.phone.getByLabel('每月最多几次').inputValue()).toBe('2')
    const [wish] = await bench.records().rows('select * from account_wish where account_id = ?', ['HCP-DengHuimin'])
    expect(wish).toMatchObject({ most_per_month: 2, quiet_from: 720, quiet_until: 840, revision: 1 })
    await stage.phone.getByRole('button', { name: '1 周' }).click()
    await stage.phone.getByText('已暂停接收，到').waitFor()
    await stage.phone.getByRole('button', { name: '恢复接收' }).click()
    await stage.phone.getByText('已恢复接收').waitFor()

    await stage.phone.getByRole('link', { name: /返回/ }).click()
    const began = Date.now()
    await stage.phone.getByRole('link', { name: /我的资料副本/ }).click()
    await shows(stage, '公司存有的关于我的信息')
    expect(Date.now() - began).toBeLessThan(60_000)
    expect(await stage.phone.locator('main').textContent()).toMatch(/邓慧敏.*慧敏/s)

    await stage.phone.getByRole('link', { name: /返回/ }).click()
    await stage.phone.getByRole('link', { name: '投诉或意见' }).click()
    await stage.phone.getByLabel('发生了什么').fill('同一份资料发了两次')
    await stage.phone.getByRole('button', { name: '提交' }).click()
    await stage.phone.getByText(/编号 T[0-9A-Z]{8}/).waitFor()
  })

  test('take a request for erasure after one more check, and compliance answers it where the doctor reads it', async () => {
    const stage = await bench.open('s=normal&hcp=wmDemoMaHe')
    await readLink(stage)
    await toMine(stage, '马翯')
    await stage.phone.getByRole('link', { name: /删除我的信息/ }).click()
    await shows(stage, '删除我的信息')
    await stage.phone.getByRole('button', { name: '核对身份，提交删除请求' }).click()
    await stage.phone.getByText(/已收到您的请求，编号 D/).waitFor()
    expect((await stated('HCP-MaHe')).every((one) => one.endsWith('opted_out'))).toBe(true)
    const [request] = await bench
      .records()
      .rows("select * from hcp_request where kind = 'erasure' and account_id = ?", ['HCP-MaHe'])

    const office = await bench.newBrowser()
    const desk = await sitDown(await office.newPage(), '何静', '/requests')
    await desk.page.getByRole('button', { name: `查看 ${String(request?.['receipt'])}` }).click()
    await desk.sheet.getByLabel('答复医生').fill('可以删除的已经删除，其余依法保留。')
    await desk.button('删除并答复').click()
    await desk.page.getByText('已处理，医生看得到答复').waitFor()
    await office.close()

    const page = await stage.phoneFrame()
    await page.goto(`${findPlace().hcp}/me/erasure`)
    await stage.phone.getByText('可以删除的已经删除，其余依法保留。').waitFor()
    const [contact] = await bench
      .records()
      .rows('select nickname from external_contact where external_user_id = ?', ['wmDemoMaHe'])
    expect(contact).toEqual({ nickname: '' })
  })
})
