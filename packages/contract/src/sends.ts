import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { listOrders } from './orders.ts'
import * as s from './shapes.ts'

const day = z.union([z.literal(''), z.iso.date().check(z.regex(/^20/))])
const maybeId = z.union([z.literal(''), s.id])
const code = z.string().check(z.maxLength(40), z.regex(/^[\w-]*$/))
const version = z.int().check(z.gte(0), z.lte(1_000_000))
const cursor = z._default(z.nullable(z.string().check(z.maxLength(60))), null)

/** What a send came to: its verdict, or that it was refused. */
export const sendOutcomes = [
  ...['REFUSED', 'OPEN', 'SENT_PROVEN', 'SENT_OPENED', 'SENT_CLIENT', 'SENT_ADJUDICATED', 'SENT_RECALLED'],
  ...['UNKNOWN', 'UNKNOWN_ATTESTED_SENT', 'UNKNOWN_ATTESTED_NOT', 'CONFLICT', 'SENT_DISPUTED'],
  ...['CANCELLED', 'FAILED', 'NOT_SENT_PROVEN', 'NOT_SENT_ADJUDICATED'],
] as const

const filter = {
  /** Part of the doctor's name, also in pinyin, or of the title of a piece. */
  query: z._default(z.string().check(z.maxLength(60)), ''),
  show: z._default(z.enum(['all', 'sent', 'unknown', 'refused']), 'all'),
  doctor: z._default(maybeId, ''),
  rep: z._default(maybeId, ''),
  piece: z._default(maybeId, ''),
  product: z._default(code, ''),
  hospital: z._default(maybeId, ''),
  /** One of `sendOutcomes`. */
  outcome: z._default(z.string().check(z.maxLength(24), z.regex(/^[A-Z_]*$/)), ''),
  /** A reason of refusal. */
  reason: z._default(z.string().check(z.maxLength(40), z.regex(/^[a-z_]*$/)), ''),
  /** Shanghai days, both included. */
  from: z._default(day, ''),
  until: z._default(day, ''),
  /** The version of the consent text that the newest word of the doctor was about; 0: whichever. */
  consentVersion: z._default(version, 0),
  policyVersion: z._default(version, 0),
  order: z._default(z.enum(listOrders.sends), listOrders.sends[0]),
}

const row = z.object({
  ...s.sendRecord.shape,
  accountId: z.nullable(z.string()),
  rep: z.string(),
  hospital: z.string(),
  policyVersion: z.number(),
  consentVersion: z.nullable(z.number()),
})

/** Every attempt, also refused ones, under a filter, by keyset. A manager sees their own territories. Looking is on record. */
export const listSends = endpoint({
  method: 'POST',
  path: '/api/console/sends',
  caller: 'console',
  input: z.strictObject({ ...filter, cursor }),
  output: z.object({
    sends: z.array(row),
    next: z.nullable(z.string()),
    /** Records are still being put in order: what was known after this moment may be missing. */
    completeUntil: z.nullable(z.coerce.date()),
    /** The territories this person sees; null: all. */
    own: z.nullable(z.array(z.string())),
  }),
})

const choice = z.object({ id: z.string(), label: z.string(), aside: z.string() })
export type SendChoice = z.output<typeof choice>

/** Doctors, reps, pieces or hospitals to filter by, by a few letters, or what an id in an address is called. */
export const findSendChoices = endpoint({
  method: 'POST',
  path: '/api/console/sends/choices',
  caller: 'console',
  input: z.strictObject({
    of: z.enum(['doctor', 'rep', 'piece', 'hospital']),
    query: z._default(z.string().check(z.maxLength(60)), ''),
    id: z._default(maybeId, ''),
  }),
  output: z.object({ choices: z.array(choice) }),
})

/** Products and versions to filter by, which are few. */
export const sendFilters = endpoint({
  method: 'POST',
  path: '/api/console/sends/filters',
  caller: 'console',
  input: z.strictObject({}),
  output: z.object({
    products: z.array(z.object({ code: z.string(), name: z.string(), nameEn: z.string() })),
    consentVersions: z.array(z.number()),
    policyVersions: z.array(z.number()),
  }),
})

/**
 * The list under its filter as a table, written while it is read, however long it is. Who takes it, what for and what it
 * holds is on record before its first row leaves; it begins with the same.
 */
export const exportSends = endpoint({
  method: 'POST',
  path: '/api/console/sends/exports',
  caller: 'console',
  input: z.strictObject({
    ...filter,
    language: z.enum(['zh', 'en']),
    why: z.string().check(z.trim(), z.minLength(2), z.maxLength(300)),
  }),
  output: z.string(),
})

const named = z.object({ personId: z.nullable(z.string()), name: z.string() })

/** One send as it was weighed, what it was about, what the doctor had said, and what became of it. Looking is on record. */
export const loadSend = endpoint({
  method: 'POST',
  path: '/api/console/sends/look',
  caller: 'console',
  input: z.strictObject({ sendId: s.id }),
  output: z.object({
    send: row,
    requestId: z.string(),
    doctor: z.nullable(
      z.object({
        accountId: z.string(),
        name: z.string(),
        title: z.string(),
        hospital: z.string(),
        territory: z.string(),
      }),
    ),
    /** The record that stands for the doctor since a merge. */
    mergedInto: z.nullable(z.object({ accountId: z.string(), name: z.string(), at: z.nullable(z.coerce.date()) })),
    facts: z.array(
      z.object({
        ...{ kind: z.string(), at: z.coerce.date(), clientAt: z.nullable(z.coerce.date()), late: z.boolean() },
        ...{ author: z.string(), code: z.string() },
      }),
    ),
    /** The values that were weighed, by their path, as they were kept. */
    weighed: z.array(z.object({ name: z.string(), value: z.string() })),
    policy: z.nullable(
      z.object({
        version: z.number(),
        holdsFrom: z.coerce.date(),
        rules: z.array(z.object({ name: z.string(), value: z.string() })),
      }),
    ),
    /** The doctor's newest word on receiving at that moment. */
    consent: z.nullable(
      z.object({
        ...{ consentId: z.nullable(z.string()), statement: z.string(), textVersion: z.number(), textTitle: z.string() },
        ...{ language: z.string(), channel: z.string(), identity: z.string(), statedAt: z.coerce.date() },
        textHash: z.string(),
      }),
    ),
    piece: z.object({
      ...{ contentItemId: z.string(), title: z.string(), version: z.number(), approvalNumber: z.string() },
      ...{
        fileHash: z.nullable(z.string()),
        effectiveAt: z.nullable(z.coerce.date()),
        expiresAt: z.nullable(z.coerce.date()),
      },
      /** What the chat showed; null where the message has no card. */
      card: z.nullable(z.object({ title: z.string(), text: z.string(), picture: z.nullable(z.string()) })),
      approvals: z.array(z.object({ step: z.string(), by: z.string(), at: z.coerce.date(), signedHash: z.string() })),
    }),
    messageDigest: z.nullable(z.string()),
    revoked: z.nullable(z.object({ ...named.shape, at: z.coerce.date() })),
    mayRevoke: z.boolean(),
  }),
})
export type SendDetail = z.output<typeof loadSend.output>

/** Compliance takes a link back, whoever sent it; on every instance from then on. */
export const revokeSendLink = endpoint({
  method: 'POST',
  path: '/api/console/sends/revocations',
  caller: 'console',
  input: z.strictObject({ sendId: s.id, reason: z.string().check(z.trim(), z.minLength(2), z.maxLength(300)) }),
  output: z.object({ done: z.literal(true) }),
})
