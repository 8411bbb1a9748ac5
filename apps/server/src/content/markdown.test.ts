import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markdownToHtml, readArticle, readBody } from './markdown.ts'

const read = (format: 'html' | 'text', text: string) => readArticle(format, Buffer.from(text))

describe('an article', () => {
  it('in Markdown becomes headings, lists and tables', () => {
    const { body, removed } = read(
      'text',
      '# 标题\n\n读 **懂** 它\n\n- 甲\n- 乙\n\n| 剂量 | 次数 |\n| --- | --- |\n| 200 mg | 1 |',
    )
    expect(body).toContain('<h1>标题</h1>')
    expect(body).toContain('<strong>懂</strong>')
    expect(body).toMatch(/<li>甲<\/li>\s*<li>乙<\/li>/)
    expect(body).toContain('<td>200 mg</td>')
    expect(removed).toEqual([])
  })

  it('in HTML says what was taken out of it', () => {
    expect(
      read('html', '<p>正文</p><script>alert(1)</script><img src=x onerror=alert(1)><a href="/x">链接</a>'),
    ).toEqual({
      body: '<p>正文</p>链接',
      removed: ['a', 'img', 'script'],
    })
  })

  it.each([
    ['<script>alert(1)</script>\n\n正文', 'script'],
    ['正文 <img src=x onerror=alert(1)>', 'img'],
    ['[字](javascript:alert(1))', 'a'],
    ['![图](https://evil.example/a.png)', 'img'],
    ['<https://evil.example>', 'a'],
    ['<iframe src="https://evil.example"></iframe>', 'iframe'],
    ['<svg onload=alert(1)></svg>', 'svg'],
  ])('in Markdown loses whatever could act or reach out: %s', (text, gone) => {
    const { body, removed } = read('text', text)
    expect(body).not.toMatch(/<(?:script|img|a|iframe|svg)\b|onerror|onload|javascript:|src=|href=/i)
    expect(removed).toContain(gone)
  })

  it('keeps code as text', () => {
    expect(read('text', '    <script>alert(1)</script>').body).toBe('&lt;script&gt;alert(1)&lt;/script&gt;')
  })

  it('of any text keeps none but the elements it may', () => {
    const pieces = fc.array(
      fc.constantFrom(
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
      ),
    )
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = `字${parts.join('')}`
        expect(read('text', text).body).not.toMatch(/<(?:script|img|a|iframe|style|svg|object|form)\b/i)
      }),
    )
  })

  it('kept with a piece is told from HTML by its bytes, and a phrase is left as it is', () => {
    expect(readBody('article', Buffer.from('\ufeff# 一'))).toBe('<h1>一</h1>')
    expect(readBody('article', Buffer.from('<h2>一</h2>'))).toBe('<h2>一</h2>')
    expect(readBody('phrase', Buffer.from(' {doctor}，# 您好\n'))).toBe('{doctor}，# 您好')
  })

  it('is marked up the same each time', () => {
    expect(markdownToHtml('# 一')).toBe(markdownToHtml('# 一'))
  })
})
