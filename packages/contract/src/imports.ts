import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { id, requestId } from './shapes.ts'

/** Begins an import of a list that was uploaded before; `dry` tells what it would do and does nothing. */
export const startImport = endpoint({
  method: 'POST',
  path: '/api/console/imports',
  caller: 'console',
  input: z.strictObject({ requestId, csvUploadId: id, dry: z.boolean() }),
  output: z.object({ importId: z.string() }),
})

/**
 * How far an import is, and its rows from `after` on. `problem` is of the list as a whole. Rows that failed are at
 * `/api/console/imports/:importId/errors.csv`, to be put right and imported again.
 */
export const lookAtImport = endpoint({
  method: 'POST',
  path: '/api/console/imports/look',
  caller: 'console',
  input: z.strictObject({
    importId: id,
    after: z._default(z.int().check(z.minimum(0), z.maximum(1_000_000)), 0),
    failedOnly: z._default(z.boolean(), false),
  }),
  output: z.object({
    importId: z.string(),
    dry: z.boolean(),
    stage: z.enum(['waiting', 'running', 'done', 'failed']),
    problem: z.nullable(z.string()),
    about: z.string(),
    of: z.nullable(z.number()),
    done: z.number(),
    failed: z.number(),
    counts: z.object({
      new: z.number(),
      new_version: z.number(),
      changed: z.number(),
      unchanged: z.number(),
      failed: z.number(),
    }),
    rows: z.array(
      z.object({
        number: z.number(),
        outcome: z.enum(['new', 'new_version', 'changed', 'unchanged', 'failed']),
        documentId: z.nullable(z.string()),
        field: z.string(),
        problem: z.string(),
      }),
    ),
    next: z.nullable(z.number()),
  }),
})
