import { sendEndpoints as sends } from '@vouch/contract'
import { exportSends } from '../sends/office/export-sends.ts'
import { findSendChoices, loadSendFilters } from '../sends/office/find-send-choices.ts'
import { listSends } from '../sends/office/list-sends.ts'
import { loadSend } from '../sends/office/load-send.ts'
import { revokeSendLink } from '../sends/office/revoke-send-link.ts'
import { serve, serveTable, type Door } from './serve.ts'

/** Every attempt to send: looked at, filtered, taken away as a table. */
export function mountSends(door: Door): void {
  const { deps } = door
  serve(door, sends.listSends, (me, asked) => listSends(deps, me, asked))
  serve(door, sends.findSendChoices, (me, asked) => findSendChoices(deps, me, asked))
  serve(door, sends.sendFilters, () => loadSendFilters(deps))
  serve(door, sends.loadSend, (me, asked) => loadSend(deps, me, asked.sendId))
  serve(door, sends.revokeSendLink, (me, asked) => revokeSendLink(deps, me, asked))
  serveTable(door, sends.exportSends, (me, asked) => exportSends(deps, me, asked))
}
