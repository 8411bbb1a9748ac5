import * as z from 'zod/mini'
import { contentDetail, stepAnswer, stepRefusal, wording } from './content-shapes.ts'
import { endpoint } from './endpoint.ts'
import { contentKind, id, requestId } from './shapes.ts'

export { loadAsDoctor } from './as-doctor.ts'
export { beginSigning, previewRenewal, signingResult } from './signing.ts'

const line = (most: number) => z.string().check(z.maxLength(most), z.regex(/^[^\n\r]*$/))
const reason = line(300)
const revision = z.int().check(z.minimum(1))
const refused = z.object({ outcome: z.literal('refused'), refusals: z.array(stepRefusal) })
const started = z.object({
  outcome: z.literal('done'),
  contentItemId: z.string(),
  documentId: z.string(),
  version: z.number(),
  revision: z.number(),
})

/** A code and what it is called. */
const named = z.object({ code: z.string(), name: z.string(), nameEn: z.string() })

/** What a form can choose from. Hospital grades are those that hospitals have. */
export const contentChoices = endpoint({
  method: 'GET',
  path: '/api/console/content/choices',
  caller: 'console',
  input: z.strictObject({}),
  output: z.object({
    products: z.array(named),
    specialties: z.array(named),
    hospitalGrades: z.array(z.string()),
    territories: z.array(named),
    repGroups: z.array(named),
    market: z.string(),
  }),
})

/**
 * Begins a new document with its first version. The same request id gets the same draft. A document that has a name of
 * its own elsewhere keeps it as `documentId`; one that is taken is `bad_request`.
 */
export const createDraft = endpoint({
  method: 'POST',
  path: '/api/console/content/drafts',
  caller: 'console',
  input: z.strictObject({
    requestId,
    documentId: z.optional(z.string().check(z.regex(/^[\w-]{1,26}$/))),
    kind: contentKind,
    title: wording.title.check(z.minLength(1)),
    class: wording.class,
    product: wording.product,
    language: wording.language,
    market: wording.market,
    fileUploadId: z._default(wording.fileUploadId, null),
  }),
  output: z.discriminatedUnion('outcome', [started, refused]),
})

const optional = <Shape extends Record<string, z.ZodMiniType>>(shape: Shape) =>
  Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, z.optional(field)])) as {
    [Name in keyof Shape]: z.ZodMiniOptional<Shape[Name]>
  }

/**
 * Saves the fields that are given. A revision that is not the newest is `stale_revision`: somebody saved in between. A
 * file, card picture or poster is named by its finished upload.
 */
export const editDraft = endpoint({
  method: 'POST',
  path: '/api/console/content/edits',
  caller: 'console',
  bodyLimit: 900 * 1024,
  input: z.strictObject({
    contentItemId: id,
    revision,
    ...optional(wording),
    /** Documents of a script in their order. */
    scriptPieces: z.optional(z.array(id).check(z.maxLength(20))),
  }),
  output: stepAnswer,
})

/** Puts right what was read from a page. */
export const correctPageText = endpoint({
  method: 'POST',
  path: '/api/console/content/page-texts',
  caller: 'console',
  bodyLimit: 900 * 1024,
  input: z.strictObject({
    contentItemId: id,
    revision,
    number: z.int().check(z.minimum(1), z.maximum(500)),
    text: z.string().check(z.maxLength(200_000)),
  }),
  output: stepAnswer,
})

/** Asks for review: from here on not a word changes. */
export const submitContent = endpoint({
  method: 'POST',
  path: '/api/console/content/submissions',
  caller: 'console',
  input: z.strictObject({ contentItemId: id, revision }),
  output: stepAnswer,
})

export const takeBack = endpoint({
  method: 'POST',
  path: '/api/console/content/take-backs',
  caller: 'console',
  input: z.strictObject({ contentItemId: id, reason }),
  output: stepAnswer,
})

/** Begins the next version of a document as a draft of the same words and pages. */
export const newVersion = endpoint({
  method: 'POST',
  path: '/api/console/content/versions',
  caller: 'console',
  input: z.strictObject({ requestId, contentItemId: id }),
  output: z.discriminatedUnion('outcome', [started, refused]),
})

/** Ends an approved version before its day, everywhere and at once. */
export const expireContent = endpoint({
  method: 'POST',
  path: '/api/console/content/expiries',
  caller: 'console',
  input: z.strictObject({ contentItemId: id, reason }),
  output: stepAnswer,
})

/** One version with everything the office sees of it; looking is on record. */
export const loadContent = endpoint({
  method: 'POST',
  path: '/api/console/content/detail',
  caller: 'console',
  input: z.strictObject({ contentItemId: id }),
  output: contentDetail,
})

const comparedVersion = z.object({ contentItemId: z.string(), version: z.number(), lifeState: z.string() })
const comparedPage = z.object({
  text: z.string(),
  image: z.string(),
  width: z.number(),
  height: z.number(),
  placeholder: z.string(),
})

/** What differs between two versions of a document, the earlier one first; without a second one, from the one in force. */
export const diffVersions = endpoint({
  method: 'POST',
  path: '/api/console/content/diffs',
  caller: 'console',
  input: z.strictObject({ contentItemId: id, withItemId: z._default(z.nullable(id), null) }),
  output: z.object({
    /** Null when there is no other version. */
    withItemId: z.nullable(z.string()),
    before: z.nullable(comparedVersion),
    after: comparedVersion,
    fields: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
    fileChanged: z.boolean(),
    /** Pages whose words differ, and with another file all of them. */
    pages: z.array(z.object({ number: z.number(), before: z.nullable(comparedPage), after: z.nullable(comparedPage) })),
  }),
})

export type ContentChoices = z.output<typeof contentChoices.output>
