import * as z from 'zod/mini'
import { endpoint } from '../endpoint.ts'
import { id, requestId } from '../shapes.ts'
import { cursor, date } from './shapes.ts'

const imported = z.object({
  importId: z.string(),
  fileName: z.string(),
  /** `checked`: looked at and nothing written; waits for a second person. */
  stage: z.enum(['checking', 'checked', 'writing', 'done', 'failed']),
  problem: z.string(),
  about: z.string(),
  rowCount: z.nullable(z.number()),
  rowsDone: z.number(),
  rowsNew: z.number(),
  rowsUnchanged: z.number(),
  /** A yes without evidence: kept as a claim. */
  rowsClaimed: z.number(),
  rowsFailed: z.number(),
  by: z.string(),
  createdAt: date,
  releasedBy: z.string(),
  releasedAt: z.nullable(date),
  doneAt: z.nullable(date),
  /** This person may have it written: they did not bring it in. */
  mayRelease: z.boolean(),
})
export type ConsentImport = z.output<typeof imported>

/** Earlier consents from a list, newest first. */
export const listConsentImports = endpoint({
  method: 'POST',
  path: '/api/console/consents/imports',
  caller: 'console',
  input: z.strictObject({ cursor }),
  output: z.object({ rows: z.array(imported), next: z.nullable(z.string()), mayStart: z.boolean() }),
})

/** Has an uploaded list looked at. Nothing is written before a second person releases it. */
export const startConsentImport = endpoint({
  method: 'POST',
  path: '/api/console/consents/imports/starts',
  caller: 'console',
  input: z.strictObject({ requestId, uploadId: id }),
  output: z.object({ importId: z.string() }),
})

export const releaseConsentImport = endpoint({
  method: 'POST',
  path: '/api/console/consents/imports/releases',
  caller: 'console',
  input: z.strictObject({ importId: id }),
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('released') }),
    z.object({ outcome: z.literal('refused'), reasons: z.array(z.enum(['own_entry', 'not_checked'])) }),
  ]),
})
