import { expect, test } from 'vitest'
import official from '../test/fixtures/jsapi-signature-official.json' with { type: 'json' }
import { jsSignature } from './js-signature.ts'

const { signature, ...parts } = official

test('a page address is signed as the official example is', () => {
  expect(jsSignature(parts)).toBe(signature)
})

test('what follows the hash is not signed, because the client leaves it out', () => {
  expect(jsSignature({ ...parts, url: `${parts.url}#/piece/1#again` })).toBe(signature)
})

test('an encoded address is signed as it stands', () => {
  const encoded = jsSignature({ ...parts, url: 'https://example.com/a?q=%E4%B8%AD' })
  expect(encoded).not.toBe(jsSignature({ ...parts, url: 'https://example.com/a?q=中' }))
})
