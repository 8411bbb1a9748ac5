import { uploadEndpoints } from '@vouch/contract'
import { closeUpload } from '../uploads/close-upload.ts'
import { findUpload } from '../uploads/find-upload.ts'
import { openUpload } from '../uploads/open-upload.ts'
import { whoUploads } from '../uploads/upload-limits.ts'
import { serve, type Door } from './serve.ts'
import { mountParts } from './upload-parts.ts'

/** Files on their way in, part by part. */
export function mountUploads(door: Door): void {
  const { deps } = door
  serve(door, uploadEndpoints.openUpload, (me, asked) => openUpload(deps, me, asked, whoUploads[asked.purpose]))
  serve(door, uploadEndpoints.closeUpload, (me, asked) => closeUpload(deps, me, asked))
  serve(door, uploadEndpoints.lookAtUpload, (me, asked) => findUpload(deps, me, asked))
  mountParts(door, 'console', '/api/console/uploads/:uploadId/parts/:number')
}
