import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  article,
  film,
  buildEnded,
  buildImage,
  buildPage,
  buildReading,
  neutral,
  otherReader,
  safetyForm,
  safetyReceived,
  trouble,
} from '../test/sample-pages.ts'
import type { Language, View } from './hcp-page.ts'
import { renderPage, styleSource } from './render.ts'

/** What a person reads, without tags. */
const words = (html: string) =>
  html
    .replaceAll(/<style>.*?<\/style>/gs, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
const draw = (view: View, language: Language = 'zh-CN') => renderPage(buildPage(view, { language }))
const languages: Language[] = ['zh-CN', 'en-US']

const withoutContent: { says: string; view: View }[] = [
  { says: 'to a browser not yet known', view: neutral },
  { says: 'on an invented link', view: { page: 'neutral', sender: null } },
  { says: 'to another doctor', view: otherReader('contact') },
  { says: 'to a colleague of the company', view: otherReader('member') },
  { says: 'to a stranger or a snapshot', view: otherReader('stranger') },
  { says: 'while WeCom is down', view: trouble },
]

describe.each(languages)('in %s', (language) => {
  test.each(withoutContent)('the page shown $says names no product, image or metadata', async ({ view }) => {
    const html = await draw(view, language)
    expect(html).not.toMatch(/PD-1|肺癌|CN-2026|研究摘要|og:|twitter:|description|<img|<picture|\.webp|<script/i)
    expect(html).toMatch(language === 'zh-CN' ? /<title>示例药业<\/title>/ : /<title>Example Pharma<\/title>/)
  })

  test('a page shows no key and no empty word', async () => {
    const views = [
      ...withoutContent.map(({ view }) => view),
      buildReading(),
      buildEnded(),
      buildEnded({ why: 'not_consented' }),
      safetyForm,
      safetyReceived,
    ]
    for (const view of views)
      expect(words(await draw(view, language))).not.toMatch(/undefined|null|\[object|NaN|Invalid/)
  })
})

test('the neutral page says who sent it and asks for the reader’s own tap', async () => {
  const html = await draw(neutral)
  expect(words(html)).toContain('王磊（示例药业医药代表）给您准备了一份资料')
  expect(html).toContain('<form class="act" method="post" action="/l/token/recognise">')
})

test('an invented link differs from a genuine one only by the sender’s name', async () => {
  const genuine = words(await draw(neutral))
  const invented = words(await draw({ page: 'neutral', sender: null }))
  const frame = (page: string) => page.replace(/ [^ ]*资料 /, ' ').replace('直接问王磊', '直接问发给您的人')
  expect(frame(invented)).toBe(frame(genuine))
})

test('the addressee sees at the top what it is, which version, how old, who pays and who sent it', async () => {
  const shown = words(await draw(buildReading()))
  const facts = [
    '仅供医疗卫生专业人士',
    '学术资料',
    'v3 · 批准号 CN-2026-0417 · 12 页',
    '有效至 2027-03-31',
    '2026-10-06 起生效',
  ]
  for (const fact of facts) expect(shown).toContain(fact)
  expect(shown).toContain('由示例药业提供并承担费用')
  expect(shown).toContain('王磊（医药代表）2026-11-21 发给您')
})

test('each page has its size, its text, a large image behind a tap, and only the first loads at once', async () => {
  const html = await draw(buildReading())
  const sheets = html.match(/<img class="sheet"[^>]*>/g) ?? []
  expect(sheets.map((sheet) => /loading="(\w+)"/.exec(sheet)?.[1])).toEqual(['eager', ...Array(11).fill('lazy')])
  for (const sheet of sheets) expect(sheet).toContain('width="1080" height="1527"')
  expect(html.match(/中位无进展生存期/g)).toHaveLength(12)
  expect(html).toContain('href="/l/token/pages/12/1080.webp"')
})

test('the table of contents says what the document itself calls its parts, and else how each page begins', async () => {
  const headings = [
    { depth: 1, title: '3 疗效' },
    { depth: 2, title: '3.1 主要终点' },
  ]
  const html = await draw(buildReading({ pages: [{ ...buildImage(1), headings }, buildImage(2)] }))
  const contents = /<details id="contents".*?<\/details>/s.exec(html)?.[0] ?? ''
  expect(contents).toMatch(/depth-1"[^>]*>3 疗效<.*depth-2"[^>]*>3.1 主要终点<.*depth-1"[^>]*>第 2 部分：疗效结果</s)
  expect(contents.match(/<img[^>]*loading="lazy"/g)).toHaveLength(2)
})

test('data saver asks for the smallest images only', async () => {
  const html = await renderPage(buildPage(buildReading(), { look: { size: 'normal', saver: true, chosen: true } }))
  expect(html.match(/ (?:src|srcset)="\/l[^"]*(?:720|1080)\.webp/g)).toBeNull()
})

test('a film with captions plays them, and what is said can be read without it, at once by whoever saves data', async () => {
  const view = buildReading({ kind: 'video', pages: [], video: film })
  const html = await draw(view)
  expect(html).toMatch(
    /<track kind="captions" default(?:="")? src="\/l\/token\/captions.vtt" srclang="zh-CN" label="中文字幕">/,
  )
  expect(words(html)).toContain('0:01 王医生： 各位好，这项研究入组 412 例患者。')
  expect(words(html)).toContain('1:15 中位无进展生存期 9.1 个月')
  expect(html).not.toContain('<details class="words" open')
  const saving = await renderPage(buildPage(view, { look: { size: 'normal', saver: true, chosen: true } }))
  expect(saving).toContain('<details class="words" open')
})

test('a film without captions promises none', async () => {
  for (const language of languages) {
    const html = await draw(buildReading({ kind: 'video', pages: [], video: { ...film, captions: null } }), language)
    expect(html).not.toMatch(/<track|data-captions/)
    expect(words(html)).not.toMatch(/字幕|文字稿|captions|transcript/i)
  }
})

test('the title of the document stays neutral, because it is seen in the chat', async () => {
  expect(await draw(buildReading())).toContain('<title>医学资料 · 示例药业</title>')
})

test('the script is told to record pages only with consent', async () => {
  expect(await draw(buildReading())).not.toContain('data-record')
  expect(await draw(buildReading({ recordsReading: true }))).toContain('data-record="pages"')
})

test('a newer version at an older link says so, and what has changed', async () => {
  const view = buildReading({ version: 3, replaces: { version: 2, note: '更新了安全性数据' } })
  expect(words(await draw(view))).toContain('您收到的是 v2，这里展示的是替代它的 v3。 更新了安全性数据')
  expect(words(await draw(view, 'en-US'))).toContain('You were sent v2. This is v3, which has replaced it.')
  expect(await draw(buildReading())).not.toContain('class="newer"')
})

test('a piece that may be passed on carries no mark of the addressee', async () => {
  expect(words(await draw(buildReading()))).toContain('供 张* 医生本人阅读')
  expect(words(await draw(buildReading({ markedFor: null })))).not.toContain('医生本人阅读')
})

test('an article keeps its structure and loses everything that could act', async () => {
  const html = await draw(buildReading({ kind: 'article', pages: [], body: article }))
  expect(html).not.toMatch(/onclick|onerror|javascript:|alert\(|<img|color:red/)
  expect(html).toContain('<h2>怎样读数</h2>')
  expect(html).toContain('<th colspan="2">TPS</th>')
  expect(html).toContain('抗体克隆号 &lt;22C3&gt;')
  expect(html.match(/data-page=/g)).toHaveLength(3)
})

test('a video says its size before it plays and does not start by itself', async () => {
  const video = { address: '/l/token/video', seconds: 12, bytes: 3_400_000, poster: '/card/x.webp', captions: null }
  const html = await draw(buildReading({ kind: 'video', pages: [], video }))
  expect(words(html)).toContain('视频 · 12 秒 · 播放约用 3.4 MB 流量')
  expect(html).toContain('preload="none"')
  expect(html).not.toContain('autoplay')
})

test('names and texts from outside are shown as text', async () => {
  const html = await draw(
    buildReading({ title: '<img src=x onerror=alert(1)>', sender: '"><script>alert(2)</script>' }),
  )
  expect(html).not.toMatch(/<img src=x|<script>alert/)
})

const endings: { why: Parameters<typeof buildEnded>[0]; says: string[] }[] = [
  { why: { why: 'expired' }, says: ['这份资料已过有效期', '2026-10-31 到期', '请王磊发新版', 'LNK-01'] },
  { why: { why: 'withdrawn', reason: '安全性信息更新' }, says: ['这份资料已撤回', '原因：安全性信息更新'] },
  { why: { why: 'superseded', successor: { title: '研究摘要', version: 4 } }, says: ['有新版：研究摘要 v4'] },
  { why: { why: 'revoked' }, says: ['这条链接已收回'] },
  { why: { why: 'expired', asked: true }, says: ['已经转告王磊'] },
  { why: { why: 'expired', sender: null }, says: ['发送人已不在公司'] },
  { why: { why: 'not_consented' }, says: ['您已撤回同意，资料不再显示', 'LNK-02'] },
]
test.each(endings)('an ended link says $why', async ({ why, says }) => {
  const shown = words(await draw(buildEnded(why)))
  for (const line of says) expect(shown).toContain(line)
})

test('after a withdrawal of consent nobody is asked to send again', async () => {
  expect(await draw(buildEnded({ why: 'not_consented' }))).not.toContain('ask-new')
})

test('every page offers the adverse-reaction route and privacy, with pinch left to the browser', async () => {
  for (const view of [neutral, buildReading(), buildEnded(), otherReader('contact')]) {
    const html = await draw(view)
    expect(html).toContain('<a href="/l/token/safety">报告不良反应</a>')
    expect(html).toContain('href="tel:4000000000"')
    expect(html).toContain('隐私')
    expect(html).not.toMatch(/user-scalable|maximum-scale/)
  }
})

test('a report that could not be taken comes back with everything that was typed, as text', async () => {
  const typed = { ...safetyForm.typed, happened: '皮疹 <b>', product: '"示例"', seriousness: 'serious' as const }
  const html = await draw({ ...safetyForm, typed, trouble: 'busy' })
  expect(html).toMatch(/<textarea[^>]*>皮疹 &lt;b&gt;<\/textarea>/)
  expect(html).toContain('value="&quot;示例&quot;"')
  expect(html).toMatch(/value="serious" checked/)
  expect(words(html)).toContain('还没有提交，服务暂时有问题')
})

test('demonstration data is called that on every page', async () => {
  expect(words(await renderPage(buildPage(neutral, { demo: true })))).toContain('演示数据')
})

test('a page of twelve images is small, and its style fits the budget', async () => {
  const { gzipSync } = await import('node:zlib')
  const html = await draw(buildReading({ pages: Array.from({ length: 12 }, (_, index) => buildImage(index + 1)) }))
  const style = /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? ''
  expect(gzipSync(style).length).toBeGreaterThan(1000)
  expect(gzipSync(style).length).toBeLessThan(8_000)
  expect(gzipSync(html).length).toBeLessThan(14_000)
  expect(styleSource).toMatch(/^'sha256-.{44}'$/)
})

test('colours are the tokens of all faces', () => {
  const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
  const shared = read('../../../packages/ui/src/tokens.css')
  const own = read('./page.css')
  for (const name of [
    'bg',
    'card',
    'line',
    'fg',
    'fg-2',
    'field',
    'doctor',
    'ok',
    'ok-bg',
    'info',
    'info-bg',
    'warn',
    'warn-bg',
  ]) {
    const values = (css: string) =>
      [...css.matchAll(new RegExp(`--${name}: (#[0-9a-f]{6})`, 'g'))].map((found) => found[1])
    expect({ [name]: values(own) }).toEqual({ [name]: values(shared) })
  }
})
