import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { id } from './shapes.ts'
import { announcedFile, uploadProgress } from './uploads.ts'

/**
 * Announces a file of a rep: the photo or scan of a consent on paper, or a photo as evidence for what is asked of the
 * list of doctors. Its parts follow as bytes, as in the office.
 */
export const openUpload = endpoint({
  method: 'POST',
  path: '/api/rep/uploads',
  caller: 'rep',
  input: z.strictObject({ ...announcedFile, purpose: z.enum(['paper', 'evidence']) }),
  output: uploadProgress,
})

export const closeUpload = endpoint({
  method: 'POST',
  path: '/api/rep/uploads/close',
  caller: 'rep',
  input: z.strictObject({ uploadId: id }),
  output: uploadProgress,
})

export const lookAtUpload = endpoint({
  method: 'POST',
  path: '/api/rep/uploads/look',
  caller: 'rep',
  input: z.strictObject({ uploadId: id }),
  output: uploadProgress,
})
