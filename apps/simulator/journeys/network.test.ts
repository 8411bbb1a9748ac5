import { describe, expect, test } from 'vitest'
import { useBench } from './bench.ts'
import { sim } from './simulator.ts'

const bench = useBench()

describe('a phone without a network', () => {
  test('[GEN-02] can look and not send, and can send once it is back', async () => {
    const stage = await bench.open('s=normal&hcp=wmDemoRare')
    await stage.strip.getByText('已同意').waitFor()
    await sim.choose({ repNetwork: 'offline' })
    await stage.sidebar.getByText('网络断了。能看，不能发').first().waitFor()
    await stage.row('PDF', '联网后可发').first().waitFor()

    await sim.choose({ repNetwork: 'normal' })
    await stage.openFirst()
    await stage.send()
    await bench.untilFacts((await bench.onlySend('wmDemoRare'))['id'], 'A H K')
  })

  test('keeps what the client said after a send, also when the page is closed, and tells it later', async () => {
    const stage = await bench.open('s=normal&hcp=wmDemoOkafor')
    await stage.openFirst()
    await stage.button('发送到当前聊天').click()
    await stage.page.getByRole('dialog').waitFor()
    const send = await bench.onlySend('wmDemoOkafor')
    await bench.untilFacts(send['id'], 'A H')
    await sim.choose({ repNetwork: 'offline' })
    await stage.answerWeCom('发送')
    const waiting = async () => (await stage.frame()).evaluate(() => localStorage.getItem('vouch.facts') ?? '')
    await expect.poll(waiting).toContain('"K"')
    await stage.page.close()
    expect(await bench.records().facts(send['id'])).toBe('A H')

    await sim.choose({ repNetwork: 'normal' })
    const later = await bench.open('')
    await bench.untilFacts(send['id'], 'A H K')
    expect(await bench.verdictIn(later, send)).toBe('SENT_CLIENT')
  })

  test('that loses the answer after the server decided sends once, with the same request', async () => {
    const stage = await bench.open('s=normal&rep=lina&hcp=wmDemoTangJiayi')
    await stage.row('PD-1 联合化疗', '可发送').click()
    await stage.sheet.getByText('当前聊天就是').waitFor()
    await sim.turn({ strikePath: '/sends' })
    await sim.choose({ repNetwork: 'drop-once' })
    await stage.button('发送到当前聊天').click()
    await stage.sheet.getByText('没有发出任何内容').first().waitFor()
    expect(await sim.handed(bench.began())).toEqual([])

    // Back online the sheet knows that the server has a send; the retry is that send all the same.
    await stage.sheet.getByText('同一份资料刚刚发过').waitFor()
    await stage.sheet.getByRole('button', { name: '重试' }).click()
    await stage.answerWeCom('发送')
    await stage.sidebar.getByText('已交给企业微信').first().waitFor()
    const send = await bench.onlySend('wmDemoTangJiayi')
    await bench.untilFacts(send['id'], 'A H K')
    expect(await sim.handed(bench.began())).toHaveLength(1)
  })
})
