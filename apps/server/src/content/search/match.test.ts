import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { askedWords, nameTerms, soundOf, textTerms } from './grams.ts'
import { excerptOf, highlightsIn, rankOf, slipsIn } from './match.ts'

const marked = (title: string, query: string) =>
  highlightsIn(
    title,
    askedWords(query).map(({ word }) => word),
  ).map(([start, length]) => title.slice(start, start + length))

describe('what was searched for is marked in the title', () => {
  it.each([
    { title: '不良反应管理手册', query: '管理', marks: ['管理'] },
    { title: 'PD-1 联合化疗研究', query: 'pd1联合', marks: ['PD-1 联合'] },
    { title: 'PD-1 联合化疗研究', query: 'ＰＤ－１', marks: ['PD-1'] },
    { title: '示例单抗：示例药物', query: '示例', marks: ['示例', '示例'] },
    { title: '示例单抗研究', query: '例单 单抗', marks: ['例单抗'] },
    { title: '示例单抗研究', query: 'danka', marks: ['单抗'] },
    { title: '示例单抗研究', query: 'sldk', marks: ['示例单抗'] },
    { title: 'EXAMPLE-301 研究', query: 'example301yj', marks: ['EXAMPLE-301 研究'] },
    { title: '𠮷㛃药研究', query: '药', marks: ['药'] },
    { title: '示例单抗研究', query: '肺癌', marks: [] },
  ])('$query in $title', ({ title, query, marks }) => expect(marked(title, query)).toEqual(marks))
})

it('marks lie inside the title, in order and apart, whatever is typed', () => {
  const text = fc.string({ unit: fc.constantFrom(...'肺癌治疗feiai１ﬁ𠮷 -，'), maxLength: 30 })
  fc.assert(
    fc.property(text, text, (title, query) => {
      let after = -1
      const words = askedWords(query).map(({ word }) => word)
      for (const [start, length] of highlightsIn(title, words)) {
        expect(start).toBeGreaterThan(after)
        expect(length).toBeGreaterThan(0)
        after = start + length
        expect(after).toBeLessThanOrEqual(title.length)
      }
    }),
  )
})

it('the better a name answers, the higher it ranks', () => {
  const row = (title: string) => ({ title, approvalNumber: 'CN-2026-0417', searchText: `${title} feiai fa` })
  const rank = (title: string, query: string) => rankOf(row(title), askedWords(query))
  const ranks = [
    rank('肺癌', '肺癌'),
    rank('肺癌指南', '肺癌'),
    rank('晚期肺癌', '肺癌'),
    rank('肺腺癌指南', '指南 肺'),
    rank('晚期肺部肿瘤', 'feiai'),
    rank('晚期肺部肿瘤', 'eiai'),
  ]
  expect(ranks).toEqual([6, 5, 4, 3, 2, 1])
  expect(rank('无关', 'cn-2026-0417')).toBe(6)
})

it('counts slips as a table of edits does', () => {
  const letters = (maxLength: number) => fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength })
  fc.assert(
    fc.property(letters(40), letters(31), (text, word) => {
      let row = Array.from({ length: word.length + 1 }, (_, index) => index)
      let fewest = word.length
      for (const letter of text) {
        const next = [0]
        for (let at = 1; at <= word.length; at += 1)
          next[at] = Math.min(row[at - 1]! + (word[at - 1] === letter ? 0 : 1), row[at]! + 1, next[at - 1]! + 1)
        row = next
        fewest = Math.min(fewest, row[word.length]!)
      }
      expect(slipsIn(text, word)).toBe(fewest)
    }),
  )
})

it('shows the words of a page around what was found, wherever its lines break', () => {
  const page = { number: 7, text: `${'前文'.repeat(30)}非小细\n胞肺癌的治疗${'后文'.repeat(30)}` }
  const found = excerptOf(page, '细胞肺癌')!
  const [[start, length]] = found.highlights as [[number, number]]
  expect(found.page).toBe(7)
  expect(found.text.slice(start, start + length)).toBe('细 胞肺癌')
  expect(excerptOf(page, '胃癌')).toBeUndefined()
})

it('a piece has every term a search for part of it asks by', () => {
  const text = fc.string({ unit: fc.constantFrom(...'肺癌治疗指南ab1- ，'), maxLength: 40 })
  fc.assert(
    fc.property(text, fc.nat(40), fc.integer({ min: 1, max: 12 }), (line, start, length) => {
      const [asked] = askedWords(line.slice(start, start + length).replace(/[\s，-]/g, ''))
      const name = askedWords(line.replace(/\s/g, ''))[0]?.word ?? ''
      if (!asked || !name.includes(asked.word)) return
      const terms = new Set(nameTerms(name))
      for (const term of asked.name) expect(terms).toContain(term)
    }),
  )
})

it('Latin words of a page are found by their beginnings, with and without their hyphens', () => {
  const terms = textTerms('患者 接受EGFR-TKI\n治疗')
  for (const term of ['患者', '治疗', '接受', 'egf', 'egfrtki', 'tki']) expect(terms).toContain(term)
})

it('wrong characters with the right sound sound right', () => {
  expect(soundOf('肺炎')).toBe(soundOf('费言'))
  expect(soundOf('PD-1单抗')).toBe('pd1dankang')
})
