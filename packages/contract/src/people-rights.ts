import type { Role, RoleRefusal, SecondPersonRefusal } from '@vouch/rules'
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { id, requestId } from './shapes.ts'

const date = z.coerce.date()
const reason = z.string().check(z.trim(), z.minLength(3), z.maxLength(300))
const code = z.string().check(z.minLength(1), z.maxLength(40), z.regex(/^[\w.-]+$/))
const codes = z.array(code).check(z.maxLength(50))
export const named = z.object({ code: z.string(), name: z.string(), nameEn: z.string() })

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
export const role = z.enum(roleNames)

export const change = z.object({
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

export const step = z.object({
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

/** Roles that were asked for and wait for a second person, the oldest first. */
export const listRoleChanges = endpoint({
  method: 'POST',
  path: '/api/console/people/roles/changes/waiting',
  caller: 'console',
  input: z.strictObject({}),
  output: z.object({ rows: z.array(change), territories: z.array(named) }),
})

/** What the rule says, and what only the records know. */
const refusalReason = z.custom<RoleRefusal | SecondPersonRefusal | 'another_open' | 'unknown_territory'>(
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
