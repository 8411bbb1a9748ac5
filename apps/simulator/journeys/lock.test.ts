import { describe, expect, test } from 'vitest'
import { useBench } from './bench.ts'
import { sim } from './simulator.ts'
import { wordsOf } from './stage.ts'

const bench = useBench()

describe('the recipient', () => {
  test('[CTX-05] of another chat than the one shown gets nothing, and the former doctor is gone from the screen', async () => {
    const stage = await bench.open('s=chat-switch&hcp=wmDemoHeJun')
    await stage.openFirst()
    await stage.sheet.getByRole('heading', { name: '发给 何俊' }).waitFor()
    await stage.button('发送到当前聊天').waitFor()
    await sim.choose({ hcp: 'wmDemoOuyangWenxuan' })
    // The sheet may have noticed by itself before the tap.
    await Promise.race([stage.button('发送到当前聊天').click(), stage.sheet.getByText('CTX-05').waitFor()])

    await stage.sheet.getByText(/聊天已换成.*刚才没有发/).waitFor()
    expect(await wordsOf(stage.sidebar.locator('body'))).not.toContain('何俊')
    for (const contact of ['wmDemoHeJun', 'wmDemoOuyangWenxuan'])
      expect(await bench.records().sendsTo(contact, bench.began())).toEqual([])
    expect(await sim.handed(bench.began())).toEqual([])

    await stage.button('看新医生').click()
    await stage.strip.getByRole('heading', { name: '欧阳文轩' }).waitFor()
    expect(await wordsOf(stage.sidebar.locator('body'))).not.toContain('何俊')
  })

  test('[CTX-01] is chosen first when opened from the workbench', async () => {
    const stage = await bench.open('s=workbench')
    await stage.sidebar.getByRole('heading', { name: '请从和医生的聊天里打开' }).waitFor()
    await stage.button('选一位医生').click()
    await stage.sidebar.getByRole('searchbox', { name: '选一位医生打开聊天' }).fill('xie zhi yuan')
    await stage.button(/谢志远/).click()
    await stage.strip.getByRole('heading', { name: '谢志远' }).waitFor()
    expect((await sim.state()).session.hcp).toBe('wmDemoXieZhiyuan')
  })

  test('[CTX-02] is nobody in a group: there one can look', async () => {
    const stage = await bench.open('s=group')
    await stage.sidebar.getByText('这里只能看资料，不能发').first().waitFor()
    await stage.pieces.first().getByRole('button').first().click()
    await stage.sheet.getByRole('heading', { name: '看资料' }).waitFor()
    expect(await stage.sheet.getByRole('button', { name: /发送|邀请/ }).count()).toBe(0)
    const [piece] = await bench
      .records()
      .rows("select id from content_item where document_id = 'DOC-0417' and version = 3")
    const asked = {
      contentItemId: piece?.['id'],
      kind: 'news',
      entry: 'group_chat_tools',
      requestId: crypto.randomUUID(),
    }
    const answer = await stage.ask('/api/rep/sends', { ...asked, externalUserId: 'wmDemoZhangWei' })
    expect(answer.body).toMatchObject({ outcome: 'refused', refusals: [{ reason: 'group_chat' }] })
  })
})

describe('the client', () => {
  test('[CTX-04] that refuses a signature once is asked again with a new one, and then sends', async () => {
    const stage = await bench.open('s=signature&hcp=wmDemoHuKun')
    await stage.sidebar.getByText('验证没通过，已换新的').waitFor()
    await stage.button('重试').click()
    await stage.strip.getByText('已同意').waitFor()
    await stage.openFirst()
    await stage.send()
    await bench.untilFacts((await bench.onlySend('wmDemoHuKun'))['id'], 'A H K')
  })
})
