import * as z from 'zod/mini'
import { consentPurpose } from '../consents.ts'
import { endpoint } from '../endpoint.ts'
import { id } from '../shapes.ts'
import { brief, date, line, named, pairReason, reason, revision, verifiedSource } from './shapes.ts'

const correctable = z.enum(['name', 'title', 'post', 'department', 'specialty', 'territory', 'hospital', 'active'])
export type CorrectableField = z.output<typeof correctable>

const merge = z.object({
  mergeId: z.string(),
  survivorId: z.string(),
  mergedId: z.string(),
  /** The other one of the two. */
  doctor: z.string(),
  reason: z.string(),
  by: z.string(),
  at: date,
  undoneBy: z.string(),
  undoneAt: z.nullable(date),
  undoReason: z.string(),
  mayUndo: z.boolean(),
})
export type AccountMerge = z.output<typeof merge>

/** One doctor as the company knows them. Looking is on record. */
export const loadAccount = endpoint({
  method: 'POST',
  path: '/api/console/accounts/detail',
  caller: 'console',
  input: z.strictObject({ accountId: id }),
  output: z.object({
    ...brief,
    post: z.string(),
    campus: z.string(),
    hospitalId: z.string(),
    specialty: z.string(),
    revision: z.number(),
    /** Fields a person corrected: no list changes them. */
    corrected: z.array(z.union([correctable, z.literal('licence')])),
    verifiedSource: z.nullable(verifiedSource),
    verifiedAt: z.nullable(date),
    verifiedBy: z.string(),
    mergedInto: z.nullable(z.string()),
    mergedIntoDoctor: z.string(),
    assignments: z.array(
      z.object({
        territory: z.string(),
        rep: z.string(),
        productLine: z.string(),
        fromDay: z.nullable(z.string()),
        untilDay: z.nullable(z.string()),
        /** In force today. */
        current: z.boolean(),
      }),
    ),
    relations: z.array(
      z.object({
        externalUserId: z.string(),
        nickname: z.string(),
        rep: z.string(),
        remark: z.string(),
        following: z.boolean(),
        half: z.boolean(),
        beganAt: z.nullable(date),
        endedAt: z.nullable(date),
      }),
    ),
    standings: z.array(z.object({ purpose: consentPurpose, standing: z.string(), since: z.nullable(date) })),
    sends: z.number(),
    duplicates: z.array(z.object({ ...brief, reasons: z.array(pairReason), points: z.number() })),
    merges: z.array(merge),
    trail: z.array(z.object({ at: date, actor: z.string(), event: z.string(), reason: z.nullable(z.string()) })),
    specialties: z.array(z.object({ code: z.string(), name: z.string(), nameEn: z.string() })),
    territories: z.array(z.object({ code: z.string(), name: z.string(), nameEn: z.string() })),
    mayWrite: z.boolean(),
    /** This person may open consents and requests of this doctor. */
    mayReadConsents: z.boolean(),
  }),
})
export type AccountDetail = z.output<typeof loadAccount.output>

/** Puts values right; those that change no list changes again, until they are let go. An older revision is `stale_revision`. */
export const correctAccount = endpoint({
  method: 'POST',
  path: '/api/console/accounts/corrections',
  caller: 'console',
  input: z.strictObject({
    accountId: id,
    revision,
    name: named(80),
    title: line(40),
    post: line(40),
    department: named(80),
    specialty: line(40),
    territory: named(40),
    hospitalId: id,
    active: z.boolean(),
    /** Corrected before and given back to the lists. */
    letGo: z._default(z.array(correctable).check(z.maxLength(8)), []),
    reason,
  }),
  output: z.object({ revision: z.number() }),
})

/** Says whether somebody is a health professional, and how that is known. */
export const verifyAccount = endpoint({
  method: 'POST',
  path: '/api/console/accounts/verifications',
  caller: 'console',
  input: z.strictObject({
    accountId: id,
    revision,
    verified: z.boolean(),
    licenceNumber: line(60),
    source: z.enum(['licence_seen', 'registry', 'hospital_list', 'other']),
    reason,
  }),
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('done'), revision: z.number() }),
    /** `licence_missing`: nobody is verified without; `carries_id_number`: of 24 or 27 digits, which holds a citizen id. */
    z.object({ outcome: z.literal('refused'), reasons: z.array(z.enum(['licence_missing', 'carries_id_number'])) }),
  ]),
})
