import { checkCard, utf8Length, type CardText } from '@vouch/rules'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const plain: CardText = { title: '题目', cardTitle: '卡片', cardDesc: '', body: '', kind: 'document' }
const told = (given: Partial<CardText>) => checkCard({ ...plain, ...given }).map((refusal) => refusal.about)

/** What may be hidden in a line: other directions, nothing-wide signs, line breaks, controls, tags, variation. */
const hidden = fc.constantFrom(
  ...'\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c',
  ...'\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u115f\u3164\u180e\ufe0f',
  ...'\r\n\t\0\u007f\u0085\u2028\u2029\u001b',
  '\u{e0041}',
  '\u{e0100}',
)
const shown = fc.string({ unit: fc.constantFrom(...'研究摘要药ABCabc019 ，。：“”（）%-éü𠮷😀'), maxLength: 60 })

describe('the words of a card, whatever somebody writes', () => {
  it('[A30] hide nothing: one hidden sign anywhere is found in each of the lines', () => {
    fc.assert(
      fc.property(
        shown,
        hidden,
        shown,
        fc.constantFrom('title', 'cardTitle', 'cardDesc'),
        (before, sign, after, line) => {
          const name = { title: 'title', cardTitle: 'card_title', cardDesc: 'card_desc' }[line]
          expect(told({ [line]: `${before}${sign}${after}` })).toContain(`${name}_hidden_signs`)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('[A30] fit by WeCom’s count of bytes and not of characters', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), fc.constantFrom('a', 'é', '药', '😀'), (bytes, sign) => {
        const text = sign.repeat(Math.floor(bytes / utf8Length(sign)))
        expect(told({ cardDesc: text })).toEqual(utf8Length(text) > 512 ? ['card_desc_too_long'] : [])
        expect(told({ cardTitle: `x${text}` })).toEqual(utf8Length(text) > 127 ? ['card_title_too_long'] : [])
      }),
      { numRuns: 2_000 },
    )
  })

  it('[A30] that are plain are taken', () => {
    fc.assert(
      fc.property(shown, (text) => {
        expect(told({ title: `题${text}`, cardDesc: text })).toEqual([])
      }),
    )
  })
})
