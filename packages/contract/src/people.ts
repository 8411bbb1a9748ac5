import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { listOrders } from './orders.ts'
import { change, named, role, step } from './people-rights.ts'
import { id } from './shapes.ts'

export { decideRole, entitleRep, listRoleChanges, proposeRole, reviewRoles, takeRole } from './people-rights.ts'

const date = z.coerce.date()
const userId = z.string().check(z.trim(), z.minLength(1), z.maxLength(64), z.regex(/^[\w\-.@]+$/))

const filter = {
  /** Part of a name, of how it sounds, or of a WeCom user id. */
  query: z._default(z.string().check(z.maxLength(60)), ''),
  role: z._default(z.union([z.literal(''), z.literal('none'), role]), ''),
  show: z._default(z.enum(['active', 'left', 'all']), 'active'),
  /** Only people for whom a role was asked and not decided. */
  waiting: z._default(z.enum(['', 'yes']), ''),
  order: z._default(z.enum(listOrders.people), listOrders.people[0]),
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
