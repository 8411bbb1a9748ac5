import { describe, expect, test } from 'vitest'
import { braked, buildStatus } from '../test/vault-samples.ts'
import { isOver, progressOf } from './vault-progress.ts'
import { zh } from './text/zh.ts'
import { vaultSentence } from './vault-sentence.ts'

const before = buildStatus({ cycleAt: new Date(1_000) })
const at = (change: Parameters<typeof buildStatus>[0]) => buildStatus({ cycleAt: new Date(1_000), ...change })
const later = new Date(60_000)

const scenarios = [
  { says: 'asked for and not begun', now: at({ asked: true }), kind: 'asked' },
  { says: 'asked for, and nobody began it in twenty seconds', now: at({ asked: true }), waited: 21_000, kind: 'late' },
  { says: 'under way', now: at({ running: true }), kind: 'running' },
  { says: 'under way in parts', now: at({ comparing: true, cycleAt: later }), kind: 'comparing' },
  { says: 'failed', now: at({ problem: 'unreachable ENOTFOUND' }), kind: 'failed' },
  { says: 'a cycle that ended before this one was asked for', now: at({}), kind: 'asked' },
  { says: 'ended, with pages still to be made', now: at({ cycleAt: later, waiting: 2 }), kind: 'drawing' },
  {
    says: 'ended long ago, with a rendition Vault has not made',
    now: at({ cycleAt: later, waiting: 2 }),
    waited: 91_000,
    kind: 'done',
  },
  { says: 'ended, with the brake on', now: at({ cycleAt: later, waiting: 2, brake: braked }), kind: 'done' },
] as const

describe('a check with the vault', () => {
  test.each(scenarios)('$says', ({ now, kind, ...given }) => {
    expect(progressOf(before, now, 'waited' in given ? given.waited : 5_000).kind).toBe(kind)
  })

  test('tells what it changed and nothing else', () => {
    const now = at({ cycleAt: later, published: before.published + 2, quarantined: before.quarantined - 1 })
    expect(progressOf(before, now, 5_000)).toEqual({
      ...{
        kind: 'done',
        changes: [
          { name: 'published', by: 2 },
          { name: 'quarantined', by: -1 },
        ],
      },
    })
  })

  test('is followed until it is done, failed or late', () => {
    expect(
      scenarios.map(({ now, ...given }) => isOver(progressOf(before, now, 'waited' in given ? given.waited : 0))),
    ).toEqual(scenarios.map(({ kind }) => ['done', 'failed', 'late'].includes(kind)))
  })
})

describe('the sentence about the connection', () => {
  const now = new Date(1_000_000_000)
  const tone = (change: Parameters<typeof buildStatus>[0]) =>
    vaultSentence(buildStatus({ cycleAt: new Date(now.getTime() - 40_000), ...change }), now, zh.vault).tone

  test('is as grave as what it says', () => {
    expect([tone({}), tone({ connected: false }), tone({ mapping: null }), tone({ cycleAt: null })]).toEqual([
      ...['ok', 'info', 'warn', 'info'],
    ])
    expect([tone({ problem: 'rate_limited HTTP_429' }), tone({ problem: 'other_vault' })]).toEqual(['warn', 'bad'])
    expect(tone({ cycleAt: new Date(now.getTime() - 700_000) })).toBe('warn')
  })
})
