// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { compareWords, folded, readableOf } from './word-diff.ts'

const said = (before: string, after: string) => compareWords(before, after).map(({ mark, text }) => `${mark}:${text}`)
const side = (before: string, after: string, gone: 'gone' | 'new') =>
  compareWords(before, after)
    .filter(({ mark }) => mark !== gone)
    .map(({ text }) => text)
    .join('')

describe('two wordings', () => {
  it('differ by words, not by letters', () => {
    expect(said('given every 14 days', 'given every 21 days')).toEqual([
      ...['same:given every ', 'gone:14', 'new:21', 'same: days'],
    ])
  })

  it('in Chinese keep what stands around a changed word', () => {
    expect(said('每两周随访一次', '每三周随访一次').at(-1)).toMatch(/^same:.*随访一次$/)
  })

  it.each([
    ['', '新写的'],
    ['删掉的', ''],
    ['第一行\n第二行', '第一行\n\n第二行'],
    ['PD-1 联合化疗 👩🏽‍⚕️', 'PD-L1 单药 👨🏽‍⚕️'],
  ])('%j and %j can both be read from their comparison', (before, after) => {
    expect(side(before, after, 'new')).toBe(before)
    expect(side(before, after, 'gone')).toBe(after)
  })

  it('that are the same have nothing marked', () => {
    expect(said('一样', '一样')).toEqual(['same:一样'])
    expect(said('', '')).toEqual([])
  })

  it('of 100,000 signs that share nothing are told within two seconds', () => {
    const text = (seed: number) =>
      Array.from({ length: 25_000 }, (_, nth) => `${(nth * seed) % 99_991} `.padEnd(4, 'x')).join('')
    const begun = performance.now()
    const marked = compareWords(text(7), text(13))
    expect(performance.now() - begun).toBeLessThan(2_000)
    expect(marked.length).toBeGreaterThan(0)
  })
})

it('long stretches that are the same are folded, and nothing of them is lost', () => {
  const long = '很长的一段话。'.repeat(100)
  const marked = folded(compareWords(`${long}甲`, `${long}乙`))
  expect(marked.map(({ mark }) => mark)).toEqual(['same', 'fold', 'same', 'gone', 'new'])
  expect(
    marked
      .slice(0, 3)
      .map(({ text }) => text)
      .join(''),
  ).toBe(long)
})

it('an article is compared by what is read of it', () => {
  expect(readableOf('<h1>标题</h1><p>一 <b>段</b></p><ul><li>甲</li><li>乙</li></ul><img alt="图 1">')).toBe(
    '标题\n一 段\n甲\n乙\n[图 1]',
  )
})
