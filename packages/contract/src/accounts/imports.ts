import * as z from 'zod/mini'
import { endpoint } from '../endpoint.ts'
import { id, requestId } from '../shapes.ts'
import { cursor, date } from './shapes.ts'

const imported = z.object({
  importId: z.string(),
  fileName: z.string(),
  /** `checked`: looked at and nothing written. */
  stage: z.enum(['checking', 'checked', 'writing', 'done', 'failed', 'cancelled']),
  problem: z.string(),
  about: z.string(),
  rowCount: z.nullable(z.number()),
  rowsDone: z.number(),
  rowsNew: z.number(),
  rowsChanged: z.number(),
  rowsUnchanged: z.number(),
  rowsFailed: z.number(),
  /** Rows of which something was left as it is; counted besides. */
  rowsKept: z.number(),
  by: z.string(),
  createdAt: date,
  releasedBy: z.string(),
  releasedAt: z.nullable(date),
  doneAt: z.nullable(date),
  mayWrite: z.boolean(),
  mayCancel: z.boolean(),
})
export type AccountImport = z.output<typeof imported>

export const listAccountImports = endpoint({
  method: 'POST',
  path: '/api/console/accounts/imports',
  caller: 'console',
  input: z.strictObject({ cursor }),
  output: z.object({ rows: z.array(imported), next: z.nullable(z.string()), mayStart: z.boolean() }),
})

/** Has an uploaded list looked at, row by row; nothing is written. */
export const startAccountImport = endpoint({
  method: 'POST',
  path: '/api/console/accounts/imports/starts',
  caller: 'console',
  input: z.strictObject({ requestId, uploadId: id }),
  output: z.object({ importId: z.string() }),
})

/** Has the list written that was looked at, or stops it; rows that are written stay. */
export const stepAccountImport = endpoint({
  method: 'POST',
  path: '/api/console/accounts/imports/steps',
  caller: 'console',
  input: z.strictObject({ importId: id, action: z.enum(['write', 'cancel']) }),
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('done') }),
    z.object({ outcome: z.literal('refused'), reasons: z.array(z.enum(['not_checked', 'over'])) }),
  ]),
})

const importRow = z.object({
  number: z.number(),
  line: z.number(),
  outcome: z.enum(['new', 'changed', 'unchanged', 'failed']),
  field: z.string(),
  problem: z.string(),
  /** What was left as it is and why: `kept:title`, `merged`, `ended`. */
  notes: z.array(z.string()),
  accountId: z.nullable(z.string()),
  doctor: z.string(),
})
export type AccountImportRow = z.output<typeof importRow>

/** What became of each row, or of those with one outcome. */
export const listAccountImportRows = endpoint({
  method: 'POST',
  path: '/api/console/accounts/imports/rows',
  caller: 'console',
  input: z.strictObject({
    importId: id,
    show: z._default(z.enum(['', 'new', 'changed', 'unchanged', 'failed', 'kept']), ''),
    after: z._default(z.int().check(z.minimum(0), z.maximum(1_000_000)), 0),
  }),
  output: z.object({ rows: z.array(importRow), next: z.nullable(z.number()) }),
})
