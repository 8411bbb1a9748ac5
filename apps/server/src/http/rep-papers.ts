import { repEndpoints as rep } from '@vouch/contract'
import { enterPaperInChat } from '../consents/papers/enter-paper.ts'
import { listPapersInChat } from '../consents/papers/list-papers-in-chat.ts'
import { closeUpload } from '../uploads/close-upload.ts'
import { findUpload } from '../uploads/find-upload.ts'
import { openUpload } from '../uploads/open-upload.ts'
import { serve, type Door } from './serve.ts'
import { mountParts } from './upload-parts.ts'

/** Consents on paper that a rep enters in the chat with the doctor: the scan part by part, then what it says. */
export function mountRepPapers(door: Door): void {
  const { deps } = door
  serve(door, rep.openScan, (me, asked) => openUpload(deps, me, { ...asked, purpose: 'paper' }, ['rep']))
  serve(door, rep.closeScan, (me, asked) => closeUpload(deps, me, asked))
  serve(door, rep.lookAtScan, (me, asked) => findUpload(deps, me, asked))
  mountParts(door, 'rep', '/api/rep/papers/scans/:uploadId/parts/:number')
  serve(door, rep.enterPaper, (me, asked) => enterPaperInChat(deps, me, asked))
  serve(door, rep.listPapers, (me, asked) => listPapersInChat(deps, me, asked.externalUserId))
}
