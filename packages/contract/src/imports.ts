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

/** What an uploaded list names, before anything is planned: its rows, its files, and which of them are here already. */
export const lookAtList = endpoint({
  method: 'POST',
  path: '/api/console/imports/lists',
  caller: 'console',
  input: z.strictObject({ csvUploadId: id }),
  output: z.object({
    fileName: z.string(),
    rows: z.number(),
    /** Of the list as a whole; `about` names the line or the column. */
    problem: z.nullable(z.string()),
    about: z.string(),
    /** Headings that mean nothing here: their columns are left out. */
    unknown: z.array(z.string()),
    files: z.array(z.object({ name: z.string(), purpose: z.enum(['content', 'card', 'poster']), stored: z.boolean() })),
  }),
})

const outcome = z.enum(['new', 'new_version', 'changed', 'unchanged', 'failed'])
const number = z.number()

/** `problem` is of the list as a whole. */
const importSummary = {
  importId: z.string(),
  dry: z.boolean(),
  stage: z.enum(['waiting', 'running', 'done', 'failed']),
  createdAt: z.coerce.date(),
  doneAt: z.nullable(z.coerce.date()),
  fileName: z.string(),
  /** The list, to be imported again; null once it is no longer kept. */
  csvUploadId: z.nullable(z.string()),
  problem: z.nullable(z.string()),
  about: z.string(),
  of: z.nullable(number),
  done: number,
  failed: number,
  counts: z.object({ new: number, new_version: number, changed: number, unchanged: number, failed: number }),
}

/** Imports this person began, the newest first, by keyset. */
export const listImports = endpoint({
  method: 'POST',
  path: '/api/console/imports/list',
  caller: 'console',
  input: z.strictObject({ cursor: z._default(z.nullable(z.string().check(z.maxLength(200))), null) }),
  output: z.object({ imports: z.array(z.object(importSummary)), next: z.nullable(z.string()) }),
})

/**
 * How far an import is, and its rows from `after` on. Rows that failed are at
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
    ...importSummary,
    rows: z.array(
      z.object({
        number,
        /** Where it stands in the list as a spreadsheet counts. */
        line: number,
        outcome,
        documentId: z.nullable(z.string()),
        /** The newest version of its document; null while there is none. */
        contentItemId: z.nullable(z.string()),
        title: z.string(),
        /** The column at fault, and what is wrong with it; empty when nothing is. */
        field: z.string(),
        problem: z.string(),
      }),
    ),
    next: z.nullable(number),
  }),
})
