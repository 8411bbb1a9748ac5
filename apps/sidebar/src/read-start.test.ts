import { repEndpoints } from '@vouch/contract'
import { expect, test } from 'vitest'
import { start } from '../test/world.ts'
import { readStart } from './read-start.ts'

test('the first answer is read as the contract reads it', () => {
  const wire: unknown = JSON.parse(JSON.stringify(start))
  expect(readStart(wire)).toEqual(repEndpoints.start.output.parse(wire))
})

test('an answer of another shape is no first answer', () => {
  expect(() => readStart({ error: 'internal' })).toThrow(TypeError)
})
