import { expect, test } from 'vitest'
import { oneOf, random } from '../test/random.ts'
import { utf8Length } from './check-message.ts'

test('card texts are measured in the bytes that travel: Latin, Han, rare Han, half a surrogate pair', () => {
  const characters = [
    '\u007f',
    '\u0080',
    'a',
    'é',
    '药',
    '·',
    '𠮷',
    '\u{10ffff}',
    '\ud800',
    '\udc00',
    '\u0000',
    '\u07ff',
    '\u0800',
    '\uffff',
  ]
  const draw = random(128)
  for (let round = 0; round < 2000; round += 1) {
    const text = Array.from({ length: Math.floor(draw() * 12) }, () => oneOf(draw, characters)).join('')
    expect(utf8Length(text)).toBe(Buffer.byteLength(text, 'utf8'))
  }
})
