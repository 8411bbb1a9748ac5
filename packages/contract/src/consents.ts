import type { ConsentRefusal, TextRefusal } from '@vouch/rules'
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { id, messageKind, requestId } from './shapes.ts'

const line = (most: number) => z.string().check(z.maxLength(most), z.regex(/^[^\n\r]*$/))
const cursor = z._default(z.nullable(z.string().check(z.maxLength(200))), null)
const date = z.coerce.date()

export const consentPurpose = z.enum(['receive', 'reading_record', 'archive'])
const statement = z.enum(['opted_in', 'declined', 'opted_out'])
const channel = z.enum(['link', 'qr', 'own_page', 'paper', 'import', 'rep_request', 'company'])
const standing = z.enum(['never', 'invited', 'opted_in', 'declined', 'withdrawn', 'outdated', 'expired'])
const language = z.enum(['zh-CN', 'en-US'])
const version = z.int().check(z.minimum(1), z.maximum(1_000_000))
const doctor = { accountId: z.string(), doctor: z.string(), title: z.string(), hospital: z.string() }

const textRefusal = z.custom<TextRefusal>((value) => typeof value === 'object' && value !== null)
export type WireTextRefusal = z.output<typeof textRefusal>
const refused = z.object({ outcome: z.literal('refused'), refusals: z.array(textRefusal) })
const consentRefusal = z.custom<ConsentRefusal>((value) => typeof value === 'object' && value !== null)
const stepped = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('done'), version: z.number(), revision: z.number() }),
  refused,
])

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

/** What doctors said, newest first, by keyset. Looking is on record: it shows personal data. */
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
    purposes: z.array(consentPurpose).check(z.minLength(1), z.maxLength(3)),
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

const textHead = z.object({
  version: z.number(),
  purpose: consentPurpose,
  /** `scheduled`: approved for a day to come; `superseded`: a newer one is in force. */
  lifeState: z.enum(['draft', 'in_review', 'scheduled', 'active', 'superseded', 'dropped']),
  title: z.string(),
  material: z.boolean(),
  changeNote: z.string(),
  author: z.string(),
  approvedBy: z.string(),
  approvedAt: z.nullable(date),
  activeFrom: z.nullable(date),
  createdAt: date,
})
export type ConsentTextHead = z.output<typeof textHead>

/** Every version of every text, newest first: there are few. */
export const listTexts = endpoint({
  method: 'GET',
  path: '/api/console/consents/texts',
  caller: 'console',
  input: z.strictObject({}),
  output: z.object({
    texts: z.array(textHead),
    /** Purposes for which this person may begin a text. */
    mayBegin: z.array(consentPurpose),
  }),
})

const wording = z.object({ language: z.string(), title: z.string(), summary: z.string(), body: z.string() })

/** One version with its words and those it is compared with. */
export const loadText = endpoint({
  method: 'POST',
  path: '/api/console/consents/texts/detail',
  caller: 'console',
  input: z.strictObject({ version }),
  output: z.object({
    ...textHead.shape,
    revision: z.number(),
    wordings: z.array(wording),
    returnedReason: z.nullable(z.string()),
    /** The text it would replace, or replaced. */
    before: z.nullable(z.object({ version: z.number(), wordings: z.array(wording) })),
    may: z.array(z.enum(['edit', 'submit', 'take_back', 'drop', 'approve', 'return'])),
    trail: z.array(z.object({ at: date, actor: z.string(), event: z.string(), reason: z.nullable(z.string()) })),
  }),
})
export type ConsentTextDetail = z.output<typeof loadText.output>

/** Begins the next text of a purpose. */
export const beginText = endpoint({
  method: 'POST',
  path: '/api/console/consents/texts/drafts',
  caller: 'console',
  input: z.strictObject({ requestId, purpose: consentPurpose }),
  output: stepped,
})

const title = line(200)
const summary = z.string().check(z.maxLength(2_000))
const body = z.string().check(z.maxLength(50_000))

/** Saves a draft. A revision that is not the newest is `stale_revision`. */
export const saveText = endpoint({
  method: 'POST',
  path: '/api/console/consents/texts/edits',
  caller: 'console',
  bodyLimit: 400 * 1024,
  input: z.strictObject({
    version,
    revision: z.int().check(z.minimum(1)),
    /** Whether who agreed to earlier texts is asked again. */
    material: z.boolean(),
    changeNote: line(400),
    titleZh: title,
    summaryZh: summary,
    bodyZh: body,
    titleEn: title,
    summaryEn: summary,
    bodyEn: body,
  }),
  output: stepped,
})

export const stepText = endpoint({
  method: 'POST',
  path: '/api/console/consents/texts/steps',
  caller: 'console',
  input: z.strictObject({
    version,
    revision: z.int().check(z.minimum(1)),
    action: z.enum(['submit', 'take_back', 'drop']),
    reason: z._default(line(300), ''),
  }),
  output: stepped,
})

/** What would be signed for the text to be in force from then on, and whom it would reach. */
export const previewText = endpoint({
  method: 'POST',
  path: '/api/console/consents/texts/previews',
  caller: 'console',
  input: z.strictObject({ version, activeFrom: z.nullable(z.iso.datetime()) }),
  output: z.object({
    statement: z.string(),
    statementHash: z.string(),
    /** Doctors whose yes holds now; of a material text they are asked again. Counted so far and no further. */
    agreed: z.number(),
    askedAgain: z.number(),
    countedUpTo: z.number(),
    refusals: z.array(textRefusal),
  }),
})
export type TextPreview = z.output<typeof previewText.output>

/** Begins a signature; it ends with the login at `redirectTo`, which comes back with `?signing=`. */
export const beginTextSigning = endpoint({
  method: 'POST',
  path: '/api/console/consents/texts/signings',
  caller: 'console',
  input: z.strictObject({
    requestId,
    version,
    decision: z.enum(['approve', 'return']),
    meaning: line(200).check(z.minLength(1)),
    reason: z._default(line(300), ''),
    statementHash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    activeFrom: z._default(z.nullable(z.iso.datetime()), null),
  }),
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('begun'), signingId: z.string(), redirectTo: z.string(), endsAt: date }),
    refused,
  ]),
})

export const textSigningResult = endpoint({
  method: 'POST',
  path: '/api/console/consents/texts/signings/result',
  caller: 'console',
  input: z.strictObject({ signingId: id }),
  output: z.object({
    version: z.number(),
    decision: z.enum(['approve', 'return']),
    outcome: z.enum(['waiting', 'signed', 'returned', 'refused', 'over']),
    refusals: z.array(textRefusal),
  }),
})

const paper = z.object({
  paperId: z.string(),
  ...doctor,
  purposes: z.array(consentPurpose),
  language: z.string(),
  signedAt: date,
  fileName: z.string(),
  mime: z.string(),
  note: z.string(),
  stage: z.enum(['waiting', 'confirmed', 'rejected']),
  enteredBy: z.string(),
  enteredAt: date,
  settledBy: z.string(),
  settledAt: z.nullable(date),
  reason: z.string(),
  /** This person may confirm or reject it: they did not enter it. */
  maySettle: z.boolean(),
})
export type ConsentPaper = z.output<typeof paper>

/** Consents on paper: those that wait for the second person, or those that are settled. */
export const listPapers = endpoint({
  method: 'POST',
  path: '/api/console/consents/papers',
  caller: 'console',
  input: z.strictObject({ show: z._default(z.enum(['waiting', 'settled']), 'waiting'), cursor }),
  output: z.object({ rows: z.array(paper), next: z.nullable(z.string()), mayEnter: z.boolean() }),
})

/** Enters a scan. Nothing is consented to before a second person confirms it. */
export const enterPaper = endpoint({
  method: 'POST',
  path: '/api/console/consents/papers/entries',
  caller: 'console',
  input: z.strictObject({
    requestId,
    uploadId: id,
    accountId: id,
    purposes: z.array(consentPurpose).check(z.minLength(1), z.maxLength(3)),
    language,
    /** The day on the paper, as in 2026-11-21; it counts from its Shanghai midnight on. */
    signedOn: z.iso.date(),
    note: line(300),
  }),
  output: z.object({ paperId: z.string() }),
})

/** The second person says whether the scan is what was entered. */
export const settlePaper = endpoint({
  method: 'POST',
  path: '/api/console/consents/papers/settlements',
  caller: 'console',
  input: z.strictObject({
    paperId: id,
    decision: z.enum(['confirm', 'reject']),
    reason: z._default(line(300), ''),
  }),
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('confirmed'), purposes: z.array(consentPurpose) }),
    z.object({ outcome: z.literal('rejected') }),
    z.object({
      outcome: z.literal('refused'),
      /** `own_entry`: entered by this person; `reason_missing`; `settled` before; or why the statement is none. */
      refusals: z.array(
        z.union([
          z.object({ reason: z.enum(['own_entry', 'reason_missing', 'settled']) }),
          z.object({ purpose: consentPurpose, refusal: consentRefusal }),
        ]),
      ),
    }),
  ]),
})
export type SettlePaperAnswer = z.output<typeof settlePaper.output>

const imported = z.object({
  importId: z.string(),
  fileName: z.string(),
  /** `checked`: looked at and nothing written; waits for a second person. */
  stage: z.enum(['checking', 'checked', 'writing', 'done', 'failed']),
  problem: z.string(),
  about: z.string(),
  rowCount: z.nullable(z.number()),
  rowsDone: z.number(),
  rowsNew: z.number(),
  rowsUnchanged: z.number(),
  /** A yes without evidence: kept as a claim. */
  rowsClaimed: z.number(),
  rowsFailed: z.number(),
  by: z.string(),
  createdAt: date,
  releasedBy: z.string(),
  releasedAt: z.nullable(date),
  doneAt: z.nullable(date),
  /** This person may have it written: they did not bring it in. */
  mayRelease: z.boolean(),
})
export type ConsentImport = z.output<typeof imported>

/** Earlier consents from a list, newest first. */
export const listConsentImports = endpoint({
  method: 'POST',
  path: '/api/console/consents/imports',
  caller: 'console',
  input: z.strictObject({ cursor }),
  output: z.object({ rows: z.array(imported), next: z.nullable(z.string()), mayStart: z.boolean() }),
})

/** Has an uploaded list looked at. Nothing is written before a second person releases it. */
export const startConsentImport = endpoint({
  method: 'POST',
  path: '/api/console/consents/imports/starts',
  caller: 'console',
  input: z.strictObject({ requestId, uploadId: id }),
  output: z.object({ importId: z.string() }),
})

export const releaseConsentImport = endpoint({
  method: 'POST',
  path: '/api/console/consents/imports/releases',
  caller: 'console',
  input: z.strictObject({ importId: id }),
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('released') }),
    z.object({ outcome: z.literal('refused'), reasons: z.array(z.enum(['own_entry', 'not_checked'])) }),
  ]),
})
