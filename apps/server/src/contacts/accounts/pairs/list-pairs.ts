import type { accountEndpoints, AccountPair, Input, Output, PairReason } from '@vouch/contract'
import { appendAudit } from '../../../audit/append-audit.ts'
import { transact } from '../../../db/database.ts'
import type { Deps } from '../../../deps.ts'
import { AppError } from '../../../errors.ts'
import type { Session } from '../../../people/sessions.ts'
import { findBriefs } from '../account-briefs.ts'
import { mayWriteAccounts } from '../account-roles.ts'

type Endpoint = typeof accountEndpoints.listPairs
const pageSize = 20

/** Accounts that may be one doctor, the likeliest first. A manager does not see them: they lie across territories. */
export async function listPairs(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const mayWrite = mayWriteAccounts(me.roles)
  const found = await findPage(deps, asked)
  const page = found.slice(0, pageSize)
  const briefs = await findBriefs(
    deps.db,
    page.flatMap((pair) => [pair.oneId, pair.otherId]),
  )
  const rows = page.flatMap(({ oneId, otherId, reasons, settled, settledBy, ...pair }): AccountPair[] => {
    const [one, other] = [briefs.get(oneId), briefs.get(otherId)]
    if (!one || !other) return []
    const said = { settled, settledBy: settledBy ?? '' }
    return [
      { ...pair, ...said, pairId: `${oneId}.${otherId}`, reasons: reasons.split(',') as PairReason[], one, other },
    ] // as weighPair wrote them
  })
  await transact(deps.db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), {
      ...{ event: 'accounts.viewed', subjectId: me.personId, detail: { shown: rows.length, show: 'duplicates' } },
    }),
  )
  const last = found.length > pageSize ? page.at(-1) : undefined
  return { rows, next: last ? `${last.points}.${last.oneId}.${last.otherId}` : null, mayWrite }
}

/** Along the index, from its end: the likeliest first. */
async function findPage({ db }: Deps, { show, cursor }: Input<Endpoint>) {
  let page = db
    .selectFrom('accountPair')
    .leftJoin('person', 'person.id', 'accountPair.settledBy')
    .select(['oneId', 'otherId', 'reasons', 'points', 'settled', 'settledAt', 'reason', 'person.name as settledBy'])
  page = show === 'open' ? page.where('settled', 'is', null) : page.where('settled', '=', 'different')
  const after = readPairCursor(cursor)
  if (after)
    page = page.where((eb) =>
      eb(eb.refTuple('points', 'oneId', 'otherId'), '<', eb.tuple(after.points, after.oneId, after.otherId)),
    )
  return page
    .orderBy('points', 'desc')
    .orderBy('oneId', 'desc')
    .orderBy('otherId', 'desc')
    .limit(pageSize + 1)
    .execute()
}

function readPairCursor(cursor: string | null) {
  if (cursor === null) return undefined
  const [, points, oneId, otherId] = /^(\d{1,4})\.([\w-]{1,26})\.([\w-]{1,26})$/.exec(cursor) ?? []
  if (!oneId || !otherId) throw new AppError('bad_request', { field: 'cursor' })
  return { points: Number(points), oneId, otherId }
}
