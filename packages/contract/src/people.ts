import type { Role, RoleRefusal } from '@vouch/rules'
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { id, requestId } from './shapes.ts'

const date = z.coerce.date()
const reason = z.string().check(z.trim(), z.minLength(3), z.maxLength(300))
const code = z.string().check(z.minLength(1), z.maxLength(40), z.regex(/^[\w.-]+$/))
const codes = z.array(code).check(z.maxLength(50))
const userId = z.string().check(z.trim(), z.minLength(1), z.maxLength(64), z.regex(/^[\w\-.@]+$/))
const named = z.object({ code: z.string(), name: z.string(), nameEn: z.string() })

/** Every role, in the order in which they are shown. */
export const roleNames = [
  'rep',
  'author',
  'medical',
  'legal',
  'compliance',
  'compliance_officer',
  'manager',
  'auditor',
  'system_admin',
  'security_admin',
] as const satisfies readonly Role[]
const role = z.enum(roleNames)

const filter = {
  /** Part of a name, of how it sounds, or of a WeCom user id. */
  query: z._default(z.string().check(z.maxLength(60)), ''),
  role: z._default(z.union([z.literal(''), z.literal('none'), role]), ''),
  show: z._default(z.enum(['active', 'left', 'all']), 'active'),
  /** Only people for whom a role was asked and not decided. */
  waiting: z._default(z.enum(['', 'yes']), ''),
}

const person = z.object({
  personId: z.string(),
  name: z.string(),
  nameEn: z.string(),
  wecomUserId: z.string(),
  /** Came with the set-up and is no member of WeCom. */
  local: z.boolean(),
  status: z.enum(['active', 'left']),
  leftAt: z.nullable(date),
  roles: z.array(z.object({ role: z.string(), until: z.nullable(date) })),
  filingNumber: z.nullable(z.string()),
  filedUntil: z.nullable(date),
  employmentProvedAt: z.nullable(date),
  signedInAt: z.nullable(date),
  reviewedAt: z.nullable(date),
  waiting: z.number(),
})
export type PersonRow = z.output<typeof person>

const change = z.object({
  changeId: z.string(),
  personId: z.string(),
  person: z.string(),
  role: z.string(),
  until: z.nullable(date),
  territories: z.array(z.string()),
  reason: z.string(),
  askedBy: z.string(),
  askedAt: date,
  mine: z.boolean(),
  mayDecide: z.boolean(),
})
export type RoleChange = z.output<typeof change>

/** Everybody known, by the sound of their names. Looking is on record. */
export const listPeople = endpoint({
  method: 'POST',
  path: '/api/console/people',
  caller: 'console',
  input: z.strictObject({ ...filter, cursor: z._default(z.nullable(z.string().check(z.maxLength(60))), null) }),
  output: z.object({
    rows: z.array(person),
    next: z.nullable(z.string()),
    mayAdd: z.boolean(),
    mayGrant: z.boolean(),
    /** How many could grant roles or be the second person; below two, somebody has to be named. */
    granters: z.number(),
  }),
})

/** Roles that were asked for and wait for a second person, the oldest first. */
export const listRoleChanges = endpoint({
  method: 'POST',
  path: '/api/console/people/roles/changes/waiting',
  caller: 'console',
  input: z.strictObject({}),
  output: z.object({ rows: z.array(change), territories: z.array(named) }),
})

const step = z.object({
  at: date,
  what: z.enum(['granted', 'taken', 'left', 'reviewed']),
  role: z.string(),
  until: z.nullable(date),
  territories: z.array(z.string()),
  /** Who asked, and who approved or acted. Empty: the system, or the set-up. */
  askedBy: z.string(),
  decidedBy: z.string(),
  reason: z.string(),
})
export type RoleStep = z.output<typeof step>

const holding = z.object({
  role: z.string(),
  /** Null: before grants were kept. */
  since: z.nullable(date),
  until: z.nullable(date),
  askedBy: z.string(),
  approvedBy: z.string(),
  mayTake: z.boolean(),
})

/** One person: what they may do and why, what they sell and where, and how it came to be. */
export const loadPerson = endpoint({
  method: 'POST',
  path: '/api/console/people/detail',
  caller: 'console',
  input: z.strictObject({ personId: id }),
  output: z.object({
    ...person.shape,
    holdings: z.array(holding),
    changes: z.array(change),
    history: z.array(step),
    products: z.array(z.string()),
    territories: z.array(z.string()),
    groups: z.array(z.string()),
    /** What a manager looks at. */
    managed: z.array(z.string()),
    /** Of products, territories, groups and filing as they stand; given back when they are changed. */
    mark: z.string(),
    mayGrant: z.boolean(),
    mayEntitle: z.boolean(),
    mayReview: z.boolean(),
    choices: z.object({ products: z.array(named), territories: z.array(named), groups: z.array(named) }),
  }),
})
export type PersonDetail = z.output<typeof loadPerson.output>

/** What the rule says, and what only the records know. */
const refusalReason = z.custom<RoleRefusal | 'already_decided' | 'another_open' | 'unknown_territory'>(
  (value) => typeof value === 'string',
)
export type WireRoleRefusal = z.output<typeof refusalReason>
const refused = z.object({ outcome: z.literal('refused'), reasons: z.array(refusalReason) })

/** Asks for a role for somebody else; another person approves. While nobody could, it may come into force at once. */
export const proposeRole = endpoint({
  method: 'POST',
  path: '/api/console/people/roles/changes',
  caller: 'console',
  input: z.strictObject({
    requestId,
    personId: id,
    role,
    until: z.nullable(z.iso.datetime().check(z.regex(/^20/))),
    /** What a manager is to look at; other roles have none. */
    territories: codes,
    reason,
  }),
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('proposed'), changeId: z.string(), inForce: z.boolean() }),
    refused,
  ]),
})

/** A second person approves or declines; whoever asked may take it back. */
export const decideRole = endpoint({
  method: 'POST',
  path: '/api/console/people/roles/decisions',
  caller: 'console',
  input: z.strictObject({
    changeId: id,
    decision: z.enum(['approved', 'declined', 'taken_back']),
    reason: z.string().check(z.trim(), z.maxLength(300)),
  }),
  output: z.discriminatedUnion('outcome', [z.object({ outcome: z.literal('done') }), refused]),
})

/** Takes a role away, at once and by one person. */
export const takeRole = endpoint({
  method: 'POST',
  path: '/api/console/people/roles/takings',
  caller: 'console',
  input: z.strictObject({ personId: id, role, reason }),
  output: z.discriminatedUnion('outcome', [z.object({ outcome: z.literal('done') }), refused]),
})

/** Says that somebody's roles were looked through and are still right; `roles` are those that were seen. */
export const reviewRoles = endpoint({
  method: 'POST',
  path: '/api/console/people/reviews',
  caller: 'console',
  input: z.strictObject({ personId: id, roles: z.array(role).check(z.maxLength(20)), reason }),
  output: z.object({ reviewedAt: date }),
})

/** What a rep may send and where: products, territories, groups and the filing with the authority. */
export const entitleRep = endpoint({
  method: 'POST',
  path: '/api/console/people/entitlements',
  caller: 'console',
  input: z.strictObject({
    personId: id,
    mark: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    products: codes,
    territories: codes,
    groups: codes,
    /** Empty: not filed. */
    filingNumber: z.string().check(z.trim(), z.maxLength(60)),
    filedUntil: z.nullable(z.iso.datetime().check(z.regex(/^20/))),
    reason,
  }),
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('done'), mark: z.string() }),
    z.object({
      outcome: z.literal('refused'),
      reasons: z.array(z.enum(['unknown_product', 'unknown_territory', 'unknown_group', 'nothing_changed'])),
    }),
  ]),
})

/** Members of WeCom in the app's range with the contact feature who are not known here yet. */
export const listNewcomers = endpoint({
  method: 'POST',
  path: '/api/console/people/newcomers',
  caller: 'console',
  input: z.strictObject({}),
  output: z.object({ userIds: z.array(z.string()) }),
})

/** Adds colleagues by their WeCom user ids; their names are read from WeCom. They may do nothing before a role is granted. */
export const addPeople = endpoint({
  method: 'POST',
  path: '/api/console/people/additions',
  caller: 'console',
  input: z.strictObject({ userIds: z.array(userId).check(z.minLength(1), z.maxLength(50)) }),
  output: z.object({
    rows: z.array(
      z.object({
        userId: z.string(),
        outcome: z.enum(['added', 'back', 'known', 'unknown_to_wecom', 'not_employed', 'out_of_range']),
        personId: z.nullable(z.string()),
        name: z.string(),
      }),
    ),
  }),
})
export type AddedPerson = z.output<typeof addPeople.output>['rows'][number]

/** Who had which role when, under the filter of the list, as a table; who took it is on record. */
export const exportAccess = endpoint({
  method: 'POST',
  path: '/api/console/people/exports',
  caller: 'console',
  input: z.strictObject({ ...filter, language: z.enum(['zh', 'en']) }),
  output: z.object({ csv: z.string(), rows: z.number(), cut: z.boolean() }),
})
