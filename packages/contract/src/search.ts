import { contentListInput, contentListOutput } from './content-shapes.ts'
import { endpoint } from './endpoint.ts'

/**
 * The office's list of versions: a search with the best first, or all of them with the newest first, those that expire
 * soon with the soonest first. Counts of facets come with the first page.
 */
export const listContent = endpoint({
  method: 'POST',
  path: '/api/console/content/list',
  caller: 'console',
  input: contentListInput,
  output: contentListOutput,
})
