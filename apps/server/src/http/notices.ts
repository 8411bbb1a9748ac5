import { noticeEndpoints as notices } from '@vouch/contract'
import { chooseNotice } from '../outbox/choose-notice.ts'
import { listFailedNotices } from '../outbox/list-failed-notices.ts'
import { loadChoices } from '../outbox/load-choices.ts'
import { sendNoticeAgain } from '../outbox/send-notice-again.ts'
import { serve, type Door } from './serve.ts'

/** How reps want to be told by app messages. */
export function mountRepNotices(door: Door): void {
  const { deps } = door
  serve(door, notices.loadRepChoices, (me) => loadChoices(deps, me, 'rep'))
  serve(door, notices.chooseRepNotice, (me, asked) => chooseNotice(deps, me, asked, 'rep'))
}

/** The same for the office, and what did not arrive. */
export function mountOfficeNotices(door: Door): void {
  const { deps } = door
  serve(door, notices.loadOfficeChoices, (me) => loadChoices(deps, me, 'console'))
  serve(door, notices.chooseOfficeNotice, (me, asked) => chooseNotice(deps, me, asked, 'console'))
  serve(door, notices.listFailedNotices, (_, asked) => listFailedNotices(deps, asked))
  serve(door, notices.sendNoticeAgain, (me, { noticeId }) => sendNoticeAgain(deps, me, noticeId))
}
