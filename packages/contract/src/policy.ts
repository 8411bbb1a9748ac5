import type { RefusalReason } from '@vouch/rules'
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { id, messageKind, requestId } from './shapes.ts'

const date = z.coerce.date()
const reason = z.string().check(z.trim(), z.minLength(3), z.maxLength(300))
const cursor = z._default(z.nullable(z.string().check(z.maxLength(60))), null)
const whole = (from: number, to: number) => z.int().check(z.minimum(from), z.maximum(to))
const minuteOfDay = whole(0, 1_439)

/** Every setting, with the bounds within which the company can still work. Minutes of a day are Shanghai's. */
const settings = {
  sendsPerMonth: whole(1, 100),
  /** Equal borders mean no quiet hours. */
  quietFrom: minuteOfDay,
  quietUntil: minuteOfDay,
  sameItemDays: whole(0, 90),
  askAgainDays: whole(1, 365),
  consentDays: z.nullable(whole(30, 3_650)),
  disclaimerMode: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  matchReview: z.enum(['off', 'weak', 'always']),
  employmentProofMinutes: whole(5, 1_440),
  contactProofHours: whole(1, 168),
  vaultProofMinutes: z.nullable(whole(15, 10_080)),
  ticketSeconds: whole(30, 600),
  unknownAfterSeconds: whole(60, 86_400),
  signInEveryTime: z.boolean(),
  market: z.string().check(z.regex(/^[\w-]{1,20}$/)),
}
const settingsShape = z.object(settings)
export type PolicySettings = z.output<typeof settingsShape>
export type PolicySetting = keyof PolicySettings
export const policySettings = Object.keys(settings) as PolicySetting[] // its own keys
/** The bounds, for whoever reads settings elsewhere. */
export const policyShape = settingsShape

const refusalReason = z.custom<RefusalReason>((value) => typeof value === 'string')

const tally = z.array(z.object({ reason: refusalReason, count: z.number() }))
/** How many sends of the last 90 days, by what was decided then and what these settings would have decided. */
const counts = z.object({
  stillSent: z.number(),
  stillRefused: z.number(),
  blocked: z.number(),
  allowed: z.number(),
  unknown: z.number(),
  /** Reasons of the blocked, of the allowed as they were then, and what the unknown hang on. */
  blockedBy: tally,
  allowedFrom: tally,
  unknownAbout: tally,
})
export type PreviewCounts = z.output<typeof counts>

const preview = z.object({
  previewId: z.string(),
  stage: z.enum(['running', 'done']),
  fromAt: date,
  untilAt: date,
  doctors: z.number(),
  doctorsDone: z.number(),
  counts,
  settings: settingsShape,
})
export type PolicyPreview = z.output<typeof preview>

const change = z.object({
  changeId: z.string(),
  baseVersion: z.number(),
  settings: settingsShape,
  /** Null: from the moment it is approved. */
  holdsFrom: z.nullable(date),
  reason: z.string(),
  proposedBy: z.string(),
  proposedAt: date,
  mine: z.boolean(),
  previewId: z.nullable(z.string()),
})
export type PolicyChange = z.output<typeof change>

const version = z.object({
  version: z.number(),
  life: z.enum(['scheduled', 'in_force', 'ended']),
  holdsFrom: date,
  /** When a newer one took its place. */
  heldUntil: z.nullable(date),
  reason: z.string(),
  /** Empty for the version that came with the installation. */
  proposedBy: z.string(),
  approvedBy: z.string(),
  differences: z.array(z.object({ setting: z.string(), before: z.string(), after: z.string() })),
})
export type PolicyVersion = z.output<typeof version>

/** The policy in force, the one that is to come, and the change somebody still has to decide. */
export const loadPolicy = endpoint({
  method: 'POST',
  path: '/api/console/policy',
  caller: 'console',
  input: z.strictObject({}),
  output: z.object({
    now: date,
    inForce: z.object({ version: z.number(), holdsFrom: date, settings: settingsShape }),
    /** The newest that does not hold yet. */
    scheduled: z.nullable(z.object({ version: z.number(), holdsFrom: date, settings: settingsShape })),
    change: z.nullable(change),
    mayPropose: z.boolean(),
    mayDecide: z.boolean(),
    /** Market codes that content has. */
    markets: z.array(z.string()),
  }),
})
export type PolicyPage = z.output<typeof loadPolicy.output>

/** All versions, newest first, each with what it changed. */
export const listPolicyVersions = endpoint({
  method: 'POST',
  path: '/api/console/policy/versions',
  caller: 'console',
  input: z.strictObject({ cursor }),
  output: z.object({ rows: z.array(version), next: z.nullable(z.string()) }),
})

/** Has counted, in the background, what these settings would have blocked and allowed in the last 90 days. */
export const previewPolicy = endpoint({
  method: 'POST',
  path: '/api/console/policy/previews',
  caller: 'console',
  input: z.strictObject({ requestId, ...settings }),
  output: z.object({ previewId: z.string() }),
})

export const lookAtPolicyPreview = endpoint({
  method: 'POST',
  path: '/api/console/policy/previews/look',
  caller: 'console',
  input: z.strictObject({ previewId: id }),
  output: preview,
})

const example = z.object({
  sendId: z.string(),
  at: date,
  doctor: z.string(),
  hospital: z.string(),
  rep: z.string(),
  title: z.string(),
  kind: messageKind,
  /** Why it would be blocked, or why it was. */
  reasons: z.array(refusalReason),
})
export type PreviewExample = z.output<typeof example>

/** Some of the sends that the settings would have decided otherwise, newest first. Looking is on record. */
export const listPreviewExamples = endpoint({
  method: 'POST',
  path: '/api/console/policy/previews/examples',
  caller: 'console',
  input: z.strictObject({ previewId: id, effect: z.enum(['blocked', 'allowed', 'unknown']) }),
  output: z.object({ rows: z.array(example), of: z.number() }),
})

const policyRefusals = [
  'nothing_changed',
  'newer_version',
  'another_open',
  'too_early',
  'own_change',
  'needs_officer',
  'already_decided',
  'asker_lost_right',
] as const
const refused = z.object({ outcome: z.literal('refused'), reasons: z.array(z.enum(policyRefusals)) })
export type PolicyRefusal = (typeof policyRefusals)[number]

/** Asks for a change. `baseVersion` is the version the settings were changed from; it must still be the newest. */
export const proposePolicy = endpoint({
  method: 'POST',
  path: '/api/console/policy/changes',
  caller: 'console',
  input: z.strictObject({
    requestId,
    baseVersion: whole(1, 1_000_000),
    ...settings,
    holdsFrom: z.nullable(z.iso.datetime().check(z.regex(/^20/))),
    reason,
  }),
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('proposed'), changeId: z.string(), previewId: z.string() }),
    refused,
  ]),
})

/** A second person approves or declines; whoever asked may take it back. Approved, it is the next version. */
export const decidePolicyChange = endpoint({
  method: 'POST',
  path: '/api/console/policy/decisions',
  caller: 'console',
  input: z.strictObject({
    changeId: id,
    decision: z.enum(['approved', 'declined', 'taken_back']),
    reason: z.string().check(z.trim(), z.maxLength(300)),
  }),
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('done'), version: z.nullable(z.number()), holdsFrom: z.nullable(date) }),
    refused,
  ]),
})
