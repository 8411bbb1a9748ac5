import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { useBench } from './bench.ts'
import { sim } from './simulator.ts'

const bench = useBench()

describe('a recommended piece', () => {
  test('goes out in two taps, the doctor recognises herself and reads it, and the rep sees that she opened it', async () => {
    const stage = await bench.open('s=normal&hcp=wmDemoZhuYun')
    await stage.strip.getByText('已同意').waitFor()
    const title = await stage.openFirst()
    await stage.send()

    const send = await bench.onlySend('wmDemoZhuYun')
    expect(send).toMatchObject({ outcome: 'authorised', kind: 'news' })
    await bench.untilFacts(send['id'], 'A H K')
    expect(await bench.records().audit(send['id'])).toEqual(['send.authorised'])
    const handed = await sim.handed(bench.began())
    expect(handed).toMatchObject([{ externalUserid: 'wmDemoZhuYun', msgtype: 'news' }])
    expect(JSON.stringify(handed)).not.toContain(title)

    await stage.openCard()
    await stage.phone.getByRole('button', { name: '我是收件人，打开资料' }).waitFor()
    expect(await stage.phone.locator('body').textContent()).not.toContain(title)
    await stage.recognise()
    await stage.phone.getByRole('heading', { level: 1, name: title }).waitFor()
    const firstPage = stage.phone.locator('#p1 img').first()
    await expect.poll(() => firstPage.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
    await bench.untilFacts(send['id'], 'A H K O')
    expect(await bench.records().visits(send['id'])).toEqual(['unknown', 'addressee'])

    await stage.tab('记录')
    await stage.entry(title).getByText('医生打开').waitFor()
    expect(await bench.verdictIn(stage, send)).toBe('SENT_OPENED')
  })
})

describe('a searched piece', () => {
  test('is found by the initials of its pinyin and goes out as the approved file, uploaded before the tap', async () => {
    const stage = await bench.open('s=normal&hcp=wmDemoHanXue')
    await stage.search('myxgbl')
    await stage.row('免疫相关不良反应管理手册', '可发送').click()
    await stage.way('文件').check()
    await stage.sheet.getByText('文件发出后收不回').first().waitFor()
    await stage.send()

    const send = await bench.onlySend('wmDemoHanXue')
    await bench.untilFacts(send['id'], 'A H K')
    expect(await bench.verdictIn(stage, send)).toBe('SENT_CLIENT')
    const [piece] = await bench
      .records()
      .rows('select file_hash from content_item where id = ?', [send['content_item_id']])
    const [media] = await bench.records().rows('select * from media where media_id = ?', [send['media_id']])
    expect(media).toMatchObject({ file_hash: piece?.['file_hash'], kind: 'file' })
    expect(Number(media?.['uploaded_at'])).toBeLessThan(Number(send['decided_at']))

    const handed = await sim.handed(bench.began())
    expect(handed).toMatchObject([{ msgtype: 'file', body: { mediaid: send['media_id'] } }])
    const bytes = await sim.media(String(send['media_id']))
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(piece?.['file_hash'])
  })
})

describe('a send that WeCom does not carry through', () => {
  test('[SND-02] cancelled by the rep leaves the sheet open and uses nothing', async () => {
    const stage = await bench.open('s=normal&hcp=wmDemoCaoYawen')
    await stage.strip.getByText('本月还可发 4 次').waitFor()
    await stage.openFirst()
    await stage.button('发送到当前聊天').click()
    await stage.answerWeCom('取消')
    await stage.sheet.getByText('已取消，没有发出').waitFor()
    await stage.button('发送到当前聊天').waitFor()

    const send = await bench.onlySend('wmDemoCaoYawen')
    await bench.untilFacts(send['id'], 'A C H')
    expect(await bench.verdictIn(stage, send)).toBe('CANCELLED')
    expect(await sim.handed(bench.began())).toEqual([])
    await stage.button('先不发').click()
    await stage.strip.getByText('本月还可发 4 次').waitFor()
  })

  test('[SND-03] refused by the client says that nothing went out', async () => {
    const stage = await bench.open('s=refused&hcp=wmDemoGuoTingting')
    await stage.openFirst()
    await stage.button('发送到当前聊天').click()
    await stage.sheet.getByText('医生没有收到，次数没有扣').waitFor()
    const send = await bench.onlySend('wmDemoGuoTingting')
    await bench.untilFacts(send['id'], 'A F H')
    expect(await bench.verdictIn(stage, send)).toBe('FAILED')
    expect(await sim.handed(bench.began())).toEqual([])
  })

  test('[SND-04] never answered is unknown until the rep gives her word', async () => {
    const stage = await bench.open('s=unknown&hcp=wmDemoLuoChenxi')
    await stage.openFirst()
    await stage.button('发送到当前聊天').click()
    await stage.answerWeCom('发送')
    await stage.sheet.getByText('结果未知，请看聊天里有没有').waitFor()
    const send = await bench.onlySend('wmDemoLuoChenxi')
    await bench.untilFacts(send['id'], 'A H')
    expect(await bench.verdictIn(stage, send)).toBe('OPEN')

    await stage.button('已发出').click()
    await bench.untilFacts(send['id'], 'A H R+')
    expect(await bench.verdictIn(stage, send)).toBe('UNKNOWN_ATTESTED_SENT')
    expect(await bench.records().audit(send['id'])).toEqual(['send.authorised', 'send.attested'])
  })
})
