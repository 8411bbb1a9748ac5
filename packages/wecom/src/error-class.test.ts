import { expect, test } from 'vitest'
import errors from '../test/fixtures/errors.json' with { type: 'json' }
import { errorClass } from './error-class.ts'
import { mediaFits } from './media.ts'

test.each([
  [-1, 'retry'],
  [40014, 'token'],
  [42001, 'token'],
  [40001, 'secret'],
  [40091, 'secret'],
  [40013, 'secret'],
  [45009, 'frequency'],
  [45033, 'concurrency'],
  [40029, 'code'],
  [42022, 'code'],
  [40007, 'media'],
  [45001, 'file'],
  [60111, 'member'],
  [84061, 'relation'],
  [60020, 'configuration'],
  [48002, 'permission'],
  [40093, 'bug'],
  [123456, 'unknown'],
])('%i asks for what WeCom says: %s', (errcode, expected) => {
  expect(errorClass(errcode)).toBe(expected)
})

test('every error seen in the wild but that of the archive is known', () => {
  const unknown = errors.filter((error) => errorClass(error.errcode) === 'unknown').map((error) => error.errcode)
  expect(unknown).toEqual([301042])
})

test.each([
  ['file', 5, false],
  ['file', 6, true],
  ['file', 20 * 1024 * 1024, true],
  ['file', 20 * 1024 * 1024 + 1, false],
  ['image', 10 * 1024 * 1024 + 1, false],
  ['video', 10 * 1024 * 1024, true],
] as const)('a %s of %i bytes fits: %s', (kind, bytes, fits) => {
  expect(mediaFits(kind, bytes)).toBe(fits)
})
