import type { Simulator } from '../simulator.ts'
import type { Transfer } from '../store.ts'
import { findFollow, freshFollow, happen } from './events.ts'

export type Ending = 'done' | 'refused' | 'full'
const waiting = 2
const assignedByAdmin = 202

/**
 * Ends hand-overs that wait: those whose 24 h are over, or with `now` all of them. The giver hears that the customer is
 * gone, the taker that they came, unless they were friends before; a failure changes nothing (wecom-platform.md 3.6).
 */
export async function settleTransfers(
  simulator: Simulator,
  { ending = 'done', now = false }: { ending?: Ending; now?: boolean } = {},
): Promise<number> {
  const seconds = simulator.now() / 1_000
  const due = simulator.store.transfers.filter(({ status, dueAt }) => status === waiting && (now || dueAt <= seconds))
  for (const transfer of due) transfer.status = ending === 'done' ? 1 : ending === 'refused' ? 3 : 4
  for (const transfer of due) await tell(simulator, transfer, ending)
  return due.length
}

async function tell(simulator: Simulator, { from, to, externalUserid }: Transfer, ending: Ending): Promise<void> {
  if (ending !== 'done') {
    const FailReason = ending === 'refused' ? 'customer_refused' : 'customer_limit_exceed'
    return happen(simulator, { type: 'transfer_fail', userid: to, externalUserid, fields: { FailReason } })
  }
  const friends = findFollow(simulator, to, externalUserid)
  if (!friends || friends.deletedBy !== null || friends.half) {
    if (friends) friends.addWay = assignedByAdmin
    else simulator.store.follows.push({ ...freshFollow(simulator, to, externalUserid), addWay: assignedByAdmin })
    await happen(simulator, { type: 'add_external_contact', userid: to, externalUserid })
  }
  const fields = { Source: 'DELETE_BY_TRANSFER' }
  await happen(simulator, { type: 'del_external_contact', userid: from, externalUserid, fields })
}
