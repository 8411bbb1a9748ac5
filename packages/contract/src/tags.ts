import * as z from 'zod/mini'
import { csv, stepAnswer } from './content-shapes.ts'
import { endpoint } from './endpoint.ts'
import { id } from './shapes.ts'

/** Words that pieces are to be found by, and no longer; none is both. */
export const tagChange = { add: z._default(csv, []), remove: z._default(csv, []) }

/** Changes what a version is found by, in whichever state: no signature stands for it. Doing it again changes nothing. */
export const changeTags = endpoint({
  method: 'POST',
  path: '/api/console/content/tags',
  caller: 'console',
  input: z.strictObject({ contentItemId: id, ...tagChange }),
  output: stepAnswer,
})

/** Tags of these versions with how many have each, and those in use anywhere, the most used first. */
export const findTags = endpoint({
  method: 'POST',
  path: '/api/console/content/tags/known',
  caller: 'console',
  input: z.strictObject({ contentItemIds: z.array(id).check(z.minLength(1), z.maxLength(200)) }),
  output: z.object({
    held: z.array(z.object({ tag: z.string(), pieces: z.number() })),
    known: z.array(z.string()),
  }),
})
