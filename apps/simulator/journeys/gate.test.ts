import { afterEach, describe, expect, test } from 'vitest'
import { useBench } from './bench.ts'
import { sim } from './simulator.ts'

const bench = useBench()

/** Pieces changed by a journey, as they were. */
const changed: { id: unknown; before: object }[] = []
afterEach(async () => {
  for (const { id, before } of changed.splice(0))
    await bench.records().rows('update content_item set ? where id = ?', [before, id])
})

async function changePiece(contentItemId: string, change: Record<string, unknown>): Promise<void> {
  const names = Object.keys(change)
  const [before] = await bench.records().rows('select ?? from content_item where id = ?', [names, contentItemId])
  changed.push({ id: contentItemId, before: before ?? {} })
  await bench.records().rows('update content_item set ? where id = ?', [change, contentItemId])
}

describe('without consent', () => {
  test('[CON-01] a piece is shown, not sent, and the invitation goes through the same gate', async () => {
    const stage = await bench.open('s=no-consent&hcp=wmDemoLiangYutong')
    await stage.strip.getByText('尚未同意').waitFor()
    await stage.row('PD-1 联合化疗', '待医生同意').click()
    await stage.sheet.getByText('还不能发：医生尚未同意接收').waitFor()
    expect(await stage.button('发送到当前聊天').count()).toBe(0)
    const contentItemId = await stage.openedPiece()
    const asked = { contentItemId, kind: 'news', entry: 'single_chat_tools', requestId: crypto.randomUUID() }
    const answer = await stage.ask('/api/rep/sends', { ...asked, externalUserId: 'wmDemoLiangYutong' })
    expect(answer.body).toMatchObject({ outcome: 'refused', refusals: [{ reason: 'not_opted_in' }] })
    expect(await bench.records().audit(answer.body['sendId'])).toEqual(['send.refused'])
    expect(await sim.handed(bench.began())).toEqual([])

    await stage.button('邀请医生同意').click()
    await stage.answerWeCom('发送')
    await stage.sheet.getByText('等医生决定').waitFor()
    const [refused, invitation] = await bench.records().sendsTo('wmDemoLiangYutong', bench.began())
    expect(refused).toMatchObject({ outcome: 'refused' })
    expect(invitation).toMatchObject({ outcome: 'authorised', class: 'consent', kind: 'news' })
    await bench.untilFacts(invitation?.['id'], 'A H K')
  })
})

describe('at the limit', () => {
  test('[RUL-01] nothing more goes out this month, whoever asks', async () => {
    const stage = await bench.open('s=cap-reached')
    await stage.strip.getByText('本月次数已满').waitFor()
    await stage.row('PDF', '本月次数已满').first().click()
    await stage.sheet
      .getByText(/本月次数已满，.* 恢复/)
      .first()
      .waitFor()
    expect(await stage.button(/发送到当前聊天|仍要发/).count()).toBe(0)
    const contentItemId = await stage.openedPiece()
    const asked = { contentItemId, kind: 'news', entry: 'single_chat_tools', requestId: crypto.randomUUID() }
    const answer = await stage.ask('/api/rep/sends', { ...asked, externalUserId: 'wmDemoLiuYing', again: true })
    expect(answer.body).toMatchObject({ outcome: 'refused' })
    expect(JSON.stringify(answer.body)).toContain('cap_reached')
    expect(await sim.handed(bench.began())).toEqual([])
  })
})

describe('a piece that ends while its sheet is open', () => {
  test.each([
    {
      says: 'withdrawn',
      hcp: 'wmDemoSongJia',
      change: { state: 'withdrawn', ended_at: new Date(), withdrawn_reason: '安全性信息更新' },
      shows: /还不能发：.*已撤回/,
      reason: 'content_withdrawn',
    },
    {
      says: 'expired',
      hcp: 'wmDemoXieZhiyuan',
      change: { expires_at: new Date(Date.now() - 60_000) },
      shows: /还不能发：.*到期/,
      reason: 'content_expired',
    },
  ])('is refused in the sheet when $says, and nothing is handed over', async ({ hcp, change, shows, reason }) => {
    const stage = await bench.open(`s=normal&hcp=${hcp}`)
    await stage.search('营养')
    await stage.row('肺癌患者营养支持要点', '可发送').click()
    await stage.sheet.getByText('当前聊天就是').waitFor()
    await changePiece(await stage.openedPiece(), change)
    await stage.button('发送到当前聊天').click()
    await stage.sheet.getByText(shows).first().waitFor()

    const send = await bench.onlySend(hcp)
    expect(send).toMatchObject({ outcome: 'refused' })
    expect(JSON.stringify(send['weighed'])).toContain(reason)
    expect(await bench.records().audit(send['id'])).toEqual(['send.refused'])
    expect(await sim.handed(bench.began())).toEqual([])
  })
})

describe('a rep who left', () => {
  test('is signed out within two seconds of the event, and cannot sign in again', async () => {
    const stage = await bench.open('s=normal&rep=zhaomin&hcp=wmDemoYuXiaoyan')
    await stage.strip.getByText('已同意').waitFor()
    await stage.openFirst()
    await stage.button('发送到当前聊天').waitFor()
    await sim.happen('delete_user', { userid: 'zhaomin' })
    const settled =
      "select settled_at from callback_event where change_type = 'delete_user' and user_id = 'zhaomin' and settled_at is not null"
    await expect.poll(() => bench.records().rows(settled), { timeout: 10_000 }).toHaveLength(1)
    const history = { externalUserId: null }
    const status = async () => (await stage.ask('/api/rep/history', history)).status
    await expect.poll(status, { timeout: 2_000, interval: 200 }).toBe(401)

    // The page signs in by itself at most once a minute; here she signed in longer ago.
    await (await stage.frame()).evaluate(() => sessionStorage.clear())
    await stage.button('发送到当前聊天').click()
    await stage.sidebar.getByText('企业微信已退出登录').waitFor()
    expect(await bench.records().sendsTo('wmDemoYuXiaoyan', bench.began())).toEqual([])
    const [person] = await bench.records().rows("select id, status from person where wecom_user_id = 'zhaomin'")
    expect(person?.['status']).toBe('left')
    expect(await bench.records().audit(person?.['id'])).toContain('rep.left')
  })
})
