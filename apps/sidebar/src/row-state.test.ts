import { expect, test } from 'vitest'
import { buildPiece, days, now } from '../test/world.ts'
import type { Piece } from './api.ts'
import { type ListState, onlyRecent, rowBadges } from './row-state.ts'
import { zh } from './text/zh.ts'

const seen = { pages: 6, of: 8, seconds: 100 }
const weekAgo = { sendId: 's', at: days(-7), verdict: 'SENT_OPENED' as const, reading: seen }

const rows: { says: string; piece?: Partial<Piece>; state?: ListState; shows: string[] }[] = [
  { says: 'an approved piece to a consenting doctor', shows: ['ok 可发送'] },
  { says: 'a piece not yet decided', state: 'checking', shows: ['stale 核对中'] },
  { says: 'any piece while offline', state: 'offline', shows: ['stale 联网后可发'] },
  { says: 'a piece in a group chat', state: 'look_only', shows: [] },
  { says: 'a piece without consent', piece: { refusals: [{ reason: 'not_opted_in' }] }, shows: ['bad 待医生同意'] },
  {
    says: 'a piece with several reasons',
    piece: { refusals: [{ reason: 'content_withdrawn' }, { reason: 'wrong_audience' }] },
    shows: ['bad 已撤回 · 另有 1 项'],
  },
  {
    says: 'a piece that may be sent from a day on',
    piece: { refusals: [{ reason: 'content_not_effective', until: new Date('2026-12-01T00:00:00+08:00') }] },
    shows: ['warn 12-01 生效后可发'],
  },
  {
    says: 'a piece that is not for this doctor from that day on either',
    piece: { refusals: [{ reason: 'content_not_effective' }, { reason: 'wrong_audience' }] },
    shows: ['bad 以后 生效后可发 · 另有 1 项'],
  },
  {
    says: 'a piece sent a week ago',
    piece: { lastSent: weekAgo, refusals: [{ reason: 'sent_recently', since: days(-7) }] },
    shows: ['warn 7 天前发过，已读 6/8 页'],
  },
  {
    says: 'a script that was begun',
    piece: { kind: 'script', steps: { sent: 1, of: 3 } },
    shows: ['ok 可发送', 'neutral 已发 1/3'],
  },
  {
    says: 'a piece sent long ago',
    piece: { lastSent: { ...weekAgo, at: days(-60), reading: null } },
    shows: ['ok 可发送', 'neutral 60 天前发过'],
  },
  {
    says: 'a piece sent this minute',
    piece: { lastSent: { ...weekAgo, at: now, verdict: 'SENT_CLIENT' } },
    shows: ['ok 刚刚发过'],
  },
  {
    says: 'a piece whose last send is unknown',
    piece: { lastSent: { ...weekAgo, verdict: 'UNKNOWN' } },
    shows: ['ok 可发送', 'unknown 上次结果未知'],
  },
  { says: 'a piece near its end', piece: { expiresAt: days(12) }, shows: ['ok 可发送', 'warn 12 天后到期'] },
]

test.each(rows)('$says says so in its row', ({ piece, state = 'decided', shows }) => {
  const badges = rowBadges(zh, buildPiece(piece), state, now)
  expect(badges.map(({ tone, words }) => `${tone} ${words}`)).toEqual(shows)
})

test('only what was sent recently may be sent all the same', () => {
  expect(onlyRecent([{ reason: 'sent_recently' }])).toBe(true)
  expect(onlyRecent([{ reason: 'sent_recently' }, { reason: 'cap_reached' }])).toBe(false)
  expect(onlyRecent([])).toBe(false)
})
