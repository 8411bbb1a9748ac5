import { expect, test } from 'vitest'
import { orderReport } from './report-order.ts'

const row = (zh: string, en: string, value: number | null) => ({
  ...{ member: zh, name: { zh, en }, values: [1, value], withheld: value === null },
})
const rows = [row('张江 10', 'Alpha', 100), row('安贞', 'Zeta', null), row('张江 9', 'Beta', 9), row('陈园', 'Mid', 9)]
const names = (order: string, language: 'zh' | 'en' = 'zh') =>
  orderReport({ columns: ['sent', 'is:own'], rows }, order, language).map(({ name }) => name[language])

test.each([
  { order: '', is: ['张江 10', '安贞', '张江 9', '陈园'] },
  { order: 'is:own', is: ['张江 9', '陈园', '张江 10', '安贞'] },
  { order: '-is:own', is: ['张江 10', '张江 9', '陈园', '安贞'] },
  { order: 'sent', is: ['张江 10', '安贞', '张江 9', '陈园'] },
  { order: 'member', is: ['安贞', '陈园', '张江 9', '张江 10'] },
  { order: '-member', is: ['张江 10', '张江 9', '陈园', '安贞'] },
  { order: 'gone', is: ['张江 10', '安贞', '张江 9', '陈园'] },
])('a report by “$order”: numbers as numbers, names as they sound, what is kept back last', ({ order, is }) => {
  expect(names(order)).toEqual(is)
})

test('names stand as the language that is read sorts them', () => {
  expect(names('member', 'en')).toEqual(['Alpha', 'Beta', 'Mid', 'Zeta'])
})
