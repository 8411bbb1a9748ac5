import * as z from 'zod/mini'
import { consentPurpose } from './consents.ts'
import { endpoint } from './endpoint.ts'
import { id, requestId } from './shapes.ts'

const line = (most: number) => z.string().check(z.maxLength(most), z.regex(/^[^\n\r]*$/))
const named = (most: number) => line(most).check(z.regex(/\S/))
const cursor = z._default(z.nullable(z.string().check(z.maxLength(60))), null)
const reason = line(300).check(z.regex(/\S/))
const revision = z.int().check(z.minimum(1))
const date = z.coerce.date()

const filter = {
  show: z._default(z.enum(['active', 'inactive', 'merged', 'all']), 'active'),
  verified: z._default(z.enum(['', 'yes', 'no']), ''),
  /** Whether somebody has them as a contact in WeCom. */
  contact: z._default(z.enum(['', 'yes', 'no']), ''),
  territory: z._default(line(40), ''),
  query: z._default(z.string().check(z.maxLength(60)), ''),
}

/** How it became known that somebody is a health professional; `list`: the company's own list named a licence. */
const verifiedSource = z.enum(['list', 'licence_seen', 'registry', 'hospital_list', 'other'])
const brief = {
  accountId: z.string(),
  externalId: z.nullable(z.string()),
  doctor: z.string(),
  title: z.string(),
  department: z.string(),
  hospital: z.string(),
  territory: z.string(),
  licenceNumber: z.nullable(z.string()),
  verified: z.boolean(),
  active: z.boolean(),
}

const accountRow = z.object({
  ...brief,
  verifiedSource: z.nullable(verifiedSource),
  /** The account that stands for this one since a merge. */
  mergedInto: z.nullable(z.string()),
  /** Relations in WeCom that go on. */
  contacts: z.number(),
  /** Accounts that may be the same doctor and that nobody has looked at. */
  duplicates: z.number(),
})
export type AccountRow = z.output<typeof accountRow>

/** Doctors in the order of how their names sound, by keyset. A manager sees their own territories. Looking is on record. */
export const listAccounts = endpoint({
  method: 'POST',
  path: '/api/console/accounts',
  caller: 'console',
  input: z.strictObject({ ...filter, cursor }),
  output: z.object({
    rows: z.array(accountRow),
    next: z.nullable(z.string()),
    /** All there are to choose from. */
    territories: z.array(z.object({ code: z.string(), name: z.string(), nameEn: z.string() })),
    /** The only ones this person sees; null: all. */
    own: z.nullable(z.array(z.string())),
    mayWrite: z.boolean(),
  }),
})

/** The same rows in the same order as a table; `cut` when there are more than it holds. */
export const exportAccounts = endpoint({
  method: 'POST',
  path: '/api/console/accounts/export',
  caller: 'console',
  input: z.strictObject({ ...filter, language: z.enum(['zh', 'en']) }),
  output: z.object({ csv: z.string(), rows: z.number(), cut: z.boolean() }),
})

const correctable = z.enum(['name', 'title', 'post', 'department', 'specialty', 'territory', 'hospital', 'active'])
export type CorrectableField = z.output<typeof correctable>
const pairReason = z.enum(['same_licence', 'same_name', 'same_sound', 'same_department', 'same_title'])
export type PairReason = z.output<typeof pairReason>

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

const pair = z.object({
  pairId: z.string(),
  reasons: z.array(pairReason),
  points: z.number(),
  one: z.object(brief),
  other: z.object(brief),
  settled: z.nullable(z.enum(['different', 'merged'])),
  settledBy: z.string(),
  settledAt: z.nullable(date),
  reason: z.string(),
})
export type AccountPair = z.output<typeof pair>

/** Accounts that may be one doctor, the likeliest first. */
export const listPairs = endpoint({
  method: 'POST',
  path: '/api/console/accounts/pairs',
  caller: 'console',
  input: z.strictObject({ show: z._default(z.enum(['open', 'different']), 'open'), cursor }),
  output: z.object({ rows: z.array(pair), next: z.nullable(z.string()), mayWrite: z.boolean() }),
})

/** A person says that two accounts are two doctors; they are not proposed again. */
export const dismissPair = endpoint({
  method: 'POST',
  path: '/api/console/accounts/pairs/dismissals',
  caller: 'console',
  input: z.strictObject({ accountId: id, otherId: id, reason }),
  output: z.object({ done: z.literal(true) }),
})

const mergeRefusal = z.enum(['same_account', 'already_merged', 'survivor_merged', 'merged_again'])
export type MergeRefusal = z.output<typeof mergeRefusal>
const refused = z.object({ outcome: z.literal('refused'), reasons: z.array(mergeRefusal) })

/** What a merge would do, before anybody asks for it. */
export const previewMerge = endpoint({
  method: 'POST',
  path: '/api/console/accounts/merges/preview',
  caller: 'console',
  input: z.strictObject({ survivorId: id, mergedId: id }),
  output: z.object({
    survivor: z.object({ ...brief, revision: z.number() }),
    merged: z.object({ ...brief, revision: z.number() }),
    /** Fields in which they differ; the survivor's stays, but where it has none. */
    differences: z.array(z.object({ field: z.string(), survivor: z.string(), merged: z.string(), after: z.string() })),
    standings: z.array(
      z.object({ purpose: consentPurpose, survivor: z.string(), merged: z.string(), after: z.string() }),
    ),
    contacts: z.number(),
    sends: z.number(),
    /** Counted against the month's limit afterwards: of both. */
    monthSends: z.number(),
    monthLimit: z.number(),
    assignments: z.number(),
    records: z.number(),
    refusals: z.array(mergeRefusal),
  }),
})
export type MergePreview = z.output<typeof previewMerge.output>

/** Puts two records of one doctor together; it can be undone. What was seen of them must still be so: `stale_revision`. */
export const mergeAccounts = endpoint({
  method: 'POST',
  path: '/api/console/accounts/merges',
  caller: 'console',
  input: z.strictObject({
    requestId,
    survivorId: id,
    mergedId: id,
    survivorRevision: revision,
    mergedRevision: revision,
    reason,
  }),
  output: z.discriminatedUnion('outcome', [z.object({ outcome: z.literal('merged'), mergeId: z.string() }), refused]),
})

/** Gives back exactly what a merge moved; what came to the survivor since stays there. */
export const undoMerge = endpoint({
  method: 'POST',
  path: '/api/console/accounts/merges/undos',
  caller: 'console',
  input: z.strictObject({ mergeId: id, reason }),
  output: z.discriminatedUnion('outcome', [z.object({ outcome: z.literal('undone') }), refused]),
})

const imported = z.object({
  importId: z.string(),
  fileName: z.string(),
  /** `checked`: looked at and nothing written. */
  stage: z.enum(['checking', 'checked', 'writing', 'done', 'failed', 'cancelled']),
  problem: z.string(),
  about: z.string(),
  rowCount: z.nullable(z.number()),
  rowsDone: z.number(),
  rowsNew: z.number(),
  rowsChanged: z.number(),
  rowsUnchanged: z.number(),
  rowsFailed: z.number(),
  /** Rows of which something was left as it is; counted besides. */
  rowsKept: z.number(),
  by: z.string(),
  createdAt: date,
  releasedBy: z.string(),
  releasedAt: z.nullable(date),
  doneAt: z.nullable(date),
  mayWrite: z.boolean(),
  mayCancel: z.boolean(),
})
export type AccountImport = z.output<typeof imported>

export const listAccountImports = endpoint({
  method: 'POST',
  path: '/api/console/accounts/imports',
  caller: 'console',
  input: z.strictObject({ cursor }),
  output: z.object({ rows: z.array(imported), next: z.nullable(z.string()), mayStart: z.boolean() }),
})

/** Has an uploaded list looked at, row by row; nothing is written. */
export const startAccountImport = endpoint({
  method: 'POST',
  path: '/api/console/accounts/imports/starts',
  caller: 'console',
  input: z.strictObject({ requestId, uploadId: id }),
  output: z.object({ importId: z.string() }),
})

/** Has the list written that was looked at, or stops it; rows that are written stay. */
export const stepAccountImport = endpoint({
  method: 'POST',
  path: '/api/console/accounts/imports/steps',
  caller: 'console',
  input: z.strictObject({ importId: id, action: z.enum(['write', 'cancel']) }),
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('done') }),
    z.object({ outcome: z.literal('refused'), reasons: z.array(z.enum(['not_checked', 'over'])) }),
  ]),
})

const importRow = z.object({
  number: z.number(),
  line: z.number(),
  outcome: z.enum(['new', 'changed', 'unchanged', 'failed']),
  field: z.string(),
  problem: z.string(),
  /** What was left as it is and why: `kept:title`, `merged`, `ended`. */
  notes: z.array(z.string()),
  accountId: z.nullable(z.string()),
  doctor: z.string(),
})
export type AccountImportRow = z.output<typeof importRow>

/** What became of each row, or of those with one outcome. */
export const listAccountImportRows = endpoint({
  method: 'POST',
  path: '/api/console/accounts/imports/rows',
  caller: 'console',
  input: z.strictObject({
    importId: id,
    show: z._default(z.enum(['', 'new', 'changed', 'unchanged', 'failed', 'kept']), ''),
    after: z._default(z.int().check(z.minimum(0), z.maximum(1_000_000)), 0),
  }),
  output: z.object({ rows: z.array(importRow), next: z.nullable(z.number()) }),
})
