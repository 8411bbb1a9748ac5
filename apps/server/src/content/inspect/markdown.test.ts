import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTextBody } from './markdown.ts'

const article = (text: string): string => readTextBody('article', Buffer.from(text))

describe('the body of an article', () => {
  it('in Markdown has headings, lists and tables', () => {
    const body = article('# 标题\n\n读 **懂** 它\n\n- 甲\n- 乙\n\n| 剂量 | 次数 |\n| --- | --- |\n| 200 mg | 1 |')
    expect(body).toContain('<h1>标题</h1>')
    expect(body).toContain('<strong>懂</strong>')
    expect(body).toMatch(/<li>甲<\/li>\s*<li>乙<\/li>/)
    expect(body).toContain('<td>200 mg</td>')
  })

  it('is told from HTML by its bytes', () => {
    expect(article('\ufeff# 一')).toBe('<h1>一</h1>')
    expect(article('<h2>一</h2>')).toBe('<h2>一</h2>')
    expect(article('<!-- 注 -->\n<p># 一</p>')).toBe('<p># 一</p>')
  })

  it.each([
    '<script>alert(1)</script>\n\n正文',
    '正文 <img src=x onerror=alert(1)>',
    '[字](javascript:alert(1))',
    '![图](https://evil.example/a.png)',
    '<https://evil.example>',
    '<iframe src="https://evil.example"></iframe>',
    '字<svg onload=alert(1)></svg>',
  ])('loses whatever could act or reach out: %s', (text) => {
    expect(article(text)).not.toMatch(/<(?:script|img|a|iframe|svg)\b|onerror|onload|javascript:|src=|href=/i)
  })

  it('keeps code as text', () => {
    expect(article('字\n\n    <script>alert(1)</script>')).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  })

  it('holds none but the elements it may, whatever the text', () => {
    const marks = [
      '# ',
      '<script>',
      '</p>',
      '![x](',
      'javascript:',
      ')',
      '`',
      '\n\n',
      '| ',
      '<!--',
      '字',
      '<img src=x ',
      '">',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...marks)), (parts) => {
        expect(article(`字${parts.join('')}`)).not.toMatch(/<(?:script|img|a|iframe|style|svg|object|form)\b/i)
      }),
    )
  })
})

it('a phrase is left as it is', () => {
  expect(readTextBody('phrase', Buffer.from(' {doctor}，# 您好\n'))).toBe('{doctor}，# 您好')
})
