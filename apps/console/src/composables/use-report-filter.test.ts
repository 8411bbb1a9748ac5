import type { LocationQuery } from 'vue-router'
import { describe, expect, test } from 'vitest'
import { daysOf, readReportFilter, writeReportFilter } from './use-report-filter.ts'

const plain = readReportFilter({})
const morning = new Date('2026-05-13T02:00:00.000Z')

describe('the report an address asks for', () => {
  test('nothing said is sends by week of the last thirty days', () => {
    expect(plain).toMatchObject({ kind: 'sends', by: 'week', period: 'days30', product: '', territory: '' })
    expect(writeReportFilter({ lang: 'en' }, plain)).toEqual({ lang: 'en' })
  })

  test.each([
    {
      says: 'nonsense is as if it were not there',
      query: { report: 'x', by: 'y', period: 'z', from: '1', product: 'a\u0000' },
      is: plain,
    },
    {
      says: 'a breakdown a report does not have',
      query: { report: 'standing', by: 'week' },
      is: { kind: 'standing', by: 'territory' },
    },
    { says: 'an order nobody could have asked for', query: { order: "a'--" }, is: { order: '' } },
    { says: 'a list instead of a word', query: { report: ['sends', 'asks'] }, is: { kind: 'sends' } },
  ])('$says', ({ query, is }) => {
    expect(readReportFilter(query)).toMatchObject(is)
  })

  test('what is written is read again', () => {
    const own = {
      ...plain,
      kind: 'reading',
      by: 'rep',
      period: 'own',
      from: '2026-01-01',
      until: '2026-02-01',
      product: 'PD1',
      order: '-is:own',
    } as const
    expect(readReportFilter(writeReportFilter({}, own) as LocationQuery)).toEqual(own) // words alone
  })

  test.each([
    { period: 'days30', is: { from: '2026-04-14', until: '2026-05-13' } },
    { period: 'quarter', is: { from: '2026-04-01', until: '2026-05-13' } },
    { period: 'last_quarter', is: { from: '2026-01-01', until: '2026-03-31' } },
    { period: 'own', is: { from: '2026-05-13', until: '2026-05-13' } },
  ] as const)('the days of $period, as Shanghai counts them', ({ period, is }) => {
    expect(daysOf({ ...plain, period }, morning)).toEqual(is)
  })

  test('just after midnight in Shanghai it is the next day', () => {
    expect(daysOf(plain, new Date('2026-03-31T16:00:00.000Z')).until).toBe('2026-04-01')
    expect(daysOf({ ...plain, period: 'quarter' }, new Date('2026-03-31T16:00:00.000Z')).from).toBe('2026-04-01')
  })
})
