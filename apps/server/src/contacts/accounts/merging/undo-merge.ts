import type { accountEndpoints, Input, Output } from '@vouch/contract'
import type { Transaction } from 'kysely'
import { appendAudit } from '../../../audit/append-audit.ts'
import { takeBackConsents } from '../../../consents/carry-consents.ts'
import { transact } from '../../../db/database.ts'
import type { Database } from '../../../db/schema.ts'
import type { Deps } from '../../../deps.ts'
import { AppError } from '../../../errors.ts'
import type { Session } from '../../../people/sessions.ts'
import { lockAccounts, type AccountOwn } from '../account-rows.ts'
import * as rows from './merge-rows.ts'
import { giveWishBack } from './take-wish.ts'

type Endpoint = typeof accountEndpoints.undoMerge

/**
 * Gives back exactly what a merge moved. What came to the survivor since stays there: contacts, statements, sends, and
 * values somebody changed. Undoing again changes nothing; a survivor that was merged itself comes first.
 */
export async function undoMerge(
  deps: Deps,
  me: Session,
  { mergeId, reason }: Input<Endpoint>,
): Promise<Output<Endpoint>> {
  return transact(deps.db, async (trx): Promise<Output<Endpoint>> => {
    const ids = await findBoth(trx, mergeId)
    await rows.lockContactsOf(trx, ids)
    const locked = await lockAccounts(trx, ids)
    const merge = await loadMerge(trx, mergeId)
    if (merge.undoneAt) return { outcome: 'undone' }
    const survivor = locked.find((one) => one.id === merge.survivorId)
    const merged = locked.find((one) => one.id === merge.mergedId)
    if (!survivor || !merged) throw new AppError('account_not_found')
    const at = deps.now()
    const actor = { kind: 'admin' as const, id: me.personId }
    if (merged.mergedInto !== survivor.id) {
      await appendAudit(trx, deps.newId(), actor, at, {
        ...{ event: 'account.merge_refused', subjectId: mergeId, accountId: survivor.id, reason },
        detail: { reasons: ['merged_again'] },
      })
      return { outcome: 'refused', reasons: ['merged_again'] }
    }
    await giveBack(trx, mergeId, { survivor, merged, was: rows.readWas(merge.was), at })
    await trx
      .updateTable('accountMerge')
      .set({ undoneBy: me.personId, undoneAt: at, undoReason: reason })
      .where('id', '=', mergeId)
      .execute()
    for (const accountId of [survivor.id, merged.id])
      await appendAudit(trx, deps.newId(), actor, at, {
        ...{ event: 'account.merge_undone', subjectId: mergeId, accountId, reason },
      })
    return { outcome: 'undone' }
  })
}

async function findBoth(trx: Transaction<Database>, mergeId: string): Promise<string[]> {
  const merge = await trx
    .selectFrom('accountMerge')
    .select(['survivorId', 'mergedId'])
    .where('id', '=', mergeId)
    .executeTakeFirst()
  if (!merge) throw new AppError('account_not_found')
  return [merge.survivorId, merge.mergedId]
}

const loadMerge = (trx: Transaction<Database>, mergeId: string) =>
  trx
    .selectFrom('accountMerge')
    .select(['survivorId', 'mergedId', 'was', 'undoneAt'])
    .where('id', '=', mergeId)
    .forUpdate()
    .executeTakeFirstOrThrow()

type Both = { survivor: AccountOwn; merged: AccountOwn; was: rows.Was; at: Date }

async function giveBack(trx: Transaction<Database>, mergeId: string, { survivor, merged, was, at }: Both) {
  const moved = await trx
    .selectFrom('accountMergeRow')
    .select(['kind', 'rowId'])
    .where('mergeId', '=', mergeId)
    .execute()
  const idsOf = (kind: string) => moved.filter((row) => row.kind === kind).map((row) => row.rowId)
  await rows.moveContacts(trx, idsOf('contact'), { from: survivor.id, to: merged.id })
  const records = idsOf('record')
  if (records.length > 0)
    await trx
      .updateTable('account')
      .set({ mergedInto: merged.id })
      .where('id', 'in', records)
      .where('mergedInto', '=', survivor.id)
      .execute()
  await takeBackConsents(trx, { mergeId, consentIds: idsOf('consent'), at })
  await giveWishBack(trx, survivor.id, was.wish, at)
  await trx
    .updateTable('account')
    .set({ ...givenBack(survivor, was), revision: survivor.revision + 1, compareDue: 1 })
    .where('id', '=', survivor.id)
    .execute()
  const { active, externalId } = was.merged
  await trx
    .updateTable('account')
    .set({ mergedInto: null, active, externalId, revision: merged.revision + 1, compareDue: 1 })
    .where('id', '=', merged.id)
    .execute()
  const [low, high] = [survivor.id, merged.id].toSorted() as [string, string] // of two
  await trx.deleteFrom('accountPair').where('oneId', '=', low).where('otherId', '=', high).execute()
}

/** What the merge brought and nobody changed since. */
function givenBack(survivor: AccountOwn, was: rows.Was) {
  const taken = Object.entries(was.taken).filter(([field, { left }]) => survivor[field as 'title'] === left) // of these fields alone
  const proofStands =
    was.verified !== null && JSON.stringify(rows.proofOf(survivor)) === JSON.stringify(was.verified.left)
  const pauseStands = was.pausedUntil !== null && (survivor.pausedUntil?.toISOString() ?? null) === was.pausedUntil.left
  return {
    ...Object.fromEntries(taken.map(([field, value]) => [field, value.was])),
    ...(proofStands && was.verified ? rows.asProofColumns(was.verified.was) : {}),
    ...(pauseStands && was.pausedUntil
      ? { pausedUntil: was.pausedUntil.was ? new Date(was.pausedUntil.was) : null }
      : {}),
  }
}
