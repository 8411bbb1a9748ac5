import {
  consentPurposes,
  consentStatements,
  contentClasses,
  contentStates,
  factKinds,
  messageKinds,
} from '../src/types.ts'
import type { Consent, FactKind, MessageKind, PastSend, SendFacts } from '../src/types.ts'
import { buildPastSend, buildSendFacts, hours, minutes, shanghai } from './facts.ts'

/** A repeatable stream of numbers from 0 up to 1 (mulberry32). */
export type Draw = () => number

export function random(seed: number): Draw {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

export function oneOf<T>(draw: Draw, choices: readonly T[]): T {
  // choices are never empty, so the index is always in them
  return choices[Math.floor(draw() * choices.length)] as T
}

/** Some instant of March or April 2026, so that two months meet. */
export function arbitraryInstant(draw: Draw): Date {
  return new Date(shanghai('2026-03-10 00:00').getTime() + Math.floor(draw() * 40 * 24 * hours))
}

export function arbitraryKinds(draw: Draw): FactKind[] {
  return factKinds.filter(() => draw() < 0.25)
}

export function arbitraryPastSend(draw: Draw, nth: number): PastSend {
  return buildPastSend({
    sendId: `send-${nth}`,
    repId: oneOf(draw, ['li-na', 'zhou-min']),
    documentId: oneOf(draw, ['examplin-leaflet', 'another-document']),
    class: oneOf(draw, contentClasses),
    authorisedAt: arbitraryInstant(draw),
    facts: ['A', ...arbitraryKinds(draw)],
  })
}

/** Facts of which each may, now and then, speak against a send at this instant. */
export function arbitraryFacts(draw: Draw, at: Date): SendFacts {
  const some = <T>(usual: T, other: T): T => (draw() < 0.9 ? usual : other)
  const instant = () => arbitraryInstant(draw)
  return buildSendFacts({
    rep: {
      active: some(true, false),
      employmentProvedAt: some<Date | null>(at, oneOf(draw, [instant(), null])),
      filedUntil: some(shanghai('2027-01-01 00:00'), instant()),
      products: some(['examplin'], []),
    },
    contact: { followed: some(true, false), group: some(false, true), provedAt: some(at, instant()) },
    account: some(
      {
        hcpVerified: some(true, false),
        pausedUntil: some(null, instant()),
        wishes: {
          unwanted: some<string[]>([], ['examplin']),
          mostPerMonth: some<number | null>(null, Math.floor(draw() * 5)),
          quietHours: some<{ quietFrom: number; quietUntil: number } | null>(null, {
            quietFrom: Math.floor(draw() * 1440),
            quietUntil: Math.floor(draw() * 1440),
          }),
        },
      },
      null,
    ),
    consent: {
      statements: Array.from({ length: Math.floor(draw() * 4) }, () => arbitraryStatement(draw)),
      invitedAt: null,
    },
    content: {
      class: oneOf(draw, contentClasses),
      state: some('approved', oneOf(draw, contentStates)),
      expiresAt: some<Date | null>(null, instant()),
      effectiveAt: some<Date | null>(null, instant()),
      kinds: some<readonly MessageKind[]>(messageKinds, ['news']),
      fileBytes: some(1000, 30_000_000),
    },
    pastSends: Array.from({ length: Math.floor(draw() * 7) }, (_, nth) => arbitraryPastSend(draw, nth)),
    policy: {
      quietFrom: some(0, Math.floor(draw() * 1440)),
      quietUntil: some(0, Math.floor(draw() * 1440)),
      consentDays: some<number | null>(null, 10),
    },
    asked: { kind: oneOf(draw, messageKinds), again: some(false, true), mediaReady: some(true, false) },
  })
}

/** What an HCP said before any of the instants above. */
function arbitraryStatement(draw: Draw): Consent {
  return {
    purpose: oneOf(draw, consentPurposes),
    statement: oneOf(draw, ['opted_in', ...consentStatements]),
    textVersion: 1 + Math.floor(draw() * 3),
    statedAt: new Date(shanghai('2026-01-01 00:00').getTime() + Math.floor(draw() * 95_000) * minutes),
  }
}
