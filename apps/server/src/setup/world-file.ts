import {
  consentPurposes,
  consentStatements,
  contentClasses,
  contentKinds,
  contentStates,
  messageKinds,
  refusalReasons,
} from '@vouch/rules'
import * as z from 'zod'
import { firstPolicy } from '../policy/queries.ts'
import { when } from './world-time.ts'

const text = z.string()
const code = z.string().min(1)
const language = z.enum(['zh-CN', 'en-US'])

const entitlement = z.object({
  filingNumber: z.nullable(text),
  filedUntil: z.nullable(when),
  products: z.array(code),
  territories: z.array(code),
})

const person = z.object({
  wecomUserId: code,
  name: code,
  nameEn: text,
  roles: z.array(code),
  status: z.enum(['active', 'left']),
  leftAt: z.optional(when),
  entitled: z.nullable(entitlement),
  roleUntil: z.optional(when),
})

const account = z.object({
  id: code.max(26),
  name: code,
  nameEn: text,
  title: text,
  post: z.optional(text),
  hospital: code,
  department: text,
  specialty: code,
  territory: code,
  hcpVerified: z.boolean(),
  licenceNumber: z.nullable(text),
  active: z.boolean(),
  pausedUntil: z.optional(when),
})

const contact = z.object({
  externalUserId: code,
  nickname: text,
  accountId: z.nullable(code),
  matchedBy: z.optional(z.object({ person: code, at: when })),
  follows: z.array(z.object({ rep: code, remark: text, followedAt: when })),
})

const consentText = z.object({
  version: z.int().min(1),
  purpose: z.enum(consentPurposes).default('receive'),
  language,
  title: text,
  summary: z.array(text),
  body: text,
  materialChange: z.boolean(),
  activeFrom: z.nullable(when),
  author: z.nullable(code).default(null),
  approvals: z.array(z.object({ person: code, at: when })).default([]),
})

const consent = z.object({
  accountId: code,
  purpose: z.enum(consentPurposes),
  statement: z.enum(consentStatements),
  textVersion: z.int(),
  language,
  statedAt: when,
  channel: z.enum(['link', 'qr_in_person', 'paper', 'import']),
  evidence: z.looseObject({ identity: code }),
})

const builtFile = z.object({ name: code, fileName: text, mime: text, bytes: z.int(), sha256: z.hash('sha256') })

const piece = z.object({
  documentId: code.max(26),
  version: z.int().min(1),
  title: text,
  shortTitle: text,
  aliases: z.array(text),
  cardTitle: text,
  cardDesc: text,
  kind: z.enum(contentKinds),
  class: z.enum(contentClasses),
  product: text,
  market: text,
  language,
  audience: z.array(code),
  approvalNumber: z.nullable(text),
  /** Who wrote it. */
  owner: z.optional(code),
  state: z.enum(contentStates),
  createdAt: when,
  effectiveAt: z.nullable(when),
  expiresAt: z.nullable(when),
  withdrawn: z.optional(z.object({ at: when, reason: text, by: code, successor: z.optional(code) })),
  kinds: z.array(z.enum(messageKinds)).min(1),
  mayForward: z.boolean(),
  approvals: z.array(
    z.object({ person: code, role: code, meaning: text, decision: z.enum(['approved', 'returned']), at: when }),
  ),
  text: z.optional(text),
  captions: z.optional(z.string()),
  /** Documents that a script sends one after the other. */
  pieces: z.optional(z.array(code.max(26)).min(1)),
  pages: z.optional(z.int()),
  file: z.nullable(builtFile),
  card: z.nullable(builtFile),
})

const pastSend = z.object({
  rep: code,
  externalUserId: code,
  documentId: code,
  version: z.int(),
  kind: z.enum(messageKinds),
  at: when,
  facts: z.array(z.enum(['A', 'H', 'K', 'C', 'F', 'O', 'R+', 'R-'])),
  failure: z.optional(text),
  openedAfterMinutes: z.optional(z.number()),
  readPages: z.optional(z.int()),
  readSeconds: z.optional(z.number()),
  onlyIfBeforeThisMonth: z.optional(when),
})

const pastRefusal = pastSend
  .pick({ rep: true, externalUserId: true, documentId: true, version: true, kind: true, at: true })
  .extend({ reasons: z.array(z.enum(refusalReasons)).min(1) })

const minuteOfDay = z.int().min(0).max(1440)
const policy = z.strictObject({
  sendsPerMonth: z.int().default(firstPolicy.sendsPerMonth),
  quietFrom: minuteOfDay.default(firstPolicy.quietFrom),
  quietUntil: minuteOfDay.default(firstPolicy.quietUntil),
  sameItemDays: z.int().default(firstPolicy.sameItemDays),
  askAgainDays: z.int().default(firstPolicy.askAgainDays),
  ticketSeconds: z.int().default(firstPolicy.ticketSeconds),
  unknownAfterSeconds: z.int().default(firstPolicy.unknownAfterSeconds),
  employmentProofMinutes: z.int().default(firstPolicy.employmentProofMinutes),
  contactProofHours: z.int().default(firstPolicy.contactProofHours),
  consentDays: z.nullable(z.int()).default(firstPolicy.consentDays),
  matchReview: z.enum(['off', 'weak', 'always']).default('off'),
  market: text.default(firstPolicy.market),
})

const named = z.object({ code, name: text, nameEn: text })

/** What the server needs of world.json; the rest of the file is the simulator's own. */
const world = z.object({
  fingerprint: code,
  company: z.object({
    name: text,
    nameEn: text,
    safetyPhone: text,
    safetyEmail: text,
    privacyEmail: text.default('privacy@example.com'),
  }),
  products: z.array(named),
  specialties: z.array(named).default([]),
  territories: z.array(named).default([]),
  repGroups: z.array(named.extend({ reps: z.array(code) })).default([]),
  hospitals: z.array(named.extend({ city: text, level: text, aliases: z.array(text) })),
  people: z.array(person),
  accounts: z.array(account),
  contacts: z.array(contact),
  consentTexts: z.array(consentText),
  consents: z.array(consent),
  content: z.array(piece),
  pastSends: z.array(pastSend),
  pastRefusals: z.array(pastRefusal),
  /** Settings that differ from the defaults of design.md section 7. */
  policy,
  asks: z.array(z.object({ externalUserId: code, rep: code, documentId: code, at: when })),
  favourites: z.array(z.object({ rep: code, documentId: code })),
})
export type World = z.output<typeof world>
export type WorldPiece = z.output<typeof piece>
export type WorldSend = z.output<typeof pastSend>
export type WorldRefusal = z.output<typeof pastRefusal>
export type WorldFile = z.output<typeof builtFile>

/** Throws with every fault and where it lies. */
export function parseWorld(json: string): World {
  const parsed = world.safeParse(JSON.parse(json))
  if (parsed.success) return parsed.data
  throw new Error(`This is no demo world:\n${z.prettifyError(parsed.error)}`, { cause: parsed.error })
}
