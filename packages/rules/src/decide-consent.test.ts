import { describe, expect, test } from 'vitest'
import { now, said } from '../test/facts.ts'
import type { CapturedStatement, ConsentRefusal } from './consent-types.ts'
import { captureChannels, consentRefusalReasons } from './consent-types.ts'
import { decideConsent } from './decide-consent.ts'
import { consentPurposes } from './types.ts'

const later = new Date(now.getTime() + 1)
const onOurPage: CapturedStatement = {
  ...said('opted_in', { statedAt: now }),
  channel: 'link',
  recognised: true,
  evidence: false,
  confirmed: false,
}
const onPaper: CapturedStatement = { ...onOurPage, channel: 'paper', evidence: true, confirmed: true }

const scenarios: { says: string; captured: CapturedStatement; ofThisPurpose?: boolean; refuses: ConsentRefusal[] }[] = [
  { says: '[CONS-40] a yes to the text in force is recorded', captured: onOurPage, refuses: [] },
  {
    says: '[CONS-41] so is one given over a QR code in person',
    captured: { ...onOurPage, channel: 'qr' },
    refuses: [],
  },
  {
    says: '[CONS-42] a yes to an earlier text is not: the page was opened before the new one',
    captured: { ...onOurPage, textVersion: 2 },
    refuses: [{ reason: 'text_not_active', count: 2, limit: 3 }],
  },
  {
    says: '[CONS-43] a yes to a text that is not in force yet is not',
    captured: { ...onOurPage, textVersion: 4 },
    refuses: [{ reason: 'text_not_active', count: 4, limit: 3 }],
  },
  {
    says: '[CONS-44] a yes cannot be given for later',
    captured: { ...onOurPage, statedAt: later },
    refuses: [{ reason: 'stated_in_future' }],
  },
  {
    says: '[CONS-45] a yes needs a person who is known to be this HCP',
    captured: { ...onOurPage, recognised: false },
    refuses: [{ reason: 'hcp_not_recognised' }],
  },
  { says: '[CONS-46] a yes on paper with scan and confirmation is recorded', captured: onPaper, refuses: [] },
  {
    says: '[CONS-47] a yes on paper needs its scan',
    captured: { ...onPaper, evidence: false },
    refuses: [{ reason: 'evidence_missing' }],
  },
  {
    says: '[CONS-48] a yes on paper needs a second person',
    captured: { ...onPaper, confirmed: false },
    refuses: [{ reason: 'not_confirmed' }],
  },
  {
    says: '[CONS-49] an earlier yes to an earlier text can be brought in with evidence; the gate judges if it counts',
    captured: { ...onPaper, channel: 'import', textVersion: 1 },
    refuses: [],
  },
  {
    says: '[CONS-50] nobody can have signed a text that is not in force yet',
    captured: { ...onPaper, textVersion: 4 },
    refuses: [{ reason: 'text_not_active', count: 4, limit: 3 }],
  },
  {
    says: '[CONS-55] a yes to the text of another purpose is none to this one',
    captured: onOurPage,
    ofThisPurpose: false,
    refuses: [{ reason: 'text_not_active', count: 3, limit: 3 }],
  },
  {
    says: '[CONS-56] nor on paper',
    captured: onPaper,
    ofThisPurpose: false,
    refuses: [{ reason: 'text_not_active', count: 3, limit: 3 }],
  },
  {
    says: '[CONS-57] a yes given on the HCP’s own page is recorded',
    captured: { ...onOurPage, channel: 'own_page' },
    refuses: [],
  },
  {
    says: '[CONS-58] nobody passes on a yes: no rep',
    captured: { ...onOurPage, channel: 'rep_request' },
    refuses: [{ reason: 'channel_not_allowed' }],
  },
  {
    says: '[CONS-59] and not the company',
    captured: { ...onOurPage, channel: 'company' },
    refuses: [{ reason: 'channel_not_allowed' }],
  },
  {
    says: '[CONS-51] every reason is told',
    captured: { ...onOurPage, channel: 'import', textVersion: 9, statedAt: later, recognised: false },
    refuses: [
      { reason: 'text_not_active', count: 9, limit: 3 },
      { reason: 'stated_in_future' },
      { reason: 'hcp_not_recognised' },
      { reason: 'evidence_missing' },
      { reason: 'not_confirmed' },
    ],
  },
]

describe('whether a captured statement is recorded', () => {
  test.each(scenarios)('$says', ({ captured, ofThisPurpose = true, refuses }) => {
    const decision = decideConsent({ captured, ofThisPurpose, textVersion: 3 }, now)
    expect(decision).toEqual(refuses.length === 0 ? { accepted: true } : { accepted: false, refusals: refuses })
  })

  test.each(['opted_out', 'declined'] as const)(
    '[CONS-52] a no is always recorded, whatever text, channel or circumstances: %s',
    (statement) => {
      for (const channel of captureChannels) {
        for (const textVersion of [0, 2, 3, 9]) {
          const captured = { ...onOurPage, statement, channel, textVersion, recognised: false, statedAt: later }
          expect(decideConsent({ captured, ofThisPurpose: false, textVersion: 3 }, now)).toEqual({ accepted: true })
        }
      }
    },
  )

  test('[CONS-53] each purpose is weighed by itself and alike', () => {
    for (const purpose of consentPurposes) {
      const captured = { ...onOurPage, purpose }
      expect(decideConsent({ captured, ofThisPurpose: true, textVersion: 3 }, now)).toEqual({ accepted: true })
      expect(decideConsent({ captured, ofThisPurpose: true, textVersion: 4 }, now).accepted).toBe(false)
    }
  })

  test('[CONS-54] every reason there is has a scenario that provokes it', () => {
    const provoked = scenarios.flatMap((scenario) => scenario.refuses.map((refusal) => refusal.reason))
    expect(consentRefusalReasons.filter((reason) => !provoked.includes(reason))).toEqual([])
  })
})
