import { repEndpoints as rep } from '@vouch/contract'
import { closeUpload } from '../uploads/close-upload.ts'
import { findUpload } from '../uploads/find-upload.ts'
import { openUpload } from '../uploads/open-upload.ts'
import { serve, type Door } from './serve.ts'
import { mountParts } from './upload-parts.ts'

/** Files of a rep on their way in, part by part: consents on paper, and evidence for what is asked of the office. */
export function mountRepUploads(door: Door): void {
  const { deps } = door
  serve(door, rep.openUpload, (me, asked) => openUpload(deps, me, asked, ['rep']))
  serve(door, rep.closeUpload, (me, asked) => closeUpload(deps, me, asked))
  serve(door, rep.lookAtUpload, (me, asked) => findUpload(deps, me, asked))
  mountParts(door, 'rep', '/api/rep/uploads/:uploadId/parts/:number')
}
