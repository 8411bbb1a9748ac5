import { describe, expect, it } from 'vitest'
import { accountSearchText, pieceSearchText } from './search-text.ts'

describe('an HCP is found', () => {
  it.each([
    { name: '张伟', nameEn: 'Zhang Wei', by: ['张伟', 'zhangwei', 'zw', 'zhang wei'] },
    { name: '单雪', nameEn: '', by: ['shanxue', 'sx'] },
    { name: '吕布', nameEn: '', by: ['lvbu', 'lb'] },
    { name: '欧阳文轩', nameEn: 'Ouyang Wenxuan', by: ['ouyangwenxuan', 'oywx'] },
    { name: '阿依古丽·买买提', nameEn: 'Ayguli Memet', by: ['ayigulimaimaiti', 'ayglmmt', 'ayguli'] },
    { name: '𠮷㛃䶮', nameEn: 'Ji Jieyan', by: ['𠮷㛃䶮', 'ji jieyan'] },
    { name: 'Daniel Okafor', nameEn: 'Daniel Okafor', by: ['daniel okafor', 'okafor'] },
  ])('$name by name, pinyin and initials', ({ by, ...account }) => {
    for (const word of by) expect(accountSearchText(account)).toContain(word)
    expect(accountSearchText(account)).not.toContain('·mai')
  })
})

describe('a piece is found', () => {
  const piece = {
    title: 'PD-1 联合化疗一线治疗非小细胞肺癌',
    shortTitle: 'PD-1 研究摘要',
    aliases: ['EXAMPLE-301', 'yjzy'],
    tags: ['免疫治疗'],
    approvalNumber: 'CN-2026-0417',
    productNames: ['示例单抗注射液'],
  }

  it('by title, what the field calls it, tags, number, product, pinyin and initials, without signs', () => {
    const text = pieceSearchText(piece)
    for (const word of [
      '联合化疗',
      'example301',
      'yjzy',
      'cn20260417',
      '示例单抗',
      'pd1lianhehualiao',
      'pd1lhhl',
      '免疫治疗',
      'mianyizhiliao',
      'shilidankang',
      'sldk',
    ]) {
      expect(text).toContain(word)
    }
    expect(text).toBe(text.toLowerCase())
  })

  it('and never fills more than its column', () => {
    const text = pieceSearchText({ ...piece, aliases: Array.from({ length: 500 }, (_, nth) => `别名${nth}`) })
    expect(text.length).toBeLessThanOrEqual(2000)
    expect(text.startsWith('pd1联合化疗')).toBe(true)
  })
})
