import type { contactEndpoints, Input, Output } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { readCursor, writeCursor } from '../../cursor.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'

type Endpoint = typeof contactEndpoints.listRepairs
const pageSize = 50

/** What readings repaired, the newest first. Names of doctors are in it: whoever looks is in the trail. */
export async function listRepairs(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const rows = await findRepairs(deps, asked)
  const page = rows.slice(0, pageSize)
  if (asked.cursor === null)
    await transact(deps.db, (trx) =>
      appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), {
        ...{ event: 'contact.repairs_viewed' as const, subjectId: asked.runId ?? 'all' },
        detail: { rows: page.length },
      }),
    )
  const last = page.at(-1)
  return {
    rows: page.map(({ id, ...row }) => ({ repairId: id, ...row })),
    next: last && rows.length > pageSize ? writeCursor({ at: last.at, id: last.id }) : null,
  }
}

function findRepairs({ db }: Deps, { runId, cursor }: Input<Endpoint>) {
  const after = readCursor(cursor)
  let rows = db
    .selectFrom('contactRepair')
    .innerJoin('person', 'person.id', 'contactRepair.repId')
    .innerJoin('externalContact', 'externalContact.externalUserId', 'contactRepair.externalUserId')
    .leftJoin('account', 'account.id', 'externalContact.accountId')
    .select(['contactRepair.id', 'contactRepair.at', 'contactRepair.what', 'contactRepair.was', 'contactRepair.isNow'])
    .select(['contactRepair.externalUserId', 'externalContact.nickname'])
    .select(['person.name as rep', 'account.name as account'])
    .orderBy('contactRepair.at', 'desc')
    .orderBy('contactRepair.id', 'desc')
    .limit(pageSize + 1)
  if (runId) rows = rows.where('contactRepair.runId', '=', runId)
  if (after)
    rows = rows.where((eb) =>
      eb.or([
        eb('contactRepair.at', '<', after.at),
        eb.and([eb('contactRepair.at', '=', after.at), eb('contactRepair.id', '<', after.id)]),
      ]),
    )
  return rows.execute()
}
