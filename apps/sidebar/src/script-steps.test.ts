import { describe, expect, test } from 'vitest'
import { buildPiece, days } from '../test/world.ts'
import type { Script, WireRefusal } from './api.ts'
import { markSteps, nextStep, type Mark } from './script-steps.ts'

type Given = {
  standing?: 'to_send' | 'sent' | 'unknown'
  sendId?: string
  refusals?: WireRefusal[] | null
  absent?: true
}

function buildScript(steps: Given[]): Script {
  return {
    script: buildPiece({ kind: 'script' }),
    ...{ successor: null, withdrawnReason: null, cap: null },
    steps: steps.map(({ standing = 'to_send', sendId = null, refusals = [], absent }, nth) => ({
      ...{ position: nth + 1, standing, sendId, at: standing === 'to_send' ? null : days(-1) },
      piece: absent ? null : buildPiece({ contentItemId: `item-${nth}`, refusals }),
    })),
  }
}

const blocked: WireRefusal[] = [{ reason: 'content_withdrawn' }]
const recent: WireRefusal[] = [{ reason: 'sent_recently' }]

const rows: {
  says: string
  steps: Given[]
  handed?: string[]
  skipped?: number[]
  marks: Mark[]
  next: number | null
}[] = [
  { says: 'a new script begins with its first piece', steps: [{}, {}], marks: ['free', 'free'], next: 1 },
  {
    says: 'one that was begun goes on behind what was sent',
    steps: [{ standing: 'sent' }, {}, {}],
    ...{ marks: ['sent', 'free', 'free'], next: 2 },
  },
  {
    says: 'what the client took on this page is sent, whatever the server knows',
    steps: [{ standing: 'unknown', sendId: 's1' }, {}],
    ...{ handed: ['s1'], marks: ['sent', 'free'], next: 2 },
  },
  {
    says: 'an unknown outcome stands before whatever comes after it',
    steps: [{ standing: 'unknown', sendId: 's1' }, {}],
    ...{ marks: ['unknown', 'free'], next: 1 },
  },
  {
    says: 'an unknown outcome may be passed over by the rep',
    steps: [{ standing: 'unknown', sendId: 's1' }, {}],
    ...{ skipped: [1], marks: ['skipped', 'free'], next: 2 },
  },
  {
    says: 'a blocked piece stops it until it is passed over',
    steps: [{ standing: 'sent' }, { refusals: blocked }, {}],
    ...{ marks: ['sent', 'blocked', 'free'], next: 2 },
  },
  {
    says: 'passed over it goes on',
    steps: [{ standing: 'sent' }, { refusals: blocked }, {}],
    ...{ skipped: [2], marks: ['sent', 'skipped', 'free'], next: 3 },
  },
  {
    says: 'one passed over another day, with a later one sent, is not asked about again',
    steps: [{ refusals: blocked }, { standing: 'sent' }, {}],
    ...{ marks: ['blocked', 'sent', 'free'], next: 3 },
  },
  {
    says: 'a later one that was sent by itself leaves the first ones to be sent',
    steps: [{}, {}, { standing: 'sent' }],
    ...{ marks: ['free', 'free', 'sent'], next: 1 },
  },
  {
    says: 'a piece the rep said did not arrive may go again',
    steps: [{ refusals: recent }],
    ...{ marks: ['free'], next: 1 },
  },
  { says: 'a piece out of reach is blocked', steps: [{ absent: true }, {}], marks: ['blocked', 'free'], next: 1 },
  { says: 'without a contact nothing is decided', steps: [{ refusals: null }], marks: ['undecided'], next: 1 },
  {
    says: 'when all was sent or passed over there is nothing next',
    steps: [{ standing: 'sent' }, {}],
    ...{ skipped: [2], marks: ['sent', 'skipped'], next: null },
  },
]

describe('a script', () => {
  test.each(rows)('$says', ({ steps, handed = [], skipped = [], marks, next }) => {
    const marked = markSteps(buildScript(steps), new Set(handed), new Set(skipped))
    expect(marked.map(({ mark }) => mark)).toEqual(marks)
    expect(nextStep(marked)?.position ?? null).toBe(next)
  })
})
