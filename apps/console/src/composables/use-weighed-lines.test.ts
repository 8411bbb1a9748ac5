// @vitest-environment happy-dom
import { afterEach, describe, expect, test } from 'vitest'
import { speak } from '../text/index.ts'
import { weighed as en } from '../text/weighed.en.ts'
import { weighed as zh } from '../text/weighed.zh.ts'
import { useWeighedLines } from './use-weighed-lines.ts'

const { factLine, ruleLine, consentLines } = useWeighedLines()
afterEach(() => speak('zh'))

const facts = [
  { name: 'rep.active', value: 'true', zh: ['代表在职', '是'], en: ['Rep is with the company', 'yes'] },
  {
    ...{ name: 'rep.employmentProvedAt', value: '2026-11-21T06:05:12.000Z' },
    ...{ zh: ['代表在职，上次核对', '2026-11-21 14:05:12'], en: ['Employment last confirmed', '2026-11-21 14:05:12'] },
  },
  { name: 'rep.filedUntil', value: '-', zh: ['代表备案有效至', '没有'], en: ['Filing of the rep ends', 'none'] },
  {
    ...{ name: 'account.wishes.unwanted', value: '' },
    ...{ zh: ['医生不要的产品', '没有'], en: ['Products the doctor does not want', 'none'] },
  },
  {
    ...{ name: 'account.wishes.quietHours.quietFrom', value: '1230' },
    ...{ zh: ['医生自定的休息时间从', '20:30'], en: ['Quiet hours of the doctor from', '20:30'] },
  },
  {
    ...{ name: 'consent.newest.statement', value: 'opted_in' },
    ...{ zh: ['医生最近的表态', '同意'], en: ['Newest word of the doctor', 'agreed'] },
  },
  { name: 'content.state', value: 'withdrawn', zh: ['资料状态', '已撤回'], en: ['State of the piece', 'Withdrawn'] },
  {
    name: 'content.class',
    value: 'consent',
    zh: ['资料类别', '同意邀请'],
    en: ['Class of the piece', 'Consent invitation'],
  },
  {
    ...{ name: 'refusals.1.reason', value: 'cap_reached' },
    ...{ zh: ['拦下的原因', '本月次数已满'], en: ['Why it was blocked', 'Monthly limit reached'] },
  },
  { name: 'kept.otherwise', value: 'once', zh: ['kept.otherwise', 'once'], en: ['kept.otherwise', 'once'] },
]

describe('what was weighed', () => {
  test.each(facts)('$name is told in words of both languages', async (fact) => {
    const [term, is] = fact.zh
    expect(factLine(fact)).toEqual({ term, is })
    await speak('en')
    const [termEn, isEn] = fact.en
    expect(factLine(fact)).toEqual({ term: termEn, is: isEn })
  })

  test('has no value without a word, and none in the letters of the other language', () => {
    for (const words of Object.values(zh.names)) expect(words).toMatch(/^[\p{Script=Han}，]+$/u)
    for (const words of Object.values(en.names)) expect(words).toMatch(/^[A-Z][a-z ]*(, [a-z ]+)?$/)
  })
})

test('the rules of then read as the page of the rules reads them', () => {
  expect(ruleLine({ name: 'quietFrom', value: '1320' })).toEqual({ term: '休息时间从', is: '22:00' })
  expect(ruleLine({ name: 'consentDays', value: '-' })).toEqual({ term: '同意有效期（天）', is: '不限' })
  expect(ruleLine({ name: 'signInEveryTime', value: '1' }).is).toBe('是')
  expect(ruleLine({ name: 'gone', value: '7' })).toEqual({ term: 'gone', is: '7' })
})

test('the word of a doctor is told with how it is known', () => {
  const said = {
    ...{ consentId: 'c', statement: 'opted_in', textVersion: 2, textTitle: '同意书', language: 'zh-CN' },
    ...{ channel: 'own_page', identity: 'wechat_oauth', statedAt: new Date('2026-11-21T06:05:12Z'), textHash: 'a' },
  }
  expect(consentLines(said).map(({ is }) => is)).toEqual([
    ...['同意', '第 2 版 · 同意书', '中文', '2026-11-21 14:05:12', '微信识别本人', '医生自己的页面', 'a'],
  ])
})
