import type { Page } from 'playwright-core'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Answer, Matched } from '../src/api.ts'
import { expectNoBarrier, photo, setChat, useBuiltPage } from './built-page.ts'
import type { Look } from './browser.ts'
import type { FakeServer } from './fake-server.ts'
import { uploadOf } from './world.ts'

const built = useBuiltPage()
const { open, calls } = built
type Known = Answer<'listPapers'>
let fake: FakeServer
let known: Known
beforeEach(() => {
  fake = built.fake()
  known = { papers: [], purposes: ['receive', 'reading_record'], today: '2026-11-21' }
  fake.answers.listPapers = () => known
  fake.answers.enterPaper = () => ({ paperId: 'paper-1' })
})

const photograph = { name: '同意书.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(1_500_000, 7) }
const sheet = (page: Page) => page.getByRole('dialog', { name: /纸质同意|Paper consent/ })
const give = (page: Page) => sheet(page).getByRole('button', { name: /提交，等合规确认|Submit/ })
const pick = (page: Page) => sheet(page).locator('input[type=file]').setInputFiles(photograph)

/** The sheet of a piece that waits for this doctor's consent. */
async function openPiece(look: Look = {}): Promise<Page> {
  const page = await open(look, { contact: 'wm-li' })
  await page
    .getByText(/待医生同意|consent/i)
    .first()
    .waitFor()
  await page.locator('.row-main').first().click()
  await page.getByRole('button', { name: /登记纸质同意|Enter a paper/ }).waitFor()
  return page
}

async function openForm(look: Look = {}): Promise<Page> {
  const page = await openPiece(look)
  await page.getByRole('button', { name: /登记纸质同意|Enter a paper/ }).click()
  await sheet(page).waitFor()
  return page
}

describe('a consent on paper', { timeout: 30_000 }, () => {
  test('is entered with its photo, what was ticked and the day, and waits', async () => {
    const page = await openForm()
    expect(await sheet(page).getByRole('checkbox', { checked: true }).count()).toBe(0)
    expect(await give(page).isDisabled()).toBe(true)
    await pick(page)
    await sheet(page).getByText('已上传：同意书.jpg').waitFor()
    expect(fake.parts).toHaveLength(2)
    expect(Buffer.concat(fake.parts).equals(photograph.buffer)).toBe(true)
    expect(calls('openUpload')).toMatchObject([
      { input: { purpose: 'paper', fileName: '同意书.jpg', bytes: 1_500_000 } },
    ])
    expect(await give(page).isDisabled()).toBe(true)
    await sheet(page).getByRole('checkbox', { name: '接收医学资料' }).check()
    await sheet(page).getByLabel('签署日期').fill('2026-11-20')
    const paper = {
      paperId: 'paper-1',
      purposes: ['receive' as const],
      signedAt: new Date('2026-11-20T00:00:00+08:00'),
    }
    known = { ...known, papers: [{ ...paper, stage: 'waiting', enteredAt: new Date(), settledAt: null, reason: '' }] }
    await give(page).click()
    await page.getByText('等合规确认，现在还不能发').waitFor()
    expect(calls('enterPaper').map(({ input }) => input)).toMatchObject([
      {
        ...{ externalUserId: 'wm-li', uploadId: 'paper', purposes: ['receive'], language: 'zh-CN' },
        ...{ signedOn: '2026-11-20', note: '' },
      },
    ])
    expect(await sheet(page).count()).toBe(0)
    expect(built.faults()).toEqual([])
    await photo(page, 'paper-waiting')
  })

  test('is the same paper when it is given again after a lost answer, and nothing typed is lost', async () => {
    const page = await openForm()
    fake.answers.enterPaper = () => {
      throw 'busy'
    }
    await pick(page)
    await sheet(page).getByRole('checkbox', { name: '接收医学资料' }).check()
    await sheet(page).getByLabel('说明').fill('门诊')
    await give(page).click()
    await sheet(page).getByRole('alert').waitFor()
    fake.answers.enterPaper = () => ({ paperId: 'paper-1' })
    await give(page).click()
    await page.getByText('已登记，等合规确认').waitFor()
    const [first, second] = calls('enterPaper').map(({ input }) => input)
    expect(second).toEqual(first)
    expect(first).toMatchObject({ note: '门诊' })
  })

  test('whose photo meets a dead spot goes on by itself when the line is back', async () => {
    const page = await openForm()
    const parts = '**/api/rep/uploads/*/parts/*'
    await page.route(parts, (route) => route.abort())
    await pick(page)
    await sheet(page).getByText('网络断了，已上传 0%').waitFor()
    await page.unroute(parts)
    await sheet(page).getByText('已上传：同意书.jpg').waitFor()
    expect(calls('openUpload')).toHaveLength(1)
    expect(Buffer.concat(fake.parts).equals(photograph.buffer)).toBe(true)
  })

  test('whose photo cannot be used says why, and another is taken', async () => {
    const page = await openForm()
    fake.answers.lookAtUpload = ({ uploadId }) => uploadOf(uploadId, 'refused', { problem: 'not_supported' })
    await pick(page)
    await sheet(page).getByText('只能用 JPEG、PNG 或 PDF').waitFor()
    await sheet(page).getByRole('checkbox', { name: '接收医学资料' }).check()
    expect(await give(page).isDisabled()).toBe(true)
    await expectNoBarrier(page, 'paper-refused')
    fake.answers.lookAtUpload = ({ uploadId }) => uploadOf(uploadId, 'stored')
    await pick(page)
    await sheet(page).getByText('已上传').waitFor()
    expect(await give(page).isDisabled()).toBe(false)
  })

  test('that was sent back says why beside the piece', async () => {
    const settled = { enteredAt: new Date(), settledAt: new Date(), reason: '签名看不清' }
    const paper = { paperId: 'p', purposes: ['receive' as const], signedAt: new Date(), stage: 'rejected' as const }
    known = { ...known, papers: [{ ...paper, ...settled }] }
    const page = await openPiece()
    await page.getByText('原因：签名看不清').waitFor()
    await expectNoBarrier(page, 'paper-rejected')
  })

  test('makes way for the send when it is confirmed, in the sheet that is open all the time', async () => {
    const page = await openPiece()
    const { openChat, preview } = fake.answers
    const at = new Date(Date.now() + 60_000)
    fake.answers.openChat = (asked) => {
      const opened = openChat!(asked)
      const consent = { state: 'opted_in' as const, at, textVersion: 2 }
      return { ...opened, contact: { ...(opened.contact as Matched), consent } } // of wm-li, who is matched
    }
    fake.answers.preview = (asked) => preview!({ ...asked, externalUserId: 'wm-zhang' })
    fake.answers.watchChat = () => ({ changedAt: at })
    await page.getByRole('button', { name: '发送到当前聊天' }).waitFor()
    expect(await page.getByRole('button', { name: '登记纸质同意' }).count()).toBe(0)
  })

  test('cannot be entered while no text is in force, and says so', async () => {
    known = { ...known, purposes: [] }
    const page = await openForm()
    await sheet(page).getByText('还没有生效的同意书').waitFor()
    expect(await give(page).isDisabled()).toBe(true)
  })

  test('is of the doctor of this chat: its sheet closes when the chat is another', async () => {
    const page = await openForm()
    await setChat(page, { contact: 'wm-zhang' })
    await page.evaluate(() => window.dispatchEvent(new Event('focus')))
    await sheet(page).waitFor({ state: 'detached' })
  })

  const looks: Look[] = [{ width: 280 }, { width: 300, dark: true }, { width: 375, language: 'en-US' }, { width: 1280 }]
  test.each(looks)('is open to all at %o', async (look) => {
    await expectNoBarrier(await openForm(look), `paper-${look.width}`)
  })
})
