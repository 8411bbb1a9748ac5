import * as z from 'zod/mini'
import type { ContentAction, StepRefusalReason } from '@vouch/rules'
import { listOrders } from './orders.ts'
import * as s from './shapes.ts'
import { vaultOrigin } from './vault-shapes.ts'

/** Words separated by commas in the database: none holds one. */
const word = z.string().check(z.minLength(1), z.maxLength(40), z.regex(/^[^,\n\r]+$/))
export const csv = z.array(word).check(z.maxLength(40))
const line = (most: number) => z.string().check(z.maxLength(most), z.regex(/^[^\n\r]*$/))
const instant = z.coerce.date()
const contentClass = z.enum(['promotional', 'scientific', 'non_promotional', 'consent'])
const uploadId = z.nullable(s.id)

/** Why a step in the life of a piece did not happen. */
export const stepRefusal = z.object({
  reason: z.custom<StepRefusalReason>((value) => typeof value === 'string'),
  about: z.optional(z.string()),
})
export type WireStepRefusal = z.output<typeof stepRefusal>

/** The answer to every step: a refusal is one too, and is on record. */
export const stepAnswer = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('done'), contentItemId: z.string(), revision: z.number() }),
  z.object({ outcome: z.literal('refused'), refusals: z.array(stepRefusal) }),
])

export const reviewStep = z.enum(['medical', 'legal', 'compliance'])
/** Days on the wire are instants; an input that is no date is refused, null ends nothing. */
const day = z.nullable(z.iso.datetime())

/** What an author writes and chooses, field by field, so that inputs stay flat; each is optional in an edit. */
export const wording = {
  title: line(200),
  shortTitle: line(120),
  aliases: csv,
  tags: csv,
  cardTitle: z.string().check(z.maxLength(200)),
  cardDesc: z.string().check(z.maxLength(600)),
  body: z.string().check(z.maxLength(500_000)),
  approvalNumber: line(60),
  class: contentClass,
  product: z.string().check(z.maxLength(40)),
  market: z.string().check(z.minLength(1), z.maxLength(20)),
  language: z.enum(['zh-CN', 'en-US']),
  audience: csv,
  hospitalGrades: csv,
  territories: csv,
  repGroups: csv,
  ways: z.array(s.messageKind).check(z.maxLength(6)),
  mayForward: z.boolean(),
  replacesLinks: z.boolean(),
  changeNote: line(300),
  effectiveAt: day,
  expiresAt: day,
  fileUploadId: uploadId,
  cardUploadId: uploadId,
  posterUploadId: uploadId,
  /** WebVTT of a video. */
  captionsUploadId: uploadId,
  captionsLanguage: z.enum(['zh-CN', 'en-US']),
}

/** How a version was sent and opened so far, as reports count it; no two of the numbers may be added and called "sent". */
const versionFigures = z.object({
  proven: z.number(),
  opened: z.nullable(z.number()),
  client: z.number(),
  unknown: z.number(),
  /** Of its links, in percent; null without links. */
  openedRate: z.nullable(z.number()),
  /** What fewer than five doctors opened is not told. */
  withheld: z.boolean(),
})

/** A row of the office's list. `held` says why a version is in quarantine. */
export const contentRow = z.object({
  contentItemId: z.string(),
  documentId: z.string(),
  version: z.number(),
  title: z.string(),
  kind: s.contentKind,
  class: contentClass,
  product: z.string(),
  language: z.string(),
  lifeState: z.string(),
  /** Signatures given, and asked for. */
  signed: z.number(),
  asked: z.number(),
  effectiveAt: z.nullable(instant),
  expiresAt: z.nullable(instant),
  owner: z.string(),
  source: z.enum(['own', 'vault']),
  held: z.nullable(z.string()),
  /** Within the territories of whoever looks; null when nothing was counted. */
  figures: z.nullable(versionFigures),
  /** [start, length] pairs in `title` that matched the search, in UTF-16 units. */
  highlights: z.array(z.tuple([z.number(), z.number()])),
  thumbnail: z.nullable(z.string()),
  /** What this person may do with it and others at once, as far as its row tells. */
  may: z.array(z.custom<ContentAction>((value) => typeof value === 'string')),
})
export type ContentRow = z.output<typeof contentRow>

export const contentShow = z.enum([
  ...(['all', 'draft', 'in_review', 'approved', 'expiring', 'expired', 'withdrawn', 'superseded'] as const),
  ...(['returned', 'held', 'mine', 'for_me'] as const),
])

export const contentListInput = z.strictObject({
  query: z._default(z.string().check(z.maxLength(60)), ''),
  show: z._default(contentShow, 'all'),
  product: z._default(z.string().check(z.maxLength(40), z.regex(/^[\w.-]*$/)), ''),
  kind: z._default(z.union([s.contentKind, z.literal('')]), ''),
  /** A search keeps the best first. */
  order: z._default(z.enum(listOrders.content), listOrders.content[0]),
  cursor: z._default(z.nullable(z.string().check(z.maxLength(200))), null),
})

/** `more` says that a count is a floor: "500+". */
export const facet = z.object({ field: z.string(), value: z.string(), count: z.number(), more: z.boolean() })

export const contentListOutput = z.object({
  rows: z.array(contentRow),
  next: z.nullable(z.string()),
  facets: z.array(facet),
})

const detailPage = z.object({
  number: z.number(),
  image: z.string(),
  width: z.number(),
  height: z.number(),
  placeholder: z.string(),
  text: z.string(),
  corrected: z.boolean(),
})

export const renditionState = z.object({
  stage: z.enum(['waiting', 'drawing', 'done', 'failed']),
  problem: z.nullable(z.string()),
  done: z.number(),
  of: z.number(),
})

const signature = z.object({
  step: z.string(),
  person: z.string(),
  meaning: z.string(),
  at: instant,
  statementHash: z.string(),
  provedBy: z.string(),
  /** What was signed is what this version says now; false for an earlier round, or for a signature that is not its own. */
  holds: z.boolean(),
  /** The last day it asked for, when it was given to extend. */
  renewsUntil: z.nullable(instant),
})

const trailEntry = z.object({
  at: instant,
  actor: z.string(),
  event: z.string(),
  reason: z.nullable(z.string()),
  /** Left out where a step changed nothing that is kept. */
  before: z.optional(z.unknown()),
  after: z.optional(z.unknown()),
})

const { figures: _figures, ...rowOfDetail } = contentRow.shape

/** Everything the office sees of one version. `may` is decided by the server, step by step; the page decides nothing. */
export const contentDetail = z.object({
  ...rowOfDetail,
  revision: z.number(),
  shortTitle: z.string(),
  aliases: csv,
  tags: csv,
  cardTitle: z.string(),
  cardDesc: z.string(),
  body: z.string(),
  approvalNumber: z.string(),
  market: z.string(),
  audience: csv,
  hospitalGrades: csv,
  territories: csv,
  repGroups: csv,
  ways: z.array(s.messageKind),
  mayForward: z.boolean(),
  replacesLinks: z.boolean(),
  changeNote: z.string(),
  /** WebVTT of a video, and its language; empty without. */
  captions: z.string(),
  captionsLanguage: z.string(),
  /** Documents of a script, in their order. */
  scriptPieces: z.array(z.string()),
  /** What these are called, in the same order; one that is not approved cannot be sent. */
  script: z.array(z.object({ documentId: z.string(), title: z.string(), approved: z.boolean() })),
  fileName: z.string(),
  fileBytes: z.number(),
  fileHash: z.nullable(z.string()),
  withdrawnReason: z.nullable(z.string()),
  returnedReason: z.nullable(z.string()),
  supersededBy: z.nullable(z.string()),
  /** Null for what is approved here. */
  origin: z.nullable(vaultOrigin),
  pages: z.array(detailPage),
  rendition: z.nullable(renditionState),
  /** What a signature given now would stand for: the whole text, and its hash. */
  statement: z.string(),
  statementHash: z.string(),
  signatures: z.array(signature),
  /** A round that extends and has begun: the last day it asks for, and who signed that already. */
  renewal: z.nullable(z.object({ until: instant, signed: z.array(reviewStep) })),
  steps: z.array(reviewStep),
  may: z.array(z.custom<ContentAction>((value) => typeof value === 'string')),
  /** Steps this person may sign, send back or renew now. */
  maySign: z.array(reviewStep),
  /** Why a reviewer may not sign this version that is in review; nothing for everybody else. */
  mayNotSign: z.array(stepRefusal),
  versions: z.array(z.object({ contentItemId: z.string(), version: z.number(), lifeState: z.string() })),
  trail: z.array(trailEntry),
})
export type ContentDetail = z.output<typeof contentDetail>
