import { expect, test } from 'vitest'
import { cardText } from '../test/content-step.ts'
import { checkCard } from './check-card.ts'
import { checkPhrase } from './check-phrase.ts'

const cards = [
  { says: '128 bytes of title', given: { cardTitle: 'a'.repeat(128) }, about: [] },
  { says: '129 bytes of title', given: { cardTitle: 'a'.repeat(129) }, about: ['card_title_too_long'] },
  { says: '512 bytes of text', given: { cardDesc: 'a'.repeat(512) }, about: [] },
  { says: '513 bytes of text', given: { cardDesc: '药'.repeat(171) }, about: ['card_desc_too_long'] },
  { says: 'no title', given: { cardTitle: ' ' }, about: ['card_title_missing'] },
  { says: 'no text', given: { cardDesc: '' }, about: [] },
  { says: 'a turned direction', given: { cardTitle: '研究\u202efdp.exe' }, about: ['card_title_hidden_signs'] },
  { says: 'a zero-width sign', given: { cardDesc: '示例\u200b药业' }, about: ['card_desc_hidden_signs'] },
  { says: 'a line break', given: { cardTitle: '研究\r\n摘要' }, about: ['card_title_hidden_signs'] },
  { says: 'a line separator', given: { cardDesc: '示例\u2028药业' }, about: ['card_desc_hidden_signs'] },
  { says: 'an invisible tag', given: { title: '摘要\u{e0041}' }, about: ['title_hidden_signs'] },
  { says: 'a rare character outside the first plane', given: { cardTitle: '𠮷野' }, about: [] },
]
test.each(cards)('[A30] a card with $says', ({ given, about }) => {
  expect(checkCard(cardText(given)).map((refusal) => refusal.about)).toEqual(about)
})

const phrases = [
  { body: '{doctor}您好，我是{rep}。', about: undefined },
  { body: '{hospital}您好', about: '{hospital}' },
  { body: '{{rep}}', about: '{' },
  { body: '您好}', about: '}' },
  { body: '{ rep }', about: '{ rep }' },
]
test.each(phrases)('a phrase $body', ({ body, about }) => {
  expect(checkPhrase(cardText({ kind: 'phrase', body }))[0]?.about).toBe(about)
  expect(checkPhrase(cardText({ kind: 'article', body }))).toEqual([])
})
