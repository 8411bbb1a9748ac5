import { describe, expect, test } from 'vitest'
import { useBench } from './bench.ts'
import type { Row } from './records.ts'
import { sim } from './simulator.ts'
import type { Stage } from './stage.ts'
import { findPlace } from './place.ts'

const bench = useBench()

/** A link to a piece, sent to one doctor; and its title. */
async function sendLink(hcp: string): Promise<{ stage: Stage; send: Row; title: string; address: string }> {
  const stage = await bench.open(`s=normal&hcp=${hcp}`)
  const title = await stage.openFirst()
  await stage.send()
  const send = await bench.onlySend(hcp)
  await bench.untilFacts(send['id'], 'A H K')
  const [card] = await sim.handed(bench.began())
  return { stage, send, title, address: String(card?.body['link']) }
}

describe('a link in the hands of others', () => {
  test('[LNK-03] shows another doctor nothing of the product, and the leak is on record', async () => {
    const { stage, send, title } = await sendLink('wmDemoGaoShan')
    await stage.passPhoneTo('other-doctor:wmDemoLiMin')
    await stage.openCard()
    await stage.recognise()
    await stage.phone.getByRole('heading', { name: '这份资料是发给另一位医生的' }).waitFor()
    expect(await stage.phone.locator('body').textContent()).not.toContain(title)
    expect(await stage.phone.locator('img').count()).toBe(0)
    await expect.poll(() => bench.records().visits(send['id'])).toEqual(['unknown', 'other'])
    expect(await bench.records().audit(send['id'])).toEqual(['send.authorised', 'link.opened_by_other'])
    expect(await bench.verdictIn(stage, send)).toBe('SENT_CLIENT')
  })

  test('is not opened by a program that fetches it, nor by the rep who sent it', async () => {
    const { stage, send, title, address } = await sendLink('wmDemoZhangWei2')
    const path = new URL(address).pathname
    const robot = { headers: { 'user-agent': 'Mozilla/5.0 (compatible; ExampleBot/1.0; link preview)' } }
    const fetched = await fetch(findPlace().hcp + path, robot)
    expect(await fetched.text()).not.toContain(title)
    await expect.poll(() => bench.records().visits(send['id'])).toEqual(['preview'])

    await stage.passPhoneTo('rep')
    await stage.openCard()
    await stage.recognise()
    await stage.phone.getByRole('heading', { name: '您是公司成员' }).waitFor()
    await expect.poll(() => bench.records().visits(send['id'])).toEqual(['preview', 'unknown', 'rep'])
    expect(await bench.records().facts(send['id'])).toBe('A H K')
    expect(await bench.records().audit(send['id'])).toEqual(['send.authorised'])
  })
})

describe('a link taken back by the rep', () => {
  test('says so on the doctor’s phone from the next tap on', async () => {
    const { stage, send, title } = await sendLink('wmDemoLinXiaotong')
    await stage.openCard()
    await stage.recognise()
    await stage.phone.getByRole('heading', { level: 1, name: title }).waitFor()

    await stage.tab('记录')
    await stage.entry(title).getByRole('button', { name: '收回链接' }).click()
    await stage.button('确定收回').click()
    await stage.entry(title).getByText('链接已收回').waitFor()
    await stage.page.getByRole('button', { name: '返回聊天' }).click()
    await stage.openCard()
    await stage.phone.getByRole('heading', { name: '这条链接已收回' }).waitFor()
    expect(await stage.phone.locator('body').textContent()).not.toContain(title)
    const revoked = await bench.records().rows('select send_id from link_revocation where send_id = ?', [send['id']])
    expect(revoked).toHaveLength(1)
    expect(await bench.records().audit(send['id'])).toEqual(['send.authorised', 'link.revoked'])
  })
})
