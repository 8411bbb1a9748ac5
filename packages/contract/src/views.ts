import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { id } from './shapes.ts'

const dressed = ['order', 'hide'] as const
/**
 * What a view of each list keeps, as it stands in the address: choices, days, order and columns. Never what was searched for
 * and never a single doctor: a view has no owner who could ask for it to be erased.
 */
export const viewFields = {
  content: ['show', 'product', 'kind', ...dressed],
  accounts: ['show', 'verified', 'contact', 'territory', ...dressed],
  consents: ['show', 'purpose', 'standing', 'channel', 'version', ...dressed],
  sends: [
    ...(['show', 'rep', 'piece', 'product', 'hospital', 'from', 'until', 'outcome', 'reason'] as const),
    ...(['consentVersion', 'policyVersion', ...dressed] as const),
  ],
  audit: ['event', 'from', 'until', ...dressed],
  people: ['show', 'role', 'waiting', ...dressed],
  quarantine: ['show', 'reason', ...dressed],
  reports: ['report', 'by', 'period', 'from', 'until', 'product', 'territory', ...dressed],
} as const
const viewLists = Object.keys(viewFields) as (keyof typeof viewFields)[] // its own keys
export type ViewList = (typeof viewLists)[number]
export const mostViews = 20
export const longestViewName = 30

const list = z.enum(viewLists)
const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(longestViewName))
/** The fields and their values, as an address writes them after its `?`. */
const asks = z.string().check(z.maxLength(900), z.regex(/^[\w*.%+&=-]*$/))

const view = z.object({ viewId: z.string(), name: z.string(), asks: z.string() })
export type SavedView = z.output<typeof view>

const answer = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('saved'), viewId: z.string() }),
  z.object({ outcome: z.literal('refused'), reason: z.enum(['name_taken', 'too_many']) }),
])
export type ViewAnswer = z.output<typeof answer>

/** One’s own views of a list, by name. */
export const listViews = endpoint({
  method: 'POST',
  path: '/api/console/views',
  caller: 'console',
  input: z.strictObject({ list }),
  output: z.object({ views: z.array(view) }),
})

/** Keeps a view under a name; another of that name is replaced only where `over` says so. Asked twice it is there once. */
export const saveView = endpoint({
  method: 'POST',
  path: '/api/console/views/saves',
  caller: 'console',
  input: z.strictObject({ list, name, asks, over: z.boolean() }),
  output: answer,
})

/** Calls a view of one’s own otherwise. */
export const renameView = endpoint({
  method: 'POST',
  path: '/api/console/views/names',
  caller: 'console',
  input: z.strictObject({ viewId: id, name }),
  output: answer,
})

/** Removes a view of one’s own; whatever else the id may be of stays. */
export const removeView = endpoint({
  method: 'POST',
  path: '/api/console/views/removals',
  caller: 'console',
  input: z.strictObject({ viewId: id }),
  output: z.object({ done: z.literal(true) }),
})
