import * as z from 'zod/mini'
import { endpoint } from '../endpoint.ts'
import { id, requestId } from '../shapes.ts'
import { consentPurpose, date, line, textRefusal } from './shapes.ts'

const version = z.int().check(z.minimum(1), z.maximum(1_000_000))
const refused = z.object({ outcome: z.literal('refused'), refusals: z.array(textRefusal) })
const stepped = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('done'), version: z.number(), revision: z.number() }),
  refused,
])

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
