import { afterEach, describe, expect, test } from 'vitest'
import type { BrowserContext } from 'playwright-core'
import { useBench } from './bench.ts'
import { sitDown } from './office.ts'
import { barriersIn } from './sight.ts'
import { askIn, type Stage } from './stage.ts'

const bench = useBench()
const hcp = 'wmDemoZhangWei2'
const title = '读懂一份 PD-L1 检测报告'
const notice = '免疫相关性肺炎：三步识别'
let office: BrowserContext | undefined
afterEach(async () => {
  await office?.close()
  office = undefined
})

/** The compliance officer withdraws a piece and has its readers told. */
async function withdrawAndTell(contentItemId: unknown, noticeItemId: unknown) {
  office = await bench.newBrowser()
  const { page } = await sitDown(await office.newPage(), '许岚')
  const ask = (path: string, about: object) =>
    askIn(page.mainFrame(), `/api/console/content/${path}`, { requestId: crypto.randomUUID(), contentItemId, ...about })
  const withdrawn = await ask('withdrawals', { reason: '检测阈值有误', successorId: noticeItemId })
  expect(withdrawn).toMatchObject({ status: 200, body: { outcome: 'done' } })
  return ask('notices', { noticeItemId })
}

const idOf = async (documentId: string): Promise<unknown> => {
  const sql = "select id from content_item where document_id = ? and state = 'approved'"
  return (await bench.records().rows(sql, [documentId]))[0]?.['id']
}

/** Whom this rep is still to tell something, of other withdrawals as well. */
async function leftToTell(stage: Stage): Promise<string[]> {
  const { body } = await stage.ask('/api/rep/to-tell', { cursor: null })
  return (body['doctors'] as { externalUserId: string }[]).map(({ externalUserId }) => externalUserId)
}

describe('a reader of what was withdrawn', () => {
  test('is named to the rep until what corrects it was sent; then only the others are left to be told', async () => {
    const [gone, correction] = [await idOf('ART-0301'), await idOf('ART-0302')]
    const stage = await bench.open(`s=normal&hcp=${hcp}`)
    await stage.strip.getByText('已同意').waitFor()
    await stage.search(title)
    await stage.row(title, '可发送').click()
    await stage.send()
    await stage.openCard()
    await stage.recognise()
    await stage.phone.getByRole('heading', { level: 1, name: title }).waitFor()
    await bench.untilFacts((await bench.onlySend(hcp))['id'], 'A H K O')

    const asked = await withdrawAndTell(gone, correction)
    const sql = 'select account_id, rep_id, notice_item_id from recall_reader where content_item_id = ?'
    const told = await bench.records().rows(sql, [gone])
    expect(asked).toMatchObject({ body: { outcome: 'done', doctors: told.length, reps: 1, unreachable: 0 } })
    expect(told.map(({ account_id }) => account_id)).toContain('HCP-ZhangWei2')
    expect(new Set(told.map(({ notice_item_id }) => notice_item_id))).toEqual(new Set([correction]))

    const desk = await bench.open('s=workbench')
    await desk.sidebar.getByRole('heading', { name: '还要转告的医生' }).waitFor()
    expect(await barriersIn(await desk.frame())).toEqual([])
    await desk.sidebar
      .getByRole('button', { name: new RegExp(`张伟.*看过《${title}》，请发《${notice}》`, 's') })
      .click()
    await desk.sidebar.getByText(`这位医生看过《${title}》v1，现已撤回，请转告。`).waitFor()
    expect(await barriersIn(await desk.frame())).toEqual([])
    const waiting = await leftToTell(desk)
    expect(waiting).toContain(hcp)
    await desk.page.close()

    const chat = await bench.open(`s=normal&hcp=${hcp}`)
    await chat.button(`去发《${notice}》`).click()
    await chat.button('发送到当前聊天').click()
    await chat.answerWeCom('取消')
    await chat.sheet.getByText('已取消，没有发出').waitFor()
    await chat.button('先不发').click()
    await chat.button(`去发《${notice}》`).click()
    await chat.send()
    await expect.poll(() => chat.sidebar.getByText('现已撤回，请转告').count()).toBe(0)

    const sends = await bench.records().sendsTo(hcp, bench.began())
    expect(sends.map(({ content_item_id, outcome }) => [content_item_id, outcome])).toEqual([
      ...[
        [gone, 'authorised'],
        [correction, 'authorised'],
        [correction, 'authorised'],
      ],
    ])
    await bench.untilFacts(sends[2]?.['id'], 'A H K')
    expect(await Promise.all(sends.map((send) => bench.verdictIn(chat, send)))).toEqual([
      ...['SENT_OPENED', 'CANCELLED', 'SENT_CLIENT'],
    ])
    const left = await leftToTell(chat)
    expect(left).toEqual(waiting.filter((one) => one !== hcp))
    expect(left).toHaveLength(waiting.length - 1)
    await chat.tab('记录')
    await chat.entry(notice).waitFor()
    await expect.poll(() => chat.sidebar.locator('.to-tell li').count()).toBe(left.length)
  })
})
