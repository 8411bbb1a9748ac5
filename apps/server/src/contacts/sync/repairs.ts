import type { Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Actor, Deps } from '../../deps.ts'
import type { Change } from '../record-follows.ts'
import type { Run } from './run-rows.ts'

export const by: Actor = { kind: 'system', id: 'sync-contacts' }

/** Keeps what a run repaired. Of the first run all relations are new, which is no repair. */
export async function keepRepairs(
  trx: Transaction<Database>,
  { now, newId }: Pick<Deps, 'now' | 'newId'>,
  run: Run,
  changes: readonly Change[],
): Promise<void> {
  const at = now()
  const rows = changes
    .filter(({ what }) => run.kind !== 'first' || what !== 'begun')
    .map((change) => ({ id: newId(), runId: run.id, at, ...change }))
  if (rows.length > 0) await trx.insertInto('contactRepair').values(rows).execute()
}

/** The run's counts with these changes. */
export function countChanges({ begun, changed, ended }: Run, changes: readonly Change[]) {
  const of = (...kinds: Change['what'][]) => changes.filter(({ what }) => kinds.includes(what)).length
  return {
    begun: begun + of('begun', 'whole'),
    changed: changed + of('remark', 'nickname'),
    ended: ended + of('ended'),
  }
}
