import * as z from 'zod/mini'
import { renditionState } from './content-shapes.ts'
import { endpoint } from './endpoint.ts'
import { fileProblems } from './file-problems.ts'
import { id } from './shapes.ts'

export const fileHash = z.string().check(z.regex(/^[0-9a-f]{64}$/))
const purpose = z.enum(['content', 'card', 'poster', 'captions', 'import', 'paper'])

/**
 * Where an upload stands. `have` are the parts that are kept, counted from 1; a client that was cut off sends the others.
 * `other_bytes`: not the file that was announced; `part_lost`: open again, one part is missing; `not_kept`: the store
 * holds something else under the file's name, which a person must look at.
 */
export const uploadProgress = z.object({
  uploadId: z.string(),
  fileName: z.string(),
  bytes: z.number(),
  partBytes: z.number(),
  have: z.array(z.number()),
  stage: z.enum(['open', 'checking', 'stored', 'refused']),
  stored: z.boolean(),
  problem: z.nullable(z.enum([...fileProblems, 'other_bytes', 'part_lost', 'not_kept'])),
  fileHash: z.nullable(z.string()),
  /** Type of the bytes, told by themselves. */
  mime: z.nullable(z.string()),
  /** How far its pages are drawn; null when none are. */
  rendition: z.nullable(renditionState),
  endsAt: z.coerce.date(),
})

/** What is told of a file before its bytes come. */
export const announcedFile = {
  fileName: z.string().check(z.minLength(1), z.maxLength(200)),
  bytes: z.int().check(z.minimum(1)),
  sha256: z.nullable(fileHash),
}

/** Announces a file. With its hash, a file that is here already is stored at once, and one begun before goes on. */
export const openUpload = endpoint({
  method: 'POST',
  path: '/api/console/uploads',
  caller: 'console',
  input: z.strictObject({ ...announcedFile, purpose }),
  output: uploadProgress,
})

/** Says that all parts were sent. When some are missing it stays open, and `have` tells which are there. */
export const closeUpload = endpoint({
  method: 'POST',
  path: '/api/console/uploads/close',
  caller: 'console',
  input: z.strictObject({ uploadId: id }),
  output: uploadProgress,
})

export const lookAtUpload = endpoint({
  method: 'POST',
  path: '/api/console/uploads/look',
  caller: 'console',
  input: z.strictObject({ uploadId: id }),
  output: uploadProgress,
})
