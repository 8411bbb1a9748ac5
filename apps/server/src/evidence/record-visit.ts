import { shanghaiDay } from '@vouch/rules'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { LinkVisitTable } from '../db/tables/evidence.ts'
import type { Actor, Deps } from '../deps.ts'
import { addNotices } from '../outbox/add-notices.ts'
import { sha256 } from '../secrets.ts'
import type { LinkRow } from './queries.ts'

export type Visit = {
  link: Pick<LinkRow, 'sendId' | 'accountId' | 'repId' | 'accountName'>
  visitor: LinkVisitTable['visitor']
  /** Who it was, when recognised. */
  by?: Actor
}

const unrecognised: Actor = { kind: 'system', id: 'link' }

/**
 * Counts a visit by anybody but the addressee, each kind apart; none is an opening. Somebody recognised as not being the
 * addressee is a leak: told in the audit trail by ids, and to the rep at most once a day for a link, without saying who. The
 * sender's own look is none, and a snapshot, which is evidence of nobody, is none either.
 */
export async function recordVisit(deps: Deps, { link, visitor, by }: Visit): Promise<void> {
  const visitedAt = deps.now()
  const { sendId, accountId, repId } = link
  const others = visitor === 'other' || visitor === 'stranger'
  const leak = others || (visitor === 'rep' && by?.id !== repId)
  await transact(deps.db, async (trx) => {
    await trx.insertInto('linkVisit').values({ id: deps.newId(), sendId, visitor, visitedAt }).execute()
    if (!leak) return
    const told = { event: 'link.opened_by_other' as const, subjectId: sendId, accountId }
    await appendAudit(trx, deps.newId(), by ?? unrecognised, visitedAt, { ...told, detail: { visitor } })
    if (others) await addNotices(trx, deps.newId, visitedAt, [{ ...leakNotice(link, visitedAt), toPerson: repId }])
  })
}

/** One subject a Shanghai day: the outbox tells each subject once. No name of anybody but the addressee, and that one masked. */
function leakNotice({ sendId, accountName }: Visit['link'], at: Date) {
  const doctor = `${[...(accountName ?? '')][0] ?? ''}*`
  return {
    kind: 'leak' as const,
    subjectId: sha256(`${sendId} ${shanghaiDay(at)}`).slice(0, 26),
    title: '链接被收件人以外的人打开 Link opened by somebody else',
    text: `您发给 ${doctor} 医生的链接被别人打开了，对方没有看到任何资料。\nThe link you sent to ${doctor} was opened by somebody else, who saw nothing of it.`,
    path: '/sidebar',
  }
}
