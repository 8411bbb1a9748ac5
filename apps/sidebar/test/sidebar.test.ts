import type { Page } from 'playwright-core'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Look } from './browser.ts'
import { expectNoBarrier, handed, photo, setChat, sideways, useBuiltPage } from './built-page.ts'
import type { FakeServer } from './fake-server.ts'
import { buildAnswers, days, inReview, openedFor, pieces, start, uploadOf } from './world.ts'

const built = useBuiltPage()
const { open, newContext, calls, factKinds } = built
let fake: FakeServer
beforeEach(() => void (fake = built.fake()))

async function openSheet(page: Page, row = 0): Promise<void> {
  await page
    .getByText(/可发送|Can be sent|待医生同意/)
    .first()
    .waitFor()
  await page.locator('.row-main').nth(row).click()
  await page.getByRole('dialog').waitFor()
  await page.locator('.checks, .result').first().waitFor()
}

/** A picture of one dot. */
const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)
const choosePhoto = (page: Page, file = { name: 'a.png', mimeType: 'image/png', buffer: dot }) =>
  page.locator('input[type=file]').setInputFiles(file)
/** Where it was taken, as a phone writes it into a photo. */
const place = Buffer.from('Exif\0\0 31.2304N 121.4737E')

/** A JPEG as a phone makes it: before the picture stands where it was taken. */
function withPlace(jpeg: Buffer): Buffer<ArrayBuffer> {
  const head = Buffer.from([0xff, 0xe1, 0, place.length + 2])
  return Buffer.concat([jpeg.subarray(0, 2), head, place, jpeg.subarray(2)])
}

async function drawn(page: Page, width: number, height: number): Promise<Buffer<ArrayBuffer>> {
  const address = await page.evaluate(
    (size) => Object.assign(document.createElement('canvas'), size).toDataURL('image/jpeg'),
    { width, height },
  )
  return Buffer.from(address.split(',')[1]!, 'base64')
}

function sizeOf(page: Page, jpeg: Buffer): Promise<number[]> {
  return page.evaluate(
    async (address) => {
      const image = Object.assign(new Image(), { src: address })
      await image.decode()
      return [image.naturalWidth, image.naturalHeight]
    },
    `data:image/jpeg;base64,${jpeg.toString('base64')}`,
  )
}

const sendButton = (page: Page) => page.getByRole('button', { name: '发送到当前聊天' })

describe('a send', { timeout: 30_000 }, () => {
  test('goes out in two taps: H before the call, K after it, and the row says so', async () => {
    const page = await open()
    await openSheet(page)
    await sendButton(page).click()
    await page.getByText('已交给企业微信').waitFor()
    await page.getByText('刚刚发过').waitFor()
    await expect.poll(factKinds).toEqual(['H', 'K'])
    const told = calls('recordFact').map(
      ({ input }) => (input as { seenExternalUserId: string | null }).seenExternalUserId,
    )
    expect(told[1]).toBe('wm-zhang')
    expect(await handed(page)).toMatchObject([{ msgtype: 'news', news: { link: 'https://vouch.example/l/token' } }])
    expect(await page.evaluate(() => localStorage.getItem('vouch.facts'))).toBeNull()
    expect(built.faults()).toEqual([])
  })

  test('is one send however often it is tapped', async () => {
    const page = await open()
    await openSheet(page)
    fake.delayMs = 150
    await sendButton(page).evaluate((button: HTMLElement) => [1, 2, 3].forEach(() => button.click()))
    await page.getByText('刚刚发过').waitFor()
    expect(calls('authoriseSend')).toHaveLength(1)
    expect(await handed(page)).toHaveLength(1)
  })

  test('[SND-02] cancelled in WeCom stays open, and nothing is counted', async () => {
    const page = await open({}, { send: 'sendChatMessage:cancel' })
    await openSheet(page)
    await sendButton(page).click()
    await page.getByText('已取消，没有发出').waitFor()
    await expect.poll(factKinds).toEqual(['H', 'C'])
    await setChat(page, { send: 'sendChatMessage:ok' })
    await sendButton(page).click()
    await page.getByText('刚刚发过').waitFor()
    const [first, second] = calls('authoriseSend').map(({ input }) => (input as { requestId: string }).requestId)
    expect(first).not.toBe(second)
  })

  test('[SND-03] refused by WeCom says why, gives the link and a code', async () => {
    const page = await open({}, { send: 'sendChatMessage:fail, invalid param' })
    await openSheet(page)
    await sendButton(page).click()
    await page.getByText('没发出去').waitFor()
    await expect.poll(factKinds).toEqual(['H', 'F'])
    expect(await page.getByText(/问题编号 SND-03 bad_message/).isVisible()).toBe(true)
    // The same message would be refused again: the link goes first, a retry second.
    expect(await page.locator('.result .button-filled').allInnerTexts()).toEqual(['复制链接，手动粘贴到聊天'])
    expect(await page.locator('.result').getByRole('button', { name: '重试' }).isVisible()).toBe(true)
    await photo(page, 'failed')
  })

  test('[CNT-02] withdrawn says why above its pages', async () => {
    const { preview } = buildAnswers()
    fake.answers.preview = (asked) => ({ ...preview!(asked), withdrawnReason: '安全性数据更新' })
    const page = await open()
    await openSheet(page, 4)
    const reason = await page.getByText('已撤回：安全性数据更新').boundingBox()
    const pages = await page.locator('.shown').boundingBox()
    expect(reason!.y).toBeLessThan(pages!.y)
  })

  test('[SND-04] without an answer is unknown', async () => {
    const page = await open({}, { send: 'silent' })
    await openSheet(page)
    await sendButton(page).click()
    await page.getByText('结果未知，请看聊天里有没有').waitFor({ timeout: 12_000 })
    expect(factKinds()).toEqual(['H'])
    await photo(page, 'unknown')
  })

  test('[CTX-05] stops when the chat is another one at the tap', async () => {
    const page = await open()
    await openSheet(page)
    await setChat(page, { contact: 'wm-li' })
    await sendButton(page)
      .click({ timeout: 2_000 })
      .catch(() => {}) // the sheet may have noticed by itself
    await page.getByText(/聊天已换成.*刚才没有发/).waitFor()
    expect(await handed(page)).toEqual([])
    expect(calls('authoriseSend')).toEqual([])
    await photo(page, 'chat-changed')
    await page.getByRole('button', { name: '看新医生' }).click()
    await page.getByRole('heading', { name: /李敏/ }).waitFor()
  })

  test('[GEN-03] tried again after a lost answer is the same request', async () => {
    const page = await open()
    await openSheet(page)
    const allowed = fake.answers.authoriseSend
    fake.answers.authoriseSend = () => {
      throw 'busy'
    }
    await sendButton(page).click()
    await page.getByText('服务暂时有问题，没有发出任何内容').waitFor()
    fake.answers.authoriseSend = allowed
    await page.getByRole('dialog').getByRole('button', { name: '重试' }).click()
    await page.getByText('刚刚发过').waitFor()
    const ids = calls('authoriseSend').map(({ input }) => (input as { requestId: string }).requestId)
    expect(new Set(ids).size).toBe(1)
  })

  test('[GEN-03] tried again is the same request also when the list has learnt of the send meanwhile', async () => {
    const page = await open()
    await openSheet(page)
    const allowed = fake.answers.authoriseSend
    const shown = fake.answers.preview!
    fake.answers.authoriseSend = () => {
      fake.answers.preview = (input) => {
        const sheet = shown(input)
        return { ...sheet, piece: { ...sheet.piece, refusals: [{ reason: 'sent_recently', since: new Date() }] } }
      }
      throw 'busy'
    }
    await sendButton(page).click()
    await page.getByText('服务暂时有问题，没有发出任何内容').waitFor()
    fake.answers.authoriseSend = allowed
    await page.getByRole('dialog').getByRole('button', { name: '重试' }).click()
    await expect.poll(() => calls('authoriseSend').length).toBe(2)
    const ids = calls('authoriseSend').map(({ input }) => (input as { requestId: string }).requestId)
    expect(new Set(ids).size).toBe(1)
  })

  test('facts the server has not heard are told after a reload', async () => {
    const page = await open()
    const heard = fake.answers.recordFact
    fake.answers.recordFact = () => {
      throw 'busy'
    }
    await openSheet(page)
    await sendButton(page).click()
    await page.getByText('刚刚发过').waitFor()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.waitForTimeout(200) // the address goes back to the list
    await page.reload()
    expect(await page.evaluate(() => localStorage.getItem('vouch.facts'))).toContain('"K"')
    fake.answers.recordFact = heard
    fake.calls.length = 0
    await expect.poll(() => new Set(factKinds()), { timeout: 5_000 }).toEqual(new Set(['H', 'K']))
  })

  test('the opening line goes first, as a send of its own, and a cancel stops the piece', async () => {
    const page = await open()
    await openSheet(page)
    await page.getByLabel('张主任您好').check()
    await setChat(page, { send: 'sendChatMessage:cancel' })
    await sendButton(page).click()
    await page.getByText('已取消，没有发出').waitFor()
    expect(await handed(page)).toHaveLength(1)
    await setChat(page, { send: 'sendChatMessage:ok' })
    await sendButton(page).click()
    await page.getByText('刚刚发过').waitFor()
    expect((await handed(page)).map((message) => (message as { msgtype: string }).msgtype)).toEqual([
      'text',
      'text',
      'news',
    ])
  })

  test('[CON-01] an invitation takes one tap', async () => {
    const page = await open({}, { contact: 'wm-li' })
    await openSheet(page)
    await photo(page, 'no-consent')
    await page.getByRole('button', { name: '邀请医生同意' }).click()
    await expect.poll(() => calls('authoriseSend')).toMatchObject([{ input: { contentItemId: 'invite-1' } }])
  })

  test('[CON-01] asking in person takes two taps, whether or not an invitation was sent before', async () => {
    const page = await open({}, { contact: 'wm-li' })
    await openSheet(page)
    await page.getByRole('button', { name: '当面扫码' }).click()
    await page.getByRole('img', { name: '当面扫码' }).waitFor()
    expect(calls('authoriseSend')).toEqual([])
    expect(calls('showInvitation')).toMatchObject([{ input: { externalUserId: 'wm-li', contentItemId: 'invite-1' } }])
    await photo(page, 'in-person')
    await page.getByRole('button', { name: '当面扫码' }).click()
    await expect.poll(() => page.getByRole('img', { name: '当面扫码' }).count()).toBe(0)
    expect(calls('showInvitation')).toHaveLength(1)
  })

  test('a code that may not be shown says why, and a dead spot is tried again as the same request', async () => {
    const page = await open({}, { contact: 'wm-li' })
    let answers = 0
    fake.answers.showInvitation = () => {
      answers += 1
      if (answers === 1) throw 'busy'
      return { outcome: 'refused', refusals: [{ reason: 'asked_again_too_soon' }] }
    }
    await openSheet(page)
    await page.getByRole('button', { name: '当面扫码' }).click()
    await page.getByText('二维码没有出来').waitFor()
    await page.getByRole('button', { name: '当面扫码' }).click()
    await page.getByText(/不久前邀请过/).waitFor()
    const [first, second] = calls('showInvitation').map(({ input }) => (input as { requestId: string }).requestId)
    expect(second).toBe(first)
  })
})

describe('who it is for', { timeout: 30_000 }, () => {
  test('a chat switched beside the panel is noticed without a word, and the former doctor is gone', async () => {
    const page = await open()
    await page.getByRole('heading', { name: /张伟/ }).waitFor()
    fake.delayMs = 400
    await setChat(page, { contact: 'wm-li' })
    await page.evaluate(() => window.dispatchEvent(new Event('focus')))
    await expect.poll(() => page.getByRole('heading', { name: /张伟/ }).count(), { timeout: 300 }).toBe(0)
    await page.getByRole('heading', { name: /李敏/ }).waitFor()
  })

  test('a late answer about the former doctor is dropped', async () => {
    const page = await open()
    await page.getByRole('heading', { name: /张伟/ }).waitFor()
    fake.delayMs = 500
    await setChat(page, { contact: 'wm-li' })
    await page.evaluate(() => window.dispatchEvent(new Event('focus')))
    await page.waitForTimeout(100)
    fake.delayMs = 0
    await setChat(page, { contact: 'wm-new' })
    await page.evaluate(() => window.dispatchEvent(new Event('focus')))
    await page.getByRole('heading', { name: '还没对上这位联系人' }).waitFor()
    await page.getByRole('heading', { name: '备注 张伟' }).waitFor()
    await page.waitForTimeout(600)
    expect(await page.getByText('李敏').count()).toBe(0)
  })

  test('[MAT-01] a contact is matched in two taps', async () => {
    const page = await openUnmatched()
    await photo(page, 'match')
    await page.getByRole('radio').first().check()
    await page.getByRole('button', { name: '就是他' }).click()
    await expect
      .poll(() => calls('matchContact'))
      .toMatchObject([{ input: { externalUserId: 'wm-new', accountId: 'a1' } }])
  })

  test('[MAT-02] who is chosen may need a second look, or a word that somebody else is matched to them', async () => {
    const page = await openUnmatched()
    const confirm = page.getByRole('button', { name: '就是他' })
    await page.getByRole('radio', { name: /胸外科/ }).check()
    await page.getByText('选定后要合规看过才能发送').waitFor()
    await page.getByRole('radio', { name: /张威/ }).check()
    expect(await confirm.isDisabled()).toBe(true)
    await page.getByRole('checkbox', { name: /我核对过/ }).check()
    await confirm.click()
    await expect.poll(() => calls('matchContact')).toMatchObject([{ input: { accountId: 'a3', taken: true } }])
  })

  test('[MAT-03] a choice that waits is shown, can be taken back, and the answer comes by itself', async () => {
    fake.answers = buildAnswers({
      openChat: () => ({ ...openedFor('wm-new'), contact: inReview, now: new Date() }),
      watchChat: () => ({ changedAt: new Date() }),
    })
    const context = await newContext({}, { contact: 'wm-new' })
    const page = await context.newPage()
    await page.goto(`${fake.url}/sidebar/`)
    await page.getByRole('heading', { name: '等合规看过' }).waitFor()
    await photo(page, 'match-waiting')
    await page.getByRole('button', { name: '撤回，另选一位' }).click()
    await expect.poll(() => calls('endMatch')).toMatchObject([{ input: { externalUserId: 'wm-new' } }])
    await expect.poll(() => calls('watchChat').length, { timeout: 4_000 }).toBeGreaterThan(0) // every two seconds
  })

  test('[MAT-04] a doctor who is missing is asked for with a photo, and nothing typed is lost to a fault', async () => {
    const page = await openUnmatched()
    await page.getByRole('button', { name: '名单里没有，申请新增' }).click()
    await page.getByLabel('医院', { exact: true }).fill('新华医院（示例）')
    await page.getByLabel(/^执业证书编码/).fill('110101199003078515')
    await choosePhoto(page)
    await page.getByText('照片已加上').waitFor()
    await photo(page, 'match-request')
    fake.answers.askChange = () => {
      throw 'busy'
    }
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByRole('alert').filter({ hasText: '服务暂时有问题' }).waitFor()
    expect(await page.getByLabel('医院', { exact: true }).inputValue()).toBe('新华医院（示例）')
    fake.answers.askChange = () => ({ changeId: 'change-1' })
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByText('已提交，等合规处理').first().waitFor()
    expect(calls('askChange').at(-1)).toMatchObject({
      input: { kind: 'new', name: '张伟', hospital: '新华医院（示例）', photoId: 'evidence' },
    })
    expect(fake.parts.length).toBeGreaterThan(0)
  })

  test('[MAT-04] a photo is drawn anew before it is sent: small, and without a word of where it was taken', async () => {
    const page = await openRequest()
    const buffer = withPlace(await drawn(page, 3_200, 40))
    await choosePhoto(page, { name: '张伟的胸牌.jpg', mimeType: 'image/jpeg', buffer })
    await page.getByText('照片已加上').waitFor()
    const sent = Buffer.concat(fake.parts)
    expect(calls('openUpload')).toMatchObject([
      { input: { purpose: 'evidence', fileName: 'photo.jpg', bytes: sent.length } },
    ])
    expect(buffer.includes(place) && !sent.includes(place)).toBe(true)
    expect(await sizeOf(page, sent)).toEqual([1_600, 20])
    expect(built.faults()).toEqual([])
  })

  const lostWords = [
    ['zh-CN', '照片没有传上去', '接着传', '照片已加上', '不要照片'],
    ['en-US', 'The photo was not uploaded', 'Continue uploading', 'Photo added', 'No photo'],
  ] as const
  test.each(lostWords)('[MAT-04] a photo that got lost goes on where it was (%s)', async (language, ...words) => {
    const [lost, again, added, remove] = words
    const page = await openRequest({ language })
    await page.getByLabel(/^(医院|Hospital)$/).fill('新华医院（示例）')
    const { closeUpload } = fake.answers
    fake.answers.closeUpload = () => {
      throw 'internal'
    }
    await choosePhoto(page)
    await page.getByRole('alert').filter({ hasText: lost }).waitFor()
    fake.answers.closeUpload = closeUpload
    await page.getByRole('button', { name: again }).click()
    await page.getByText(added).waitFor()
    expect(calls('openUpload')).toHaveLength(1)
    await expectNoBarrier(page, `match-photo-${language}`)
    await page.getByRole('button', { name: remove }).click()
    await page.getByText(added).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /^(提交|Submit)$/ }).click()
    await expect.poll(() => calls('askChange')).toMatchObject([{ input: { photoId: null } }])
  })

  test('[MAT-04] a photo that cannot be used says why, is not tried again, and another is taken', async () => {
    const page = await openRequest()
    const { openUpload, lookAtUpload } = fake.answers
    fake.answers.openUpload = () => {
      throw 'too_large'
    }
    await choosePhoto(page)
    await page.getByRole('alert').filter({ hasText: '照片太大' }).waitFor()
    expect(await page.getByRole('button', { name: '接着传' }).count()).toBe(0)
    fake.answers.openUpload = openUpload
    fake.answers.lookAtUpload = () => uploadOf('evidence', 'refused', { problem: 'not_supported' })
    await choosePhoto(page)
    await page.getByRole('alert').filter({ hasText: '这张照片打不开' }).waitFor()
    fake.answers.lookAtUpload = lookAtUpload
    await choosePhoto(page)
    await page.getByText('照片已加上').waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
  })

  test('[MAT-05] the profile tells how the doctor is listed, and is the way to say that it is not them', async () => {
    const page = await open()
    await page.getByRole('button', { name: '张伟 的档案' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByText('执业证尾号 0001').waitFor()
    await photo(page, 'profile')
    await sheet.getByRole('button', { name: '资料不对' }).click()
    await sheet.getByLabel('职称', { exact: true }).fill('副主任医师')
    await sheet.getByRole('button', { name: '提交' }).click()
    await expect
      .poll(() => calls('askChange'))
      .toMatchObject([{ input: { kind: 'detail', name: '张伟', title: '副主任医师', licenceNumber: '' } }])
    await sheet.getByRole('button', { name: '不是这位医生' }).click()
    expect(await sheet.getByRole('button', { name: '解除匹配' }).isDisabled()).toBe(true)
    await sheet.getByLabel('哪里对错了').fill('是同名的另一位')
    await sheet.getByRole('button', { name: '解除匹配' }).click()
    await expect.poll(() => calls('endMatch')).toMatchObject([{ input: { reason: '是同名的另一位' } }])
    await sheet.waitFor({ state: 'hidden' })
  })

  /** The form in which a doctor is asked for who is not in the list. */
  async function openRequest(look: Look = {}): Promise<Page> {
    const page = await openUnmatched(look)
    await page.getByRole('button', { name: /^(名单里没有|Not in the list)/ }).click()
    return page
  }

  async function openUnmatched(look: Look = {}): Promise<Page> {
    const context = await newContext(look, { contact: 'wm-new' })
    const page = await context.newPage()
    await page.goto(`${fake.url}/sidebar/`)
    await page.getByRole('radio').first().waitFor()
    return page
  }

  test('[CTX-01] outside a chat one can look, and choose a doctor', async () => {
    const page = await open({}, { contact: null, entry: 'normal' })
    await page.getByRole('button', { name: '选一位医生' }).click()
    await page.getByRole('button', { name: /李敏/ }).waitFor()
    await photo(page, 'outside')
  })

  test('[CTX-02] a group chat is for looking only', async () => {
    const page = await open({}, { contact: null, entry: 'group_chat_tools' })
    await page.getByText('这里只能看资料，不能发').waitFor()
    await page.locator('.row-main').first().click()
    await page.getByRole('dialog').waitFor()
    expect(await sendButton(page).count()).toBe(0)
  })

  test('[CTX-04] a refused signature can be tried again, and leaves no fault behind', async () => {
    const page = await open({}, { identity: 'agentConfig:fail invalid signature e=40093' })
    await page.getByText('验证没通过，已换新的').waitFor()
    await setChat(page, { identity: 'agentConfig:ok' })
    await page.getByRole('button', { name: '重试' }).click()
    await page.getByRole('heading', { name: /张伟/ }).waitFor()
    expect(calls('sign')).toHaveLength(1) // the first signatures came with the list
    expect(built.faults()).toEqual([])
  })

  test('signatures that did not come with the list are asked for', async () => {
    fake.answers.start = () => ({ ...start, signatures: null })
    const page = await open()
    await page.getByText('可发送').first().waitFor()
    expect(calls('start')).toMatchObject([{ input: { url: `${fake.url}/sidebar/` } }])
    expect(calls('sign')).toMatchObject([{ input: { url: `${fake.url}/sidebar/` } }])
  })
})

describe('the network', { timeout: 30_000 }, () => {
  test('[GEN-02] offline one can look, not send; back online it is checked again', async () => {
    const page = await open()
    await page.getByText('可发送').first().waitFor()
    await page.context().setOffline(true)
    await page.getByText('网络断了。能看，不能发').waitFor()
    await page.getByText('联网后可发').first().waitFor()
    await photo(page, 'offline')
    await page.context().setOffline(false)
    await page.getByText('可发送').first().waitFor({ timeout: 10_000 })
  })

  test('a session that is over signs in again once, then says so', async () => {
    fake.answers.start = () => {
      throw 'not_signed_in'
    }
    const context = await newContext()
    const page = await context.newPage()
    const asked: string[] = []
    await page.route('**/api/rep/sign-in?**', (route) => {
      asked.push(new URL(route.request().url()).searchParams.get('next') ?? '')
      return route.fulfill({ status: 302, headers: { location: '/sidebar/?lang=zh#wechat_redirect' } })
    })
    await page.goto(`${fake.url}/sidebar/?lang=zh`)
    await page.getByText('登录没有成功').waitFor()
    expect(asked).toEqual(['/sidebar/?lang=zh'])
  })

  test('what was typed while nobody was signed in is there after the sign-in, and is searched', async () => {
    fake.delayMs = 900 // the page is drawn before it knows
    fake.answers.start = () => {
      throw 'not_signed_in'
    }
    const context = await newContext()
    const page = await context.newPage()
    await page.route('**/api/rep/sign-in?**', (route) => {
      fake.answers.start = buildAnswers().start
      return route.fulfill({ status: 302, headers: { location: '/sidebar/?lang=zh#wechat_redirect' } })
    })
    await page.goto(`${fake.url}/sidebar/?lang=zh`)
    await page.getByRole('searchbox').fill('研究')
    await page.waitForURL('**#wechat_redirect')
    fake.delayMs = 0
    await page.getByText('可发送').first().waitFor()
    expect(await page.getByRole('searchbox').inputValue()).toBe('研究')
    expect(calls('openChat').map(({ input }) => (input as { query: string }).query)).toContain('研究')
  })

  test('an address left by OAuth is the start page', async () => {
    const page = await open({}, {}, '#wechat_redirect')
    expect(await page.getByRole('tab', { name: '资料' }).getAttribute('aria-selected')).toBe('true')
  })

  test('the list needs the page, one script and one answer', async () => {
    const context = await newContext()
    await context.route(/\/assets\/(?!page-)|\/api\/rep\/(?!start)/, (route) => route.abort())
    const page = await context.newPage()
    await page.goto(`${fake.url}/sidebar/`)
    await page.locator('.piece').first().waitFor()
  })

  test('the list does not move, and nothing comes from elsewhere', async () => {
    const context = await newContext()
    const page = await context.newPage()
    await page.addInitScript(() => {
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          window.shifted = (window.shifted ?? 0) + (entry as unknown as { value: number }).value
      }).observe({ type: 'layout-shift', buffered: true })
    })
    const asked: string[] = []
    page.on('request', (request) => !request.url().startsWith('data:') && asked.push(new URL(request.url()).pathname))
    await page.goto(`${fake.url}/sidebar/`)
    await page.getByText('可发送').first().waitFor()
    expect(asked.every((path) => /^\/(sidebar|api|card|pages)\//.test(path))).toBe(true)
    expect(await page.evaluate(() => window.shifted ?? 0)).toBe(0)
  })
})

describe('by keyboard, by ear and by eye', { timeout: 60_000 }, () => {
  test('slash searches, arrows walk, Enter opens, Esc gives the focus back', async () => {
    const page = await open({ width: 400 })
    await page.getByText('可发送').first().waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('手册')
    await page.locator('mark').first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    const focused = await page.evaluate(() => document.activeElement?.textContent ?? '')
    expect(focused).toContain('用药指导手册')
  })

  const looks: (Look & { name: string })[] = [
    { name: '280', width: 280 },
    { name: '300-en-dark', width: 300, dark: true, language: 'en-US' },
    { name: '360', width: 360, onPhone: true },
    { name: '400-dark', width: 400, dark: true },
    { name: '360-forced', width: 360, forced: true },
    { name: '375-en', width: 375, language: 'en-US' },
  ]
  test.each(looks)('no barrier at $name, in the list, the sheet and the history', async ({ name, ...look }) => {
    const page = await open(look)
    await page
      .getByText(/可发送|Can be sent/)
      .first()
      .waitFor()
    await expectNoBarrier(page, `${name}-list`)
    await openSheet(page, 0)
    await expectNoBarrier(page, `${name}-sheet`)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('tab').nth(2).click()
    await page.locator('.entry .badge').first().waitFor()
    await expectNoBarrier(page, `${name}-history`)
  })

  test('text at 200 % on 300 px needs no sideways scroll', async () => {
    const page = await open({ width: 300 })
    await page.getByText('可发送').first().waitFor()
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'))
    await photo(page, '300-big-list')
    expect(await sideways(page)).toBeLessThanOrEqual(0)
    await openSheet(page)
    await photo(page, '300-big-sheet')
    expect(await sideways(page)).toBeLessThanOrEqual(0)
  })

  test('targets are large enough for a thumb', async () => {
    const page = await open({ width: 300 })
    await page.getByText('可发送').first().waitFor()
    const small = await page.locator('button:visible').evaluateAll((buttons) =>
      buttons
        .filter((button) => !button.matches('.chip'))
        .filter((button) => {
          const box = button.getBoundingClientRect()
          const around = getComputedStyle(button, '::after') // what can be tapped may be larger than what is drawn
          const grown = (side: 'top' | 'left') => Math.max(0, -Number.parseFloat(around[side]) || 0) * 2
          return box.height + grown('top') < 44 || box.width + grown('left') < 44
        })
        .map((button) => button.textContent),
    )
    expect(small).toEqual([])
  })
})

declare global {
  interface Window {
    shifted?: number
  }
}

test('more pieces come with scrolling or a press, by their place in the list', { timeout: 30_000 }, async () => {
  fake.answers.openChat = (asked) => ({ ...buildAnswers().openChat!(asked), next: 'after-11' })
  fake.answers.listPieces = ({ cursor }) => ({
    pieces:
      cursor === 'after-11'
        ? [{ ...pieces[0]!, contentItemId: 'item-99', title: '第二页的资料', expiresAt: days(90) }]
        : [],
    next: null,
  })
  const page = await open()
  await page.getByText('可发送').first().waitFor()
  expect(calls('listPieces')).toHaveLength(0)
  await page.mouse.wheel(0, 2_000)
  await page.getByText('第二页的资料').waitFor()
  expect(calls('listPieces')).toHaveLength(1)
})
