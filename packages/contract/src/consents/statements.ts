import * as z from 'zod/mini'
import { endpoint } from '../endpoint.ts'
import { listOrders } from '../orders.ts'
import { id, messageKind, requestId } from '../shapes.ts'
import { consentPurpose, cursor, date, doctor, line, somePurposes } from './shapes.ts'

const statement = z.enum(['opted_in', 'declined', 'opted_out'])
const channel = z.enum(['link', 'qr', 'own_page', 'paper', 'import', 'rep_request', 'company'])
const standing = z.enum(['never', 'invited', 'opted_in', 'declined', 'withdrawn', 'outdated', 'expired'])

const filter = {
  /** `current`: the word that holds for each doctor and purpose; `all`: every statement ever made. */
  show: z._default(z.enum(['current', 'all']), 'current'),
  purpose: z._default(z.union([consentPurpose, z.literal('')]), ''),
  /** Where the doctor stands by it; only with `current`. */
  standing: z._default(z.enum(['', 'opted_in', 'declined', 'withdrawn', 'outdated', 'expired']), ''),
  channel: z._default(z.union([channel, z.literal('')]), ''),
  /** Of the text; 0 means any. */
  version: z._default(z.int().check(z.minimum(0), z.maximum(1_000_000)), 0),
  query: z._default(z.string().check(z.maxLength(60)), ''),
  order: z._default(z.enum(listOrders.consents), listOrders.consents[0]),
}

const consentRow = z.object({
  consentId: z.string(),
  ...doctor,
  purpose: consentPurpose,
  statement,
  /** Where the doctor stands by it; null when something was said after it. */
  standing: z.nullable(standing),
  /** When a yes runs out, or a no may be asked about again. */
  until: z.nullable(date),
  textVersion: z.number(),
  language: z.string(),
  channel: z.string(),
  identity: z.string(),
  statedAt: date,
  recordedAt: date,
})
export type ConsentRow = z.output<typeof consentRow>

/** What doctors said, by when they said it and by keyset. Looking is on record: it shows personal data. */
export const listConsents = endpoint({
  method: 'POST',
  path: '/api/console/consents',
  caller: 'console',
  input: z.strictObject({ ...filter, cursor }),
  output: z.object({ rows: z.array(consentRow), next: z.nullable(z.string()) }),
})

/** The same rows in the same order as a table; `cut` when there are more than it holds. */
export const exportConsents = endpoint({
  method: 'POST',
  path: '/api/console/consents/export',
  caller: 'console',
  input: z.strictObject({ ...filter, language: z.enum(['zh', 'en']) }),
  output: z.object({ csv: z.string(), rows: z.number(), cut: z.boolean() }),
})

/** A send that was authorised before a withdrawal and whose ticket lived on after it. */
const inFlight = z.object({
  sendId: z.string(),
  rep: z.string(),
  title: z.string(),
  kind: messageKind,
  at: date,
  until: date,
  /** What the client said of it since, if anything. */
  told: z.nullable(z.enum(['sent', 'cancelled', 'failed'])),
})

/** One doctor: where they stand on each purpose, and everything they said. Looking is on record. */
export const lookAtConsents = endpoint({
  method: 'POST',
  path: '/api/console/consents/doctor',
  caller: 'console',
  input: z.strictObject({ accountId: id }),
  output: z.object({
    ...doctor,
    /** Purposes this person may withdraw now because the doctor asked. */
    mayWithdraw: z.array(consentPurpose),
    purposes: z.array(
      z.object({
        purpose: consentPurpose,
        standing,
        since: z.nullable(date),
        until: z.nullable(date),
        activeVersion: z.number(),
        history: z.array(
          z.object({
            consentId: z.string(),
            statement,
            textVersion: z.number(),
            textHash: z.string(),
            language: z.string(),
            channel: z.string(),
            identity: z.string(),
            /** What it can be proved by, in words and names. */
            evidence: z.array(z.object({ name: z.string(), value: z.string() })),
            paperId: z.nullable(z.string()),
            statedAt: date,
            recordedAt: date,
            inFlight: z.array(inFlight),
          }),
        ),
      }),
    ),
    /** Earlier consents that were brought in without evidence: claims, never a yes. */
    claims: z.array(
      z.object({ purpose: consentPurpose, claimed: z.string(), statedAt: z.nullable(date), broughtInAt: date }),
    ),
  }),
})
export type ConsentDoctor = z.output<typeof lookAtConsents.output>

/** Withdraws because the doctor asked the company. */
export const withdrawConsent = endpoint({
  method: 'POST',
  path: '/api/console/consents/withdrawals',
  caller: 'console',
  input: z.strictObject({
    requestId,
    accountId: id,
    purposes: somePurposes,
    /** How the doctor asked. */
    asked: z.enum(['phone', 'email', 'letter', 'in_person', 'through_rep', 'other']),
    reason: line(300).check(z.regex(/\S/)),
  }),
  output: z.object({
    withdrawn: z.array(z.object({ consentId: z.string(), purpose: consentPurpose, statedAt: date })),
    inFlight: z.array(inFlight),
  }),
})

/** Doctors a paper may be of: by name or hospital. */
export const findDoctors = endpoint({
  method: 'POST',
  path: '/api/console/consents/doctors',
  caller: 'console',
  input: z.strictObject({ query: z.string().check(z.minLength(1), z.maxLength(60)) }),
  output: z.object({ doctors: z.array(z.object({ ...doctor, department: z.string() })) }),
})
