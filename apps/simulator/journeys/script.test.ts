import { afterEach, describe, expect, test } from 'vitest'
import { useBench } from './bench.ts'
import { barriersIn } from './sight.ts'
import { sim } from './simulator.ts'
import type { Stage } from './stage.ts'

const bench = useBench()
const hcp = 'wmDemoGuoTingting'
const study = "document_id = 'DOC-0417' and version = 3"
afterEach(() => bench.records().rows(`update content_item set expired_at = null where ${study}`))

/** Opens the script from the list, in a sidebar that knows nothing of an earlier one. */
async function openScript(): Promise<Stage> {
  const stage = await bench.open(`s=normal&hcp=${hcp}`)
  await stage.strip.getByText('已同意').waitFor()
  await (await stage.frame()).evaluate(() => localStorage.clear())
  await stage.search('初次联系三步')
  await stage.row('初次联系三步', '可发送').click()
  await stage.sheet.locator('.step .badge').first().waitFor()
  return stage
}

const current = (stage: Stage) => stage.sheet.locator('[aria-current="step"] .step-title').textContent()

describe('a script', () => {
  test('goes on over a cancel, a stop and a refusal, each piece a send of its own', async () => {
    const first = await openScript()
    await first.sheet.getByText('已发 0/3').waitFor()
    expect(await barriersIn(await first.frame())).toEqual([])
    await first.button('发第 1 份').click()
    await first.answerWeCom('取消')
    await first.sheet.getByText('已取消，没有发出').waitFor()
    expect(await current(first)).toBe('开场白：初次联系')
    await first.button('发第 1 份').click()
    await first.answerWeCom('发送')
    await first.sheet.getByText('第 1 份已交给企业微信').waitFor()
    await first.sheet.getByText('已发 1/3').waitFor()
    await first.button('先不发').click()
    await expect.poll(async () => (await bench.records().sendsTo(hcp, bench.began())).length).toBe(2)
    const [, greeting] = await bench.records().sendsTo(hcp, bench.began())
    await bench.untilFacts(greeting?.['id'], 'A H K')
    await first.page.close()

    const stage = await openScript()
    await stage.sheet.getByText('已发 1/3').waitFor()
    await bench.records().rows(`update content_item set expired_at = utc_timestamp(3) where ${study}`)
    await stage.button('发第 2 份').click()
    await stage.sheet.getByText(/还不能发：资料已于 .* 到期/).waitFor()
    expect(await stage.page.getByRole('dialog').getByRole('button', { name: '发送', exact: true }).count()).toBe(0)
    await stage.button('跳过第 2 份').click()
    await stage.button('发第 3 份').click()
    await stage.answerWeCom('发送')
    await stage.sheet.getByText('已发 2/3').waitFor()
    await stage.sheet.getByText('到最后一份了，没发的都标着').waitFor()
    await stage.button('关闭').last().click()
    await stage.strip.getByText('本月还可发 2 次').waitFor()

    const sends = await bench.records().sendsTo(hcp, bench.began())
    expect(sends.map(({ document_id, kind, outcome }) => [document_id, kind, outcome])).toEqual([
      ['PHR-0402', 'text', 'authorised'],
      ['PHR-0402', 'text', 'authorised'],
      ['DOC-0417', 'news', 'refused'],
      ['IMG-0101', 'news', 'authorised'],
    ])
    expect(new Set(sends.map(({ request_id }) => request_id)).size).toBe(4)
    await bench.untilFacts(sends[3]?.['id'], 'A H K')
    expect(await Promise.all(sends.map(({ id }) => bench.records().facts(id)))).toEqual(['A C H', 'A H K', '', 'A H K'])
    expect(await Promise.all(sends.map((send) => bench.verdictIn(stage, send)))).toEqual([
      ...['CANCELLED', 'SENT_CLIENT', 'NONE', 'SENT_CLIENT'],
    ])
    expect(await bench.records().audit(sends[2]?.['id'])).toEqual(['send.refused'])
    expect((await sim.handed(bench.began())).map(({ msgtype }) => msgtype)).toEqual(['text', 'news'])
  })

  test('says beforehand that the month has room for a part of it, and never reaches another doctor', async () => {
    const stage = await bench.open('s=chat-switch&hcp=wmDemoZhangWei')
    await stage.strip.getByText('本月还可发 2 次').waitFor()
    await stage.search('初次联系三步')
    await stage.row('初次联系三步', '可发送').click()
    await stage.sheet.getByText(/这组还要发 \d 次，本月只剩 2 次/).waitFor()
    await sim.choose({ hcp: 'wmDemoHeJun' })
    await Promise.race([stage.button(/^发第/).click(), stage.sheet.getByText('CTX-05').waitFor()])
    await stage.sheet.getByText(/聊天已换成.*刚才没有发/).waitFor()
    expect(await stage.sheet.locator('.step').count()).toBe(0)
    for (const contact of ['wmDemoZhangWei', 'wmDemoHeJun'])
      expect(await bench.records().sendsTo(contact, bench.began())).toEqual([])
  })
})

describe('a sheet beside the doctor’s phone', () => {
  test('closes without taking back where the phone went meanwhile', async () => {
    const stage = await bench.open('s=normal&hcp=wmDemoSongJia')
    const title = await stage.openFirst()
    await stage.send()
    await stage.pieces.first().locator('.row-main').click()
    await stage.button('先不发').waitFor()
    await stage.openCard()
    await stage.recognise()
    await stage.phone.getByRole('heading', { level: 1, name: title }).waitFor()
    await stage.button('先不发').click()
    await stage.sheet.waitFor({ state: 'hidden' })
    await stage.pieces.first().waitFor()
    expect(await stage.phone.getByRole('heading', { level: 1 }).textContent()).toContain(title)
  })
})
