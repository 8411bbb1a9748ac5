import type { Output, policyEndpoints, PolicyChange } from '@vouch/contract'
import type { Deps } from '../deps.ts'
import type { Session } from '../people/sessions.ts'
import { findMarkets, findOpenChange } from './change-queries.ts'
import { mayChangePolicy } from './policy-roles.ts'
import { loadInForce, loadNewest, readSettings } from './settings.ts'

/** The policy in force, the one to come, and the change that waits for a second person. */
export async function loadPolicyPage(deps: Deps, me: Session): Promise<Output<typeof policyEndpoints.loadPolicy>> {
  const { db } = deps
  const now = deps.now()
  const [inForce, newest, open, markets] = await Promise.all([
    loadInForce(db, now),
    loadNewest(db),
    findOpenChange(db),
    findMarkets(db),
  ])
  return {
    ...{ now, inForce },
    scheduled: newest.version === inForce.version ? null : newest,
    change: open ? asChange(open, me) : null,
    mayPropose: mayChangePolicy(me.roles) && !open,
    mayDecide: mayChangePolicy(me.roles) && open !== undefined && open.proposedBy !== me.personId,
    markets: [...new Set([...markets, newest.settings.market])].toSorted(),
  }
}

function asChange(open: NonNullable<Awaited<ReturnType<typeof findOpenChange>>>, me: Session): PolicyChange {
  const { id, baseVersion, settings, holdsFrom, reason, proposerName, proposedAt, proposedBy, previewId } = open
  return {
    ...{ changeId: id, baseVersion, holdsFrom, reason, proposedBy: proposerName, proposedAt, previewId },
    ...{ settings: readSettings(settings), mine: proposedBy === me.personId },
  }
}
