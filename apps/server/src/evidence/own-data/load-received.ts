import type { Deps } from '../../deps.ts'
import { findReceived, type ReceivedPage } from './received-queries.ts'

const pageSize = 20

/** What was sent to a doctor, a page at a time; each with the link it can be opened by. */
export function loadReceived(
  deps: Deps,
  asked: { accountId: string; before: string | null; limit?: number },
): Promise<ReceivedPage> {
  const { accountId, before, limit = pageSize } = asked
  const pathOf = (sendId: string) => `/l/${deps.secrets.linkTokenOf(sendId)}`
  return findReceived(deps.db, { accountId, before, limit, now: deps.now(), pathOf })
}
