import type { ContentClass, ContentState } from '../src/types.ts'
import { before, minutes, now, shanghai } from './facts.ts'
import type { Scenario } from './scenario.ts'

const soon = new Date(now.getTime() + 1000)
const megabyte = 1024 * 1024
const asFile = { kind: 'file', mediaReady: true } as const

export const contentAndMessage: Scenario[] = [
  {
    says: '[SEND-30] a draft is refused',
    given: { content: { state: 'draft' } },
    refuses: [{ reason: 'content_not_approved' }],
  },
  {
    says: '[SEND-31] a piece under review is refused',
    given: { content: { state: 'in_review' } },
    refuses: [{ reason: 'content_not_approved' }],
  },
  {
    says: '[SEND-32] a piece in a state we do not know is refused',
    // the cast stands for what a connector might deliver
    given: { content: { state: 'steady' as ContentState } },
    refuses: [{ reason: 'content_not_approved' }],
  },
  {
    says: '[SEND-33] a withdrawn piece is refused, with the moment of withdrawal',
    given: { content: { state: 'withdrawn', withdrawnAt: before(now, 1000) } },
    refuses: [{ reason: 'content_withdrawn', since: before(now, 1000) }],
  },
  {
    says: '[SEND-34] a withdrawal that takes effect this moment is in force, whatever the state says',
    given: { content: { withdrawnAt: now } },
    refuses: [{ reason: 'content_withdrawn', since: now }],
  },
  {
    says: '[SEND-35] a withdrawal set for a second later is not yet in force',
    given: { content: { withdrawnAt: soon } },
    refuses: [],
  },
  {
    says: '[SEND-36] a withdrawn piece without a moment is refused all the same',
    given: { content: { state: 'withdrawn' } },
    refuses: [{ reason: 'content_withdrawn' }],
  },
  {
    says: '[SEND-37] a superseded piece is refused and names its successor',
    given: { content: { state: 'superseded', supersededBy: 'examplin-leaflet-v3' } },
    refuses: [{ reason: 'content_superseded', about: 'examplin-leaflet-v3' }],
  },
  {
    says: '[SEND-38] a superseded piece without known successor is refused',
    given: { content: { state: 'superseded' } },
    refuses: [{ reason: 'content_superseded' }],
  },
  {
    says: '[SEND-39] a piece that takes effect in a second is refused',
    given: { content: { effectiveAt: soon } },
    refuses: [{ reason: 'content_not_effective', until: soon }],
  },
  { says: '[SEND-40] a piece that takes effect now goes out', given: { content: { effectiveAt: now } }, refuses: [] },
  {
    says: '[SEND-41] a piece that expires this very moment has expired',
    given: { content: { expiresAt: now } },
    refuses: [{ reason: 'content_expired', since: now }],
  },
  {
    says: '[SEND-42] a piece that expires in a second still goes out',
    given: { content: { expiresAt: soon } },
    refuses: [],
  },
  {
    says: '[SEND-43] a piece marked expired is refused, whatever its date says',
    given: { content: { state: 'expired', expiresAt: soon } },
    refuses: [{ reason: 'content_expired' }],
  },
  {
    says: '[SEND-44] a piece without dates goes out',
    given: { content: { effectiveAt: null, expiresAt: null } },
    refuses: [],
  },
  {
    says: '[SEND-45] bytes that are not the approved ones are refused',
    given: { content: { bytesMatch: false } },
    refuses: [{ reason: 'content_changed' }],
  },
  {
    says: '[SEND-100] a piece in quarantine is refused',
    given: { content: { held: true } },
    refuses: [{ reason: 'content_held' }],
  },
  {
    says: '[SEND-101] a piece that was sent back is refused',
    given: { content: { state: 'returned' } },
    refuses: [{ reason: 'content_not_approved' }],
  },
  {
    says: '[SEND-102] without a rule about it, a version from the vault stays sendable while the vault is silent',
    given: { content: { source: 'vault', provedAt: null } },
    refuses: [],
  },
  {
    says: '[SEND-103] a version from the vault proved exactly so long ago still goes out',
    given: { policy: { vaultProofMinutes: 30 }, content: { source: 'vault', provedAt: before(now, 30 * minutes) } },
    refuses: [],
  },
  {
    says: '[SEND-104] a millisecond later it does not',
    given: { policy: { vaultProofMinutes: 30 }, content: { source: 'vault', provedAt: before(now, 30 * minutes + 1) } },
    refuses: [{ reason: 'content_proof_stale', since: before(now, 1) }],
  },
  {
    says: '[SEND-105] a version from the vault that was never proved does not go out',
    given: { policy: { vaultProofMinutes: 30 }, content: { source: 'vault' } },
    refuses: [{ reason: 'content_proof_stale' }],
  },
  {
    says: '[SEND-106] a piece of our own needs no proof of the vault',
    given: { policy: { vaultProofMinutes: 30 } },
    refuses: [],
  },
  {
    says: '[SEND-46] a piece for another market is refused',
    given: { content: { market: 'HK' } },
    refuses: [{ reason: 'wrong_market', about: 'HK' }],
  },
  {
    says: '[SEND-47] a piece for other specialties is refused',
    given: { content: { audience: ['oncology'] } },
    refuses: [{ reason: 'wrong_audience', about: 'cardiology' }],
  },
  {
    says: '[SEND-48] a piece for several specialties reaches each of them',
    given: { content: { audience: ['oncology', 'cardiology'] } },
    refuses: [],
  },
  {
    says: '[SEND-107] a piece for other grades of hospital is refused',
    given: { content: { hospitalGrades: ['primary', 'secondary'] } },
    refuses: [{ reason: 'wrong_audience', about: 'tertiary' }],
  },
  {
    says: '[SEND-108] a piece for a territory of the rep that is not the HCP’s is refused',
    given: { rep: { territories: ['shanghai-west', 'hangzhou'] }, content: { territories: ['hangzhou'] } },
    refuses: [{ reason: 'wrong_audience', about: 'shanghai-west' }],
  },
  {
    says: '[SEND-109] a piece for this grade, territory and group goes out',
    given: {
      content: { hospitalGrades: ['tertiary'], territories: ['shanghai-west'], repGroups: ['launch', 'pilot'] },
    },
    refuses: [],
  },
  {
    says: '[SEND-49] a class there is no rule for is not sent',
    // the cast stands for what a connector might deliver
    given: { content: { class: 'sample' as ContentClass } },
    refuses: [{ reason: 'class_not_allowed', about: 'sample' }],
  },
  {
    says: '[SEND-50] a piece may not travel in a way that was not approved',
    given: { asked: { kind: 'text' } },
    refuses: [{ reason: 'kind_not_allowed', about: 'text' }],
  },
  {
    says: '[SEND-51] a file of exactly 20 MB goes out',
    given: { asked: asFile, content: { fileBytes: 20 * megabyte } },
    refuses: [],
  },
  {
    says: '[SEND-52] a file one byte larger is refused',
    given: { asked: asFile, content: { fileBytes: 20 * megabyte + 1 } },
    refuses: [{ reason: 'file_too_large', count: 20 * megabyte + 1, limit: 20 * megabyte }],
  },
  {
    says: '[SEND-53] an image of exactly 10 MB goes out',
    given: { asked: { kind: 'image', mediaReady: true }, content: { kinds: ['image'], fileBytes: 10 * megabyte } },
    refuses: [],
  },
  {
    says: '[SEND-54] a video over 10 MB is refused',
    given: { asked: { kind: 'video', mediaReady: true }, content: { kinds: ['video'], fileBytes: 10 * megabyte + 1 } },
    refuses: [{ reason: 'file_too_large', count: 10 * megabyte + 1, limit: 10 * megabyte }],
  },
  {
    says: '[SEND-55] a file of 5 bytes is too small for WeCom',
    given: { asked: asFile, content: { fileBytes: 5 } },
    refuses: [{ reason: 'file_too_large', about: 'too_small', count: 5, limit: 5 }],
  },
  {
    says: '[SEND-56] a file of 6 bytes is enough',
    given: { asked: asFile, content: { fileBytes: 6 } },
    refuses: [],
  },
  {
    says: '[SEND-57] the size does not matter to a link card',
    given: { content: { fileBytes: 500 * megabyte } },
    refuses: [],
  },
  {
    says: '[SEND-58] a title of 128 bytes and a description of 512 fit on a card',
    given: { content: { cardTitle: '药'.repeat(42) + 'ab', cardDesc: '药'.repeat(170) + 'ab' } },
    refuses: [],
  },
  {
    says: '[SEND-59] a title of 43 Han characters is 129 bytes and does not fit',
    given: { content: { cardTitle: '药'.repeat(43) } },
    refuses: [{ reason: 'card_text_too_long', about: 'title', count: 129, limit: 128 }],
  },
  {
    says: '[SEND-60] a mini program card has the same limits, each text judged by itself',
    given: {
      asked: { kind: 'miniprogram' },
      content: { kinds: ['miniprogram'], cardTitle: 'a'.repeat(129), cardDesc: 'a'.repeat(513) },
    },
    refuses: [
      { reason: 'card_text_too_long', about: 'title', count: 129, limit: 128 },
      { reason: 'card_text_too_long', about: 'desc', count: 513, limit: 512 },
    ],
  },
  {
    says: '[SEND-61] card texts do not matter to a file',
    given: { asked: asFile, content: { cardTitle: 'a'.repeat(129) } },
    refuses: [],
  },
  {
    says: '[SEND-62] a file WeCom does not hold yet is refused',
    given: { asked: { kind: 'file', mediaReady: false } },
    refuses: [{ reason: 'media_not_ready' }],
  },
  {
    says: '[SEND-63] an approved phrase needs no media',
    given: { asked: { kind: 'text' }, content: { kinds: ['text'], fileBytes: 0 } },
    refuses: [],
  },
  {
    says: '[SEND-64] a piece that was withdrawn and has run out as well says both',
    given: { content: { state: 'withdrawn', withdrawnAt: now, expiresAt: shanghai('2026-02-01 00:00') } },
    refuses: [
      { reason: 'content_withdrawn', since: now },
      { reason: 'content_expired', since: shanghai('2026-02-01 00:00') },
    ],
  },
]
