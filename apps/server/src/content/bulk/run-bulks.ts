import type { WireStepRefusal } from '@vouch/contract'
import type { Transaction } from 'kysely'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { BulkActRowTable } from '../../db/tables/bulk.ts'
import type { Deps } from '../../deps.ts'
import { AppError, asAppError } from '../../errors.ts'
import { officeWriters } from '../../office-writers.ts'
import { findRoles } from '../../people/queries.ts'
import { asTags, changeTagsWithin } from '../life/change-tags.ts'
import { recordRefusedStep } from '../life/record-refused-step.ts'
import { submitWithin } from '../life/submit-content.ts'
import { withdrawWithin } from '../withdrawal/withdraw-content.ts'
import { findRepsToTell, findStopping } from '../withdrawal/withdrawal-queries.ts'
import { findOpenBulks, findTagged, findWaiting, lockBulk, type OpenBulk, type WaitingRow } from './bulk-queries.ts'
import { holdsOne } from '../../people/role-queries.ts'

/** The job ends before its lease does; the next one goes on with the piece after. */
const longestMs = 50_000

/** Job: does with each piece what was asked, one after another, as whoever asked would do it with one. */
export async function runBulks(deps: Deps): Promise<void> {
  const endsAt = performance.now() + longestMs
  for (const bulk of await findOpenBulks(deps.db)) {
    let more = true
    while (more && performance.now() < endsAt) more = await takeNext(deps, bulk)
  }
}

/** Returns whether there may be more to do now. */
async function takeNext(deps: Deps, bulk: OpenBulk): Promise<boolean> {
  const row = await findWaiting(deps.db, bulk.id)
  if (!row) return end(deps, bulk)
  try {
    const reps = bulk.act === 'withdraw' ? await findReps(deps, row) : new Set<string>()
    const more = await transact(deps.db, (trx) =>
      settle(trx, { bulk, row, at: deps.now() }, async () => {
        const { refusals, ...more } = await act(deps, trx, { bulk, row, reps })
        return { ...more, outcome: refusals.length > 0 ? 'refused' : 'done', refusals: JSON.stringify(refusals) }
      }),
    )
    if (bulk.act === 'withdraw') deps.shelf.forget()
    return more
  } catch (fault) {
    const { code } = asAppError(fault)
    if (code === 'busy') return false
    const problem = fault instanceof Error ? fault.name : 'fault'
    if (code === 'internal') deps.log.error({ bulkId: bulk.id, number: row.number, problem }, 'a piece was left out')
    const failed = async () => ({ outcome: 'failed' as const, problem: code })
    return transact(deps.db, (trx) => settle(trx, { bulk, row, at: deps.now() }, failed))
  }
}

async function findReps(deps: Deps, { contentItemId }: WaitingRow): Promise<Set<string>> {
  const piece = await findStopping(deps.db, contentItemId)
  if (!piece) throw new AppError('content_not_found')
  return findRepsToTell(deps.db, piece, deps.now())
}

type Tags = Partial<Pick<BulkActRowTable, 'tagsBefore' | 'tagsAfter'>>
type Settled = Tags & Partial<Pick<BulkActRowTable, 'outcome' | 'refusals' | 'problem'>>

/** What becomes of a piece and that it did are one commit: whoever is stopped in between has done nothing. */
async function settle(
  trx: Transaction<Database>,
  { bulk, row, at }: { bulk: OpenBulk; row: WaitingRow; at: Date },
  work: () => Promise<Settled>,
): Promise<boolean> {
  const open = await lockBulk(trx, bulk.id)
  if (!open || open.stoppedAt || open.doneAt) return false
  if ((await findWaiting(trx, bulk.id))?.number !== row.number) return true // somebody else did it meanwhile
  await trx
    .updateTable('bulkActRow')
    .set({ ...(await work()), settledAt: at })
    .where('bulkId', '=', bulk.id)
    .where('number', '=', row.number)
    .execute()
  return true
}

type Turn = { bulk: OpenBulk; row: WaitingRow; reps: Set<string> }

type Acted = Tags & { refusals: WireStepRefusal[] }

/** The very act there is for one piece, under its lock and on its record; why it was refused. */
async function act(deps: Deps, trx: Transaction<Database>, { bulk, row, reps }: Turn): Promise<Acted> {
  const { contentItemId, revision } = row
  const me = { personId: bulk.personId }
  if (!(await mayStillAct(deps, trx, bulk))) {
    const refusals = [{ reason: 'wrong_role' as const }]
    await recordRefusedStep(deps, trx, { me, contentItemId, at: deps.now(), action: bulk.act, refusals })
    return { refusals }
  }
  if (bulk.act === 'tag') return tag(deps, trx, { bulk, row })
  const requestId = `${bulk.id} ${row.number}`
  const answer =
    bulk.act === 'submit'
      ? await submitWithin(deps, trx, me, { contentItemId, revision })
      : await withdrawWithin(deps, trx, me, { requestId, contentItemId, reason: bulk.reason, successorId: null }, reps)
  return { refusals: answer.outcome === 'refused' ? answer.refusals : [] }
}

/** Taking back is the change the other way round, of tags that are as the change left them. */
async function tag(deps: Deps, trx: Transaction<Database>, { bulk, row }: Pick<Turn, 'bulk' | 'row'>): Promise<Acted> {
  const { personId, tagsAdded, tagsRemoved, undoes } = bulk
  const { contentItemId } = row
  const asked = { contentItemId, add: asTags(tagsAdded), remove: asTags(tagsRemoved) }
  const { answer, before, after } = await changeTagsWithin(
    deps,
    trx,
    { personId },
    undoes ? { contentItemId, ...(await undoing(trx, undoes, contentItemId)) } : asked,
  )
  if (answer.outcome === 'refused') return { refusals: answer.refusals }
  return { refusals: [], ...(before !== after && { tagsBefore: before, tagsAfter: after }) }
}

async function undoing(trx: Transaction<Database>, bulkId: string, contentItemId: string) {
  const { tagsBefore, tagsAfter } = await findTagged(trx, bulkId, contentItemId)
  const [before, left] = [tagsBefore ?? '', tagsAfter ?? '']
  const lost = (from: string, to: string) => asTags(from).filter((tag) => !asTags(to).includes(tag))
  return { add: lost(before, left), remove: lost(left, before), left }
}

/** The door asked when it began; whoever has left or lost their roles since would not come through it now. */
async function mayStillAct({ now }: Deps, trx: Transaction<Database>, { personId }: OpenBulk): Promise<boolean> {
  const person = await trx.selectFrom('person').select('status').where('id', '=', personId).executeTakeFirst()
  const roles = await findRoles(trx, personId, now())
  return person?.status === 'active' && holdsOne(roles, officeWriters)
}

async function end({ db, now }: Deps, { id }: OpenBulk): Promise<boolean> {
  const open = db.updateTable('bulkAct').where('id', '=', id).where('stoppedAt', 'is', null)
  await open.where('doneAt', 'is', null).set({ doneAt: now() }).execute()
  return false
}
