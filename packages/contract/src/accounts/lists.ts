import * as z from 'zod/mini'
import { endpoint } from '../endpoint.ts'
import { listOrders } from '../orders.ts'
import { brief, cursor, line, verifiedSource } from './shapes.ts'

const filter = {
  show: z._default(z.enum(['active', 'inactive', 'merged', 'all']), 'active'),
  verified: z._default(z.enum(['', 'yes', 'no']), ''),
  /** Whether somebody has them as a contact in WeCom. */
  contact: z._default(z.enum(['', 'yes', 'no']), ''),
  territory: z._default(line(40), ''),
  query: z._default(z.string().check(z.maxLength(60)), ''),
  order: z._default(z.enum(listOrders.accounts), listOrders.accounts[0]),
}

const accountRow = z.object({
  ...brief,
  verifiedSource: z.nullable(verifiedSource),
  /** The account that stands for this one since a merge. */
  mergedInto: z.nullable(z.string()),
  /** Relations in WeCom that go on. */
  contacts: z.number(),
  /** Accounts that may be the same doctor and that nobody has looked at. */
  duplicates: z.number(),
})
export type AccountRow = z.output<typeof accountRow>

/** Doctors in the order of how their names sound, by keyset. A manager sees their own territories. Looking is on record. */
export const listAccounts = endpoint({
  method: 'POST',
  path: '/api/console/accounts',
  caller: 'console',
  input: z.strictObject({ ...filter, cursor }),
  output: z.object({
    rows: z.array(accountRow),
    next: z.nullable(z.string()),
    /** All there are to choose from. */
    territories: z.array(z.object({ code: z.string(), name: z.string(), nameEn: z.string() })),
    /** The only ones this person sees; null: all. */
    own: z.nullable(z.array(z.string())),
    mayWrite: z.boolean(),
  }),
})

/** The same rows in the same order as a table; `cut` when there are more than it holds. */
export const exportAccounts = endpoint({
  method: 'POST',
  path: '/api/console/accounts/export',
  caller: 'console',
  input: z.strictObject({ ...filter, language: z.enum(['zh', 'en']) }),
  output: z.object({ csv: z.string(), rows: z.number(), cut: z.boolean() }),
})
