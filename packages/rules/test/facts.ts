import type {
  AccountFacts,
  Consent,
  ConsentFacts,
  ContactFacts,
  ContentFacts,
  PastSend,
  Policy,
  RepFacts,
  SendFacts,
  Wishes,
} from '../src/types.ts'

/** A Wednesday noon in Shanghai. */
export const now = shanghai('2026-03-18 12:00')

/** The instant at which clocks in Shanghai show this. */
export function shanghai(shown: string): Date {
  return new Date(`${shown.replace(' ', 'T')}+08:00`)
}

export function before(at: Date, milliseconds: number): Date {
  return new Date(at.getTime() - milliseconds)
}

export const minutes = 60_000
export const hours = 60 * minutes

export const policy: Policy = {
  version: 7,
  sendsPerMonth: 4,
  quietFrom: 22 * 60,
  quietUntil: 8 * 60,
  sameItemDays: 14,
  askAgainDays: 90,
  ticketSeconds: 90,
  unknownAfterSeconds: 600,
  employmentProofMinutes: 15,
  contactProofHours: 24,
  consentDays: null,
  disclaimerMode: 1,
  matchReview: 'off',
  vaultProofMinutes: null,
  market: 'CN',
}

export type Given = {
  rep?: Partial<RepFacts>
  contact?: Partial<ContactFacts>
  account?: Partial<AccountFacts> | null
  consent?: Partial<ConsentFacts>
  content?: Partial<ContentFacts>
  pastSends?: readonly PastSend[]
  policy?: Partial<Policy>
  asked?: Partial<SendFacts['asked']>
}

/** What is given at this hour in Shanghai, with proofs as fresh as at noon. */
export function at(shown: string, given: Given = {}): { at: Date; given: Given } {
  const then = shanghai(shown)
  return { at: then, given: { ...given, rep: { employmentProvedAt: then }, contact: { provedAt: then } } }
}

/** A send nothing speaks against at noon, but for what is given. */
export function buildSendFacts(given: Given = {}): SendFacts {
  return {
    rep: { ...rep, ...given.rep },
    contact: { followed: true, provedAt: before(now, 2 * hours), group: false, matchWaits: false, ...given.contact },
    account: given.account === null ? null : { ...account, ...given.account },
    consent: buildConsentFacts(given.consent),
    content: { ...content, ...given.content },
    pastSends: given.pastSends ?? [],
    policy: { ...policy, ...given.policy },
    asked: { kind: 'news', again: false, mediaReady: false, ...given.asked },
  }
}

export function buildConsentFacts(given: Partial<ConsentFacts> = {}): ConsentFacts {
  return { statements: [said('opted_in')], textVersion: 3, oldestValidVersion: 2, invitedAt: null, ...given }
}

/** What the HCP said about receiving, in January unless told. */
export function said(statement: Consent['statement'], given: Partial<Consent> = {}): Consent {
  return { purpose: 'receive', statement, textVersion: 3, statedAt: shanghai('2026-01-05 10:30'), ...given }
}

/** An earlier send of another document, taken by the client, a day ago unless told. */
export function buildPastSend(given: Partial<PastSend> = {}): PastSend {
  return {
    sendId: 'send-1',
    repId: 'li-na',
    externalUserId: 'chen',
    documentId: 'another-document',
    class: 'promotional',
    authorisedAt: shanghai('2026-03-17 12:00'),
    facts: ['A', 'H', 'K'],
    ...given,
  }
}

/** So many earlier sends, alike but for their id and a minute between them. */
export function severalSends(count: number, given: Partial<PastSend> = {}): PastSend[] {
  const first = (given.authorisedAt ?? shanghai('2026-03-17 12:00')).getTime()
  return Array.from({ length: count }, (_, nth) =>
    buildPastSend({ ...given, sendId: `send-${nth}`, authorisedAt: new Date(first + nth * minutes) }),
  )
}

const rep: RepFacts = {
  active: true,
  employmentProvedAt: before(now, 5 * minutes),
  filingNumber: 'MR-2026-0001',
  filedUntil: shanghai('2026-12-31 00:00'),
  products: ['examplin'],
  territories: ['shanghai-west'],
  groups: ['launch'],
}

/** Wishes of an HCP who has none but these. */
export const wishing = (wishes: Partial<Wishes>): Wishes => ({
  ...{ unwanted: [], mostPerMonth: null, quietHours: null },
  ...wishes,
})

const account: AccountFacts = {
  active: true,
  hcpVerified: true,
  territory: 'shanghai-west',
  specialty: 'cardiology',
  hospitalGrade: 'tertiary',
  pausedUntil: null,
  wishes: wishing({}),
}

const content: ContentFacts = {
  contentItemId: 'examplin-leaflet-v2',
  documentId: 'examplin-leaflet',
  class: 'promotional',
  state: 'approved',
  bytesMatch: true,
  product: 'examplin',
  market: 'CN',
  audience: [],
  hospitalGrades: [],
  territories: [],
  repGroups: [],
  source: 'own',
  held: false,
  provedAt: null,
  effectiveAt: shanghai('2026-01-01 00:00'),
  expiresAt: shanghai('2026-12-31 00:00'),
  withdrawnAt: null,
  supersededBy: null,
  kinds: ['news', 'file'],
  fileBytes: 1_000_000,
  cardTitle: '示例药品说明',
  cardDesc: '供医疗卫生专业人士阅读',
}
