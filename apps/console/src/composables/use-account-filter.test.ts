import { describe, expect, it } from 'vitest'
import { readAccountFilter, writeAccountFilter } from './use-account-filter.ts'

const plain = { show: 'active', verified: '', contact: '', territory: '', query: '', order: 'doctor' } as const

describe('the filter of doctors in the address', () => {
  it('is what was chosen, and nothing when nothing was', () => {
    expect(writeAccountFilter({}, plain)).toEqual({})
    const chosen = { ...plain, show: 'all', verified: 'no', territory: 'east', query: '张', order: '-doctor' } as const
    const query = Object.fromEntries(
      Object.entries(writeAccountFilter({ q: 'x' }, chosen)).filter(([, value]) => value !== undefined),
    )
    expect(query).toEqual({ show: 'all', verified: 'no', territory: 'east', q: '张', order: '-doctor' })
    expect(readAccountFilter(query as Record<string, string>)).toEqual(chosen)
  })

  it('takes no notice of what it does not know', () => {
    expect(
      readAccountFilter({ show: 'everything', verified: 'maybe', contact: ['yes'], order: 'hospital', q: null }),
    ).toEqual(plain)
    expect(readAccountFilter({ q: 'x'.repeat(500) }).query.length).toBeLessThanOrEqual(60)
  })
})
