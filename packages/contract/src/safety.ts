import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { id, requestId } from './shapes.ts'

const why = z.string().check(z.trim(), z.minLength(3), z.maxLength(300))
const cursor = z._default(z.nullable(z.string().check(z.maxLength(200))), null)
const date = z.coerce.date()
const seriousness = z.enum(['serious', 'not_serious', 'unknown'])
const done = z.object({ outcome: z.literal('done') })

const row = z.object({
  reportId: z.string(),
  /** What the reporter was given. */
  receipt: z.string(),
  awareAt: date,
  seriousness,
  product: z.string(),
  owner: z.nullable(z.string()),
  viewedAt: z.nullable(date),
  acknowledgedAt: z.nullable(date),
  /** The clock: when it must be acknowledged, and when the authority must be told at the latest. */
  acknowledgeBy: date,
  reportBy: date,
})
export type SafetyRow = z.output<typeof row>

/** Reports of adverse reactions; the open ones oldest first, all of them newest first. */
export const listSafetyReports = endpoint({
  method: 'POST',
  path: '/api/console/safety/list',
  caller: 'console',
  input: z.strictObject({ show: z._default(z.enum(['open', 'all']), 'open'), cursor }),
  output: z.object({ rows: z.array(row), next: z.nullable(z.string()), now: date }),
})

/** One report in full. The first look is a step of its own; every look is on record. */
export const loadSafetyReport = endpoint({
  method: 'POST',
  path: '/api/console/safety/report',
  caller: 'console',
  input: z.strictObject({ reportId: id }),
  output: z.extend(row, {
    happened: z.string(),
    occurred: z.string(),
    contact: z.string(),
    language: z.string(),
    identity: z.enum(['addressee', 'contact', 'none']),
    /** Who reported, when they were recognised and did not ask to stay unnamed. */
    reporter: z.nullable(z.object({ name: z.string(), hospital: z.string(), department: z.string() })),
    /** The piece whose page it came from, and the rep who had sent it. */
    piece: z.nullable(z.object({ contentItemId: z.string(), title: z.string(), version: z.number(), rep: z.string() })),
    steps: z.array(
      z.object({
        step: z.enum(['viewed', 'acknowledged', 'handed_over', 'reminded', 'escalated']),
        at: date,
        by: z.nullable(z.string()),
        to: z.nullable(z.string()),
        reason: z.string(),
      }),
    ),
    may: z.array(z.enum(['acknowledge', 'hand_over'])),
    now: date,
  }),
})
export type SafetyReport = z.output<typeof loadSafetyReport.output>

/** Stops the first clock. Done twice it is done once. */
export const acknowledgeSafety = endpoint({
  method: 'POST',
  path: '/api/console/safety/acknowledgements',
  caller: 'console',
  input: z.strictObject({ reportId: id }),
  output: done,
})

/** Gives a report into other hands, who are told. The clock goes on. */
export const handOverSafety = endpoint({
  method: 'POST',
  path: '/api/console/safety/hand-overs',
  caller: 'console',
  input: z.strictObject({ requestId, reportId: id, toPerson: id, reason: why }),
  output: done,
})

/** Who is told first and how long the authority's clock runs; and who could be. */
export const safetyRule = endpoint({
  method: 'POST',
  path: '/api/console/safety/rule',
  caller: 'console',
  input: z.strictObject({}),
  output: z.object({
    ownerId: z.nullable(z.string()),
    seriousDays: z.number(),
    otherDays: z.number(),
    people: z.array(z.object({ personId: z.string(), name: z.string() })),
    mayChange: z.boolean(),
  }),
})

const days = z.int().check(z.minimum(1), z.maximum(90))

/** Changed by a compliance officer, with a reason. */
export const saveSafetyRule = endpoint({
  method: 'POST',
  path: '/api/console/safety/rule-changes',
  caller: 'console',
  input: z.strictObject({ ownerId: z.nullable(id), seriousDays: days, otherDays: days, reason: why }),
  output: done,
})
