import type { importEndpoints, Input, Output } from '@vouch/contract'
import { readCursor, writeCursor } from '../../cursor.ts'
import type { Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'
import { selectRuns, summaryOf } from './import-runs.ts'

type Endpoint = typeof importEndpoints.listImports
const pageSize = 20

/** Imports this person began, the newest first. */
export async function listImports({ db, now }: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const after = readCursor(asked.cursor)
  let runs = selectRuns(db, { personId: me.personId, now: now() })
  if (after) {
    runs = runs.where((eb) =>
      eb.or([
        eb('importRun.createdAt', '<', after.at),
        eb.and([eb('importRun.createdAt', '=', after.at), eb('importRun.id', '<', after.id)]),
      ]),
    )
  }
  const found = await runs
    .orderBy('importRun.createdAt', 'desc')
    .orderBy('importRun.id', 'desc')
    .limit(pageSize + 1)
    .execute()
  const page = found.slice(0, pageSize)
  const last = page.at(-1)
  const next = last && found.length > pageSize ? writeCursor({ at: last.createdAt, id: last.id }) : null
  return { imports: page.map(summaryOf), next }
}
