import type { Insertable, Kysely, Transaction, Updateable } from 'kysely'
import { errnoOf } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'

/** How long nobody else takes over from an instance that says nothing. */
const leaseMs = 60_000
const duplicateKey = 1062

/** What is known of a run, by names that are nobody else's beside it. */
export const runColumns = [
  ...(['contactSyncRun.id', 'kind', 'stage', 'startedAt', 'afterUser', 'users', 'cursorValue', 'endMany'] as const),
  ...(['reps', 'repsRead', 'repsSkipped', 'strangers', 'seen', 'known', 'missing'] as const),
  ...(['begun', 'changed', 'ended', 'confirmed', 'problem'] as const),
] as const

const liveRun = (db: Kysely<Database>) => db.selectFrom('contactSyncRun').select(runColumns).where('live', '=', 1)
export type Run = Awaited<ReturnType<ReturnType<typeof liveRun>['executeTakeFirstOrThrow']>>
/** A run in the hands of one instance. */
export type HeldRun = { run: Run; owner: string }

/** Somebody else goes on with this run; what was about to be written is not. */
export class RunLost extends Error {}

type Begin = Pick<Insertable<Database['contactSyncRun']>, 'requestId' | 'askedBy' | 'reason' | 'endMany'>

/** Begins a run; false when one is going on. The first one there ever was says so. */
export async function beginRun(trx: Transaction<Database>, { now, newId }: Pick<Deps, 'now' | 'newId'>, begin: Begin) {
  const earlier = await trx
    .selectFrom('contactSyncRun')
    .select('id')
    .where('stage', '=', 'done')
    .limit(1)
    .executeTakeFirst()
  const at = now()
  const id = newId()
  const kind = earlier ? (begin.askedBy ? ('asked' as const) : ('scheduled' as const)) : ('first' as const)
  try {
    await trx
      .insertInto('contactSyncRun')
      .values({
        ...{ id, kind, stage: 'reading', live: 1, ...begin },
        ...{ startedAt: at, endedAt: null, owner: null, ownedUntil: at, runAt: at, users: null, problem: null },
      })
      .execute()
    return id
  } catch (fault) {
    if (errnoOf(fault) === duplicateKey) return undefined
    throw fault
  }
}

/** When the last run began, whatever became of it. */
export async function findLastBegin(db: Kysely<Database>): Promise<Date | undefined> {
  const row = await db
    .selectFrom('contactSyncRun')
    .select('startedAt')
    .orderBy('startedAt', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.startedAt
}

/** Takes the run that is going on, unless another instance has it or it has to wait. */
export async function holdRun({ db, now, newId }: Pick<Deps, 'db' | 'now' | 'newId'>): Promise<HeldRun | undefined> {
  const at = now()
  const owner = newId()
  const taken = await db
    .updateTable('contactSyncRun')
    .set({ owner, ownedUntil: new Date(at.getTime() + leaseMs) })
    .where('live', '=', 1)
    .where('runAt', '<=', at)
    .where('ownedUntil', '<=', at)
    .executeTakeFirst()
  if (taken.numUpdatedRows === 0n) return undefined
  const run = await liveRun(db).where('owner', '=', owner).executeTakeFirst()
  return run && { run, owner }
}

type Progress = Omit<Updateable<Database['contactSyncRun']>, 'id' | 'owner' | 'ownedUntil'>

/**
 * Writes how far a run is, in the transaction of what was done; only its holder may. The lease begins anew. Throws
 * `RunLost`, which undoes what was done.
 */
export async function advance(
  db: Kysely<Database>,
  { now }: Pick<Deps, 'now'>,
  held: HeldRun,
  progress: Progress,
): Promise<void> {
  const done = await db
    .updateTable('contactSyncRun')
    .set({ ...progress, ownedUntil: new Date(now().getTime() + leaseMs) })
    .where('id', '=', held.run.id)
    .where('owner', '=', held.owner)
    .where('live', '=', 1)
    .executeTakeFirst()
  if (done.numUpdatedRows === 0n) throw new RunLost()
}

/** Lets go of a run, so that it may go on elsewhere at once, or after `waitMs`. */
export async function letGo(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  { run, owner }: HeldRun,
  waits?: { problem: string; waitMs: number },
): Promise<void> {
  const at = now()
  const runAt = new Date(at.getTime() + (waits?.waitMs ?? 0))
  await db
    .updateTable('contactSyncRun')
    .set({ owner: null, ownedUntil: at, ...(waits ? { runAt, problem: waits.problem } : {}) })
    .where('id', '=', run.id)
    .where('owner', '=', owner)
    .execute()
}
