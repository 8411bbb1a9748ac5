import { repEndpoints as rep } from '@vouch/contract'
import { enterPaperInChat } from '../consents/papers/enter-paper.ts'
import { listPapersInChat } from '../consents/papers/list-papers-in-chat.ts'
import { serve, type Door } from './serve.ts'

/** Consents on paper that a rep enters in the chat with the doctor. */
export function mountRepPapers(door: Door): void {
  const { deps } = door
  serve(door, rep.enterPaper, (me, asked) => enterPaperInChat(deps, me, asked))
  serve(door, rep.listPapers, (me, asked) => listPapersInChat(deps, me, asked.externalUserId))
}
