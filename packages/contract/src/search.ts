import * as z from 'zod/mini'
import { contentListInput, contentListOutput } from './content-shapes.ts'
import { endpoint } from './endpoint.ts'

/**
 * The office's list of versions: a search with the best first, or all of them in the order that is asked for. Counts of facets come with the first page.
 */
export const listContent = endpoint({
  method: 'POST',
  path: '/api/console/content/list',
  caller: 'console',
  input: contentListInput,
  output: contentListOutput,
})

const { cursor: _, ...filter } = contentListInput.shape

/** The same rows in the same order as a table; `cut` when there are more than it holds. */
export const exportContent = endpoint({
  method: 'POST',
  path: '/api/console/content/export',
  caller: 'console',
  input: z.strictObject({ ...filter, language: z.enum(['zh', 'en']) }),
  output: z.object({ csv: z.string(), rows: z.number(), cut: z.boolean() }),
})
