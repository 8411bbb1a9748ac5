// @vitest-environment happy-dom
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { type Answer, answersOf, asked, barriers, ok, openPage, press, settle, wrapper } from '../../test/open-page.ts'
import { me } from '../../test/samples.ts'
import type { AsDoctor, AsDoctorPiece } from '../api.ts'
import { speak } from '../text/index.ts'

/** What the server answers to the frame. */
let page: string
const doctors = '<style>@media (prefers-color-scheme: dark) { main { color: white } }</style><main>三期</main>'
type Loading = { enableIframePageLoading: boolean; fetch: { interceptor: object } }
const { settings } = (window as unknown as { happyDOM: { settings: Loading } }).happyDOM // happy-dom puts it there
const beforeAsyncRequest = async ({ window: asking }: { window: typeof globalThis }) =>
  new asking.Response(page, { headers: { 'content-type': 'text/html' } })
beforeEach(() => {
  page = doctors
  settings.enableIframePageLoading = true
  settings.fetch.interceptor = { beforeAsyncRequest }
})

const buildPiece = (change: Partial<AsDoctorPiece> = {}): AsDoctorPiece => ({
  ...{ contentItemId: 'v4', title: '剂量与给药周期', version: 4, kind: 'document', lifeState: 'in_review' },
  ...{
    language: 'zh-CN',
    ways: ['news', 'file'],
    words: '',
    picture: null,
    seconds: 0,
    page: 'ready',
    ended: false,
    replacedBy: null,
  },
  card: { title: '示例药业医学资料', desc: '仅供医疗卫生专业人士', picture: '/card/plain.jpg' },
  ...{ file: { name: '剂量.pdf', bytes: 482_113 }, done: 0, of: 0, problem: null },
  ...change,
})
const buildSeen = (...pieces: AsDoctorPiece[]): AsDoctor => ({
  ...{ contentItemId: 'v4', title: '剂量与给药周期', version: 4, kind: pieces.length === 1 ? 'document' : 'script' },
  ...{ lifeState: 'in_review', pieces },
})

const at = '/api/console/content/as-doctor'
/** Opens the preview of what the server says, or of how it fails. */
const open = (seen: AsDoctor | Answer | (() => Answer), query = '') =>
  openPage(
    `/content/v4/as-doctor${query}`,
    answersOf({
      '/api/console/me': ok({ ...me, roles: ['author'] }),
      [at]: typeof seen === 'function' || 'status' in seen ? seen : ok(seen),
    }),
  )
const frame = () => wrapper.find('iframe')
const text = () => wrapper.text()
const choose = async (label: string, value: string) => {
  await wrapper.find(`select[aria-label="${label}"]`).setValue(value)
  await settle()
}

describe('the preview as a doctor', () => {
  test('says what it is, shows what arrives in the chat, and the page in a named frame that may do nothing', async () => {
    await open(buildSeen(buildPiece()))
    for (const part of [
      '这是预览',
      '×××',
      '“审批中”，医生还看不到',
      '链接卡片',
      '示例药业医学资料',
      '剂量.pdf',
      '483 kB',
    ])
      expect(text()).toContain(part)
    expect(frame().attributes()).toMatchObject({
      ...{ title: '医生页面的预览：剂量与给药周期', sandbox: 'allow-same-origin', referrerpolicy: 'no-referrer' },
      ...{ width: '375', src: '/api/console/content/v4/as-doctor?show=reading&size=normal&language=zh-CN' },
    })
    expect(await barriers()).toEqual([])
    await speak('en')
    await settle()
    expect(text()).toContain('This is a preview')
    expect(text()).toContain('Once opened')
  })

  test('keeps what is chosen in its address, and shows what an address asks for', async () => {
    const pages = await open(buildSeen(buildPiece()), '?width=768&language=en-US')
    expect(frame().attributes('width')).toBe('768')
    await choose('字号', 'large')
    await choose('页面', 'ended')
    await choose('屏幕宽度', '375')
    expect(pages.currentRoute.value.fullPath).toBe('/content/v4/as-doctor?language=en-US&size=large&show=ended')
    expect(frame().attributes('src')).toContain('?show=ended&size=large&language=en-US')
  })

  test('switches the light of the page, and of nothing else', async () => {
    await open(buildSeen(buildPiece()), '?light=dark')
    await vi.waitFor(() => expect(text()).not.toContain('正在打开'))
    const { documentElement, styleSheets } = (frame().element as HTMLIFrameElement).contentDocument!
    const lights = () => [
      documentElement.style.colorScheme,
      (styleSheets[0]!.cssRules[0] as CSSMediaRule).media.mediaText,
    ]
    expect(lights()).toEqual(['dark', 'all'])
    await choose('明暗', 'light')
    expect(lights()).toEqual(['light', 'not all'])
  })

  test('of what has ended begins with its end, and the page is still to be had', async () => {
    await open(buildSeen(buildPiece({ lifeState: 'withdrawn', ended: true })))
    expect(text()).toContain('现在打开是“结束后”')
    expect(text()).not.toContain('医生还看不到')
    expect(frame().attributes('src')).toContain('show=ended')
    await choose('页面', 'reading')
    expect(frame().attributes('src')).toContain('show=reading')
  })

  test('of what a newer version stands for leads to that one', async () => {
    await open(buildSeen(buildPiece({ lifeState: 'superseded', ended: true, replacedBy: 'v5' })))
    expect(wrapper.get('.banner a').attributes('href')).toBe('/content/v5/as-doctor')
    expect(text()).toContain('新版对象范围里的医生')
  })

  test('of a script shows its pieces in order, and the page of the one that is chosen', async () => {
    const phrase: Partial<AsDoctorPiece> = { kind: 'phrase', title: '开场白', ways: ['text'], page: 'none' }
    const pages = await open(buildSeen(buildPiece({ ...phrase, contentItemId: 'v1', words: '×××您好' }), buildPiece()))
    expect(wrapper.findAll('li h3').map((one) => one.text())).toEqual(['1. 开场白 v4', '2. 剂量与给药周期 v4'])
    expect(text()).toContain('×××您好')
    expect(text()).toContain('没有页面')
    await pages.push('/content/v4/as-doctor?piece=2')
    await settle()
    expect(frame().attributes('src')).toContain('/content/v4/')
    expect(wrapper.find('[aria-current="true"]').text()).toContain('剂量与给药周期')
    expect(await barriers()).toEqual([])
  })

  const waiting: { says: string; change: Partial<AsDoctorPiece>; shows: string }[] = [
    { says: 'has no file', change: { page: 'missing' }, shows: '还没有内容' },
    { says: 'could not be drawn', change: { page: 'failed', problem: 'broken' }, shows: '页面图没有生成出来：' },
    { says: 'goes as a file alone', change: { page: 'none', ways: ['file'] }, shows: '没有页面' },
    { says: 'is sent in no way yet', change: { ways: [] }, shows: '还没有选怎样发送' },
  ]
  test.each(waiting)('says so where a piece $says', async ({ change, shows }) => {
    await open(buildSeen(buildPiece(change)))
    expect(text()).toContain(shows)
    expect(frame().exists()).toBe(change.page === undefined)
  })

  test('waits for pages that are being drawn, and shows them by itself', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    let page: AsDoctorPiece['page'] = 'drawing'
    await open(() => ok(buildSeen(buildPiece({ page, done: 3, of: 8 }))))
    expect(text()).toContain('正在生成页面图 3/8')
    page = 'ready'
    await vi.advanceTimersByTimeAsync(2_000)
    await settle()
    expect(frame().exists()).toBe(true)
    expect(asked.filter(({ path }) => path === at)).toHaveLength(2)
  })

  const faults: { says: string; answer: Answer; shows: string }[] = [
    { says: 'there is no such version', answer: { status: 404, data: 'content_not_found' }, shows: '没有这份内容' },
    { says: 'they may not see it', answer: { status: 403, data: 'wrong_role' }, shows: '您的角色不能看资料' },
    { says: 'the line is down', answer: { status: 0, data: null }, shows: '连不上服务' },
  ]
  test.each(faults)('tells somebody when $says, and shows no frame', async ({ answer, shows }) => {
    await open(answer)
    expect(text()).toContain(shows)
    expect(frame().exists()).toBe(false)
  })

  test('of a page that did not open says so, asks again and tries anew', async () => {
    page = 'gateway timeout'
    await open(buildSeen(buildPiece()))
    await vi.waitFor(() => expect(text()).toContain('医生的页面没有打开'))
    page = doctors
    await press('重试')
    await vi.waitFor(() => expect(text()).not.toMatch(/正在打开|没有打开/))
    expect(asked.filter(({ path }) => path === at)).toHaveLength(2)
  })
})
