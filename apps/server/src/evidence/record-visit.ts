import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { LinkVisitTable } from '../db/schema.ts'
import type { Actor, Deps } from '../deps.ts'
import type { LinkRow } from './queries.ts'

export type Visit = {
  link: Pick<LinkRow, 'sendId' | 'accountId' | 'repId'>
  visitor: LinkVisitTable['visitor']
  /** Who it was, when recognised. */
  by?: Actor
}

const unrecognised: Actor = { kind: 'system', id: 'link' }

/**
 * Counts a visit by anybody but the addressee, each kind apart; none is an opening. Somebody recognised as not being the
 * addressee is a leak and told in the audit trail by ids; the sender's own look is not.
 */
export async function recordVisit(deps: Deps, { link, visitor, by }: Visit): Promise<void> {
  const visitedAt = deps.now()
  const leak = visitor === 'other' || visitor === 'stranger' || (visitor === 'rep' && by?.id !== link.repId)
  await transact(deps.db, async (trx) => {
    await trx.insertInto('linkVisit').values({ id: deps.newId(), sendId: link.sendId, visitor, visitedAt }).execute()
    if (!leak) return
    const told = { event: 'link.opened_by_other' as const, subjectId: link.sendId, accountId: link.accountId }
    await appendAudit(trx, deps.newId(), by ?? unrecognised, visitedAt, { ...told, detail: { visitor } })
  })
}
