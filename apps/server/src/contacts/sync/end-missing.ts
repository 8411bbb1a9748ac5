import type { Kysely } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { endFollowsOf, endSeen, type Ending } from '../end-follows.ts'
import { recordSeen, type SeenFollow, type Told } from '../record-follows.ts'
import { by, countChanges, keepRepairs } from './repairs.ts'
import { advance, type HeldRun, type Run } from './run-rows.ts'

/** Asked about one by one before any is ended; four at once. */
const perStep = 20
const atOnce = 4
const assignedByAdmin = 202
/** More than this share of all we know is no ordinary night, and a person has to look; a handful always is. */
const mostShare = 0.05
const handful = 10

const tooMany = ({ missing, known, endMany }: Run): boolean =>
  !endMany && missing > handful && missing > known * mostShare

/** One step of ending what WeCom no longer lists. True when the run is over. */
export async function endStep(deps: Deps, held: HeldRun): Promise<boolean> {
  const { run } = held
  if (tooMany(run)) return stop(deps, held)
  const missing = await findMissing(deps.db, run)
  if (missing.length > 0) {
    await recheck(deps, held, missing)
    return false
  }
  const gone = await findGone(deps.db)
  if (!gone) return finish(deps, held)
  const changes = await endFollowsOf(deps, by, gone.id, 500)
  await transact(deps.db, async (trx) => {
    await keepRepairs(trx, deps, run, changes)
    await advance(trx, deps, held, countChanges(run, changes))
  })
  Object.assign(run, countChanges(run, changes))
  return false
}

type Missing = Awaited<ReturnType<typeof findMissing>>[number]

/** Relations of reps who were read, and that were not on any page. */
function findMissing(db: Kysely<Database>, run: Run) {
  return db
    .selectFrom('contactSyncRep')
    .innerJoin('contactFollow', 'contactFollow.repId', 'contactSyncRep.repId')
    .innerJoin('person', 'person.id', 'contactSyncRep.repId')
    .select(['contactFollow.repId', 'contactFollow.externalUserId', 'contactFollow.beganAt', 'person.wecomUserKey'])
    .where('contactSyncRep.runId', '=', run.id)
    .where('contactSyncRep.missing', '>', 0)
    .where('contactFollow.following', '=', 1)
    .where((eb) => eb.or([eb('provedAt', 'is', null), eb('provedAt', '<', run.startedAt)]))
    .limit(perStep)
    .execute()
}

/** Somebody who left and still has relations. */
function findGone(db: Kysely<Database>) {
  return db
    .selectFrom('person')
    .select('person.id')
    .where('person.status', '=', 'left')
    .where((eb) =>
      eb.exists(
        eb.selectFrom('contactFollow').select('repId').whereRef('repId', '=', 'person.id').where('following', '=', 1),
      ),
    )
    .limit(1)
    .executeTakeFirst()
}

/** A list may shift between two of its pages: WeCom is asked about each, and only what it denies twice is ended. */
async function recheck(deps: Deps, held: HeldRun, missing: Missing[]): Promise<void> {
  const { run } = held
  const told: Told = { by, learnt: 'sync', askedAt: deps.now() }
  const waiting = [...missing]
  const [there, gone]: [SeenFollow[], Ending[]] = [[], []]
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const answer = await askAbout(deps, next)
        if ('why' in answer) gone.push(answer)
        else there.push(answer)
      }
    }),
  )
  await transact(deps.db, async (trx) => {
    const changes = [...(await recordSeen(trx, deps, told, there)), ...(await endSeen(trx, deps, told, gone))]
    await keepRepairs(trx, deps, run, changes)
    const progress = { ...countChanges(run, changes), confirmed: run.confirmed + there.length, problem: null }
    await advance(trx, deps, held, progress)
    Object.assign(run, progress)
  })
}

async function askAbout({ wecom }: Deps, missing: Missing): Promise<SeenFollow | Ending> {
  const { repId, externalUserId, beganAt, wecomUserKey } = missing
  const found = await wecom.findContact(externalUserId)
  const follower = found?.followers.find(({ userId }) => userId.toLowerCase() === wecomUserKey)
  if (found && follower) return { ...found, ...follower, repId, externalUserId }
  // Somebody was given this contact by an administrator since: that is how a hand-over looks from outside.
  const taken = found?.followers.some(
    ({ addWay, beganAt: since }) => addWay === assignedByAdmin && (since ?? new Date(0)) > (beganAt ?? new Date(0)),
  )
  return { repId, externalUserId, why: taken ? 'handed_over' : 'not_listed' }
}

/** Ends nothing: a company that lost a permission must not lose its relations. */
async function stop(deps: Deps, held: HeldRun): Promise<true> {
  const { id, missing, known } = held.run
  await close(deps, held, 'stopped', 'too_many_ends')
  deps.log.error(
    { alarm: 'contact_sync_stopped', runId: id, missing, known },
    'too many relations would end; a person has to look',
  )
  return true
}

async function finish(deps: Deps, held: HeldRun): Promise<true> {
  await close(deps, held, 'done', null)
  return true
}

/** The end of a run, with its entry in the audit trail when it found anything. */
export async function close(
  deps: Deps,
  held: HeldRun,
  stage: 'done' | 'stopped' | 'failed',
  problem: string | null,
): Promise<void> {
  const { id, seen, known, missing, begun, changed, ended, confirmed } = held.run
  await transact(deps.db, async (trx) => {
    const at = deps.now()
    await advance(trx, deps, held, { stage, problem, live: null, endedAt: at })
    await trx.deleteFrom('contactSyncRep').where('runId', '=', id).execute() // thousands an hour, and no use any more
    const detail = { stage, seen, known, missing, begun, changed, ended, confirmed }
    const event = stage === 'done' ? ('contact.synced' as const) : ('contact.sync_stopped' as const)
    if (stage === 'done' && begun + changed + ended === 0) return
    await appendAudit(trx, deps.newId(), by, at, { event, subjectId: id, detail })
  })
}
