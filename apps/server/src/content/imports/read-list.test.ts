import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asCsv } from '../../csv.ts'
import { readList } from './read-list.ts'
import { readRow } from './row-values.ts'

const text = '文档编号,类型,标题,类别,产品,末日\r\nDOC-1,文档,"三期研究, 摘要",学术,示例单抗,2027-03-31\r\n'
const utf16 = (order: 'le' | 'be') => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return order === 'le' ? bytes : bytes.swap16()
}
/** The same text as Chinese Excel writes it. */
const gb18030 = Buffer.from(
  'cec4b5b5b1e0bac52cc0e0d0cd2cb1eacce22cc0e0b1f02cb2fac6b72cc4a9c8d50d0a444f432d312ccec4b5b52c22c8fd' +
    'c6dad1d0bebf2c20d5aad2aa222cd1a7caf52ccabec0fdb5a5bfb92c323032372d30332d33310d0a',
  'hex',
)

describe('a list of content', () => {
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16, as Excel writes "Unicode text"', utf16('le')],
    ['UTF-16, the other way round', utf16('be')],
    ['tabs', Buffer.from(text.replace(/,(?! )/g, '\t'))],
    ['semicolons and old line ends', Buffer.from(text.replace(/,(?! )/g, ';').replaceAll('\r\n', '\r'))],
  ])('is read in %s', async (_, bytes) => {
    const { rows } = await readList(bytes)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({
      number: 1,
      fields: {
        document_id: 'DOC-1',
        title: '三期研究, 摘要',
        class: '学术',
        product: '示例单抗',
        last_day: '2027-03-31',
      },
    })
  })

  it('is read in GB 18030, as Chinese Excel writes it', async () => {
    const { rows } = await readList(gb18030)
    expect(rows[0]?.fields).toMatchObject({ document_id: 'DOC-1', title: '三期研究, 摘要', product: '示例单抗' })
  })

  it('keeps line breaks within quotes, leaves empty rows out, and minds neither case nor order of headings', async () => {
    const { rows } = await readList(
      Buffer.from('Title*, my note ,DOCUMENT ID,body\n\n"a ""b""",x,D1,"one\ntwo"\n,,,\nc,y,D2,\n'),
    )
    expect(rows.map(({ number, fields }) => [number, fields.title, fields.document_id, fields.body])).toEqual([
      [1, 'a "b"', 'D1', 'one\ntwo'],
      [2, 'c', 'D2', ''],
    ])
  })

  it.each([
    ['list_encoding', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0xff]), ''],
    ['list_broken', Buffer.from('document_id,title\nD1,"not closed\n'), ''],
    ['list_empty', Buffer.from('document_id,title\n'), ''],
    ['list_empty', Buffer.alloc(0), ''],
    ['list_too_long', Buffer.from(`document_id,title\n${'D,t\n'.repeat(10_001)}`), '10000'],
    ['heading_twice', Buffer.from('document_id,title,标题\nD1,a,b\n'), 'title'],
    ['heading_missing', Buffer.from('title,kind\na,document\n'), 'document_id'],
  ])('says %s', async (problem, bytes, about) => {
    await expect(readList(bytes)).rejects.toMatchObject(about ? { problem, about } : { problem })
  })

  it('that we wrote is read as it was, and holds nothing that a spreadsheet would run', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }).map((one) => one.trim()),
      fc.constantFrom('=1+1', '+49', '-1', '@x', "=cmd|'/C calc'!A0", '\u200b=1', '＝1', '"', 'a\nb', ',;\t'),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), async (given) => {
        const wanted = given.map((cells) => cells.map((one) => one.trim().replace(/^'(?=\s*[=+\-@\t\r＝＋－＠])/, '')))
        const written = asCsv([['document_id', 'title'], ...wanted])
        expect(written).not.toMatch(/(?:^|,)"\s*[=+\-@＝＋－＠]/m)
        const isRemark = ([first]: string[]) => first?.startsWith('#')
        const kept = wanted.filter((cells) => cells.some((one) => one !== '') && !isRemark(cells))
        if (kept.length === 0) return
        const { rows } = await readList(Buffer.from(written))
        expect(rows.map(({ cells }) => cells)).toEqual(kept)
      }),
    )
  })
})

const rowOf = (fields: Record<string, string>) =>
  readRow({ number: 1, line: 2, cells: [], fields: { document_id: 'D1', title: 't', ...fields } })

describe('a row', () => {
  it('is understood in everyday words and in codes', () => {
    expect(
      rowOf({
        ...{
          kind: '视频',
          class: '非推广',
          language: '英文',
          ways: '链接；文件',
          may_forward: '是',
          audience: '肿瘤科、血液科|肿瘤科',
        },
        ...{
          first_day: '2026年12月1日',
          last_day: '2027/3/31',
          aliases: 'a, b',
          file: 'C:\\files\\片子.mp4',
          card_desc: '',
        },
      }),
    ).toEqual({
      values: {
        ...{ documentId: 'D1', kind: 'video', file: '片子.mp4', card: '', poster: '', script: undefined, sha256: '' },
        wording: {
          ...{ title: 't', class: 'non_promotional', language: 'en-US', ways: ['news', 'file'], mayForward: true },
          ...{ audience: ['肿瘤科', '血液科'], aliases: ['a', 'b'], cardDesc: '' },
          effectiveAt: '2026-11-30T16:00:00.000Z',
          expiresAt: '2027-03-31T16:00:00.000Z',
        },
      },
    })
  })

  it.each([
    [{ document_id: '' }, 'document_id', 'missing'],
    [{ document_id: '文档一' }, 'document_id', 'not_valid'],
    [{ document_id: 'x'.repeat(27) }, 'document_id', 'not_valid'],
    [{ title: '' }, 'title', 'missing'],
    [{ title: 'x'.repeat(201) }, 'title', 'not_valid'],
    [{ title: 'a\nb' }, 'title', 'not_valid'],
    [{ kind: '话术包' }, 'kind', 'not_known'],
    [{ kind: 'slides' }, 'kind', 'not_known'],
    [{ class: '重要' }, 'class', 'not_known'],
    [{ ways: '链接;传真' }, 'ways', 'not_known'],
    [{ may_forward: '也许' }, 'may_forward', 'not_known'],
    [{ last_day: '2027-02-30' }, 'last_day', 'not_known'],
    [{ last_day: '31.3.2027' }, 'last_day', 'not_known'],
    [{ tags: 'x'.repeat(41) }, 'tags', 'not_valid'],
    [{ sha256: 'abc' }, 'sha256', 'not_valid'],
    [{ kind: 'script', script: 'a b' }, 'script', 'not_valid'],
    [{ kind: 'script', script: Array.from({ length: 21 }, (_, nth) => nth).join(';') }, 'script', 'not_valid'],
  ])('with %j fails: %s %s', (fields, field, problem) => {
    expect(rowOf(fields)).toEqual({ faults: [{ field, problem }] })
  })
})
