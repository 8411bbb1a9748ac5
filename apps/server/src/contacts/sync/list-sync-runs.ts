import type { contactEndpoints, Input, Output } from '@vouch/contract'
import { readCursor, writeCursor } from '../../cursor.ts'
import type { Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'
import { runColumns } from './run-rows.ts'
import { syncStarters } from './sync-roles.ts'
import { holdsOne } from '../../people/role-queries.ts'

type Endpoint = typeof contactEndpoints.listSyncRuns
const pageSize = 20

/** How the readings went, the newest first. */
export async function listSyncRuns(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const after = readCursor(asked.cursor)
  const rows = await deps.db
    .selectFrom('contactSyncRun')
    .leftJoin('person', 'person.id', 'contactSyncRun.askedBy')
    .select(runColumns)
    .select(['contactSyncRun.endedAt', 'contactSyncRun.reason', 'person.name as askedBy'])
    .$if(after !== undefined, (rows) =>
      rows.where((eb) =>
        eb.or([
          eb('contactSyncRun.startedAt', '<', after!.at),
          eb.and([eb('contactSyncRun.startedAt', '=', after!.at), eb('contactSyncRun.id', '<', after!.id)]),
        ]),
      ),
    )
    .orderBy('contactSyncRun.startedAt', 'desc')
    .orderBy('contactSyncRun.id', 'desc')
    .limit(pageSize + 1)
    .execute()
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  return {
    rows: page.map(({ id, endMany: _, afterUser: __, users: ___, cursorValue: ____, ...run }) => ({
      runId: id,
      ...run,
    })),
    next: last && rows.length > pageSize ? writeCursor({ at: last.startedAt, id: last.id }) : null,
    may: holdsOne(me.roles, syncStarters) ? ['start'] : [],
  }
}
