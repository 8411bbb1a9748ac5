import type { accountEndpoints, Input, MergeRefusal, Output } from '@vouch/contract'
import type { Transaction } from 'kysely'
import { appendAudit } from '../../../audit/append-audit.ts'
import { carryConsents } from '../../../consents/carry-consents.ts'
import { transact } from '../../../db/database.ts'
import type { Database } from '../../../db/schema.ts'
import type { Deps } from '../../../deps.ts'
import { AppError } from '../../../errors.ts'
import type { Session } from '../../../people/sessions.ts'
import { lockAccounts, type AccountOwn } from '../account-rows.ts'
import { mergeRefusals } from './check-merge.ts'
import * as rows from './merge-rows.ts'
import { takeWish } from './take-wish.ts'

type Endpoint = typeof accountEndpoints.mergeAccounts
type Asked = Input<Endpoint>

/**
 * Puts two records of one doctor together, on a person's word. Contacts go over; sends and statements stay with the record
 * they were made for and count for both, so that limits hold, and a no of either holds for the one that stays. A send is
 * wholly before or after. The same request is one merge; records that changed since they were shown are `stale_revision`.
 */
export async function mergeAccounts(deps: Deps, me: Session, asked: Asked): Promise<Output<Endpoint>> {
  return transact(deps.db, async (trx): Promise<Output<Endpoint>> => {
    const ids = [asked.survivorId, asked.mergedId]
    await rows.lockContactsOf(trx, ids)
    const locked = await lockAccounts(trx, ids)
    const repeated = await findMerge(trx, me, asked)
    if (repeated) return { outcome: 'merged', mergeId: repeated }
    const survivor = locked.find((one) => one.id === asked.survivorId)
    const merged = locked.find((one) => one.id === asked.mergedId)
    if (!survivor || !merged) throw new AppError('account_not_found')
    const reasons = mergeRefusals(survivor, merged)
    if (reasons.length > 0) return refuse(deps, trx, me, asked, reasons)
    if (survivor.revision !== asked.survivorRevision || merged.revision !== asked.mergedRevision)
      throw new AppError('stale_revision')
    return { outcome: 'merged', mergeId: await merge(deps, trx, me, { survivor, merged, asked }) }
  })
}

async function findMerge(trx: Transaction<Database>, me: Session, asked: Asked): Promise<string | undefined> {
  const found = await trx
    .selectFrom('accountMerge')
    .select(['id', 'survivorId', 'mergedId'])
    .where('mergedBy', '=', me.personId)
    .where('requestId', '=', asked.requestId)
    .executeTakeFirst()
  if (!found) return undefined
  if (found.survivorId !== asked.survivorId || found.mergedId !== asked.mergedId)
    throw new AppError('request_id_reused')
  return found.id
}

async function refuse(
  deps: Deps,
  trx: Transaction<Database>,
  me: Session,
  { survivorId, mergedId }: Asked,
  reasons: MergeRefusal[],
): Promise<Output<Endpoint>> {
  await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), {
    ...{ event: 'account.merge_refused', subjectId: survivorId, accountId: survivorId, detail: { mergedId, reasons } },
  })
  return { outcome: 'refused', reasons }
}

type Both = { survivor: AccountOwn; merged: AccountOwn; asked: Asked }

async function merge(deps: Deps, trx: Transaction<Database>, me: Session, both: Both): Promise<string> {
  const { survivor, merged, asked } = both
  const [mergeId, at] = [deps.newId(), deps.now()]
  const pair = { from: merged.id, to: survivor.id }
  const contact = await rows.findContactIds(trx, merged.id)
  await rows.moveContacts(trx, contact, pair)
  const record = await moveRecords(trx, pair)
  const consent = await carryConsents(deps, trx, { survivorId: survivor.id, mergedId: merged.id, mergeId })
  const was: rows.Was = {
    ...{ taken: rows.takenValues(survivor, merged), verified: rows.takenProof(survivor, merged) },
    ...{ pausedUntil: rows.takenPause(survivor, merged), wish: await takeWish(trx, pair, at) },
    merged: { active: Boolean(merged.active), externalId: merged.externalId },
  }
  await changeBoth(trx, both, was)
  await trx
    .insertInto('accountMerge')
    .values({
      ...{ id: mergeId, survivorId: survivor.id, mergedId: merged.id, reason: asked.reason, was: rows.writeWas(was) },
      ...{ mergedBy: me.personId, mergedAt: at, requestId: asked.requestId, undoneBy: null, undoneAt: null },
    })
    .execute()
  await rows.noteMoved(trx, mergeId, { contact, record, consent })
  await settlePair(trx, { oneId: survivor.id, otherId: merged.id, by: me.personId, at })
  for (const [accountId, otherId] of [pairOf(survivor, merged), pairOf(merged, survivor)])
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'account.merged', subjectId: mergeId, accountId, reason: asked.reason },
      detail: { survivorId: survivor.id, otherId, contacts: contact, records: record, consents: consent },
    })
  return mergeId
}

const pairOf = (one: AccountOwn, other: AccountOwn) => [one.id, other.id] as const

/** What was merged into the other one before stands for the survivor now. */
async function moveRecords(trx: Transaction<Database>, { from, to }: { from: string; to: string }): Promise<string[]> {
  const found = await trx
    .selectFrom('account')
    .select('id')
    .where('mergedInto', '=', from)
    .orderBy('id')
    .forUpdate()
    .execute()
  const ids = found.map((row) => row.id)
  if (ids.length > 0) await trx.updateTable('account').set({ mergedInto: to }).where('id', 'in', ids).execute()
  return ids
}

/** The company's code is one account's at a time: it leaves the one before it comes to the other. */
async function changeBoth(trx: Transaction<Database>, { survivor, merged }: Both, was: rows.Was): Promise<void> {
  const externalId = was.taken.externalId ? null : merged.externalId
  await trx
    .updateTable('account')
    .set({ mergedInto: survivor.id, active: false, externalId, revision: merged.revision + 1, compareDue: 1 })
    .where('id', '=', merged.id)
    .execute()
  const taken = Object.fromEntries(Object.entries(was.taken).map(([field, { left }]) => [field, left]))
  await trx
    .updateTable('account')
    .set({ ...taken, revision: survivor.revision + 1, compareDue: 1 })
    .set({ ...(was.verified && rows.asProofColumns(was.verified.left)) })
    .set({ ...(was.pausedUntil?.left && { pausedUntil: new Date(was.pausedUntil.left) }) })
    .where('id', '=', survivor.id)
    .execute()
}

async function settlePair(
  trx: Transaction<Database>,
  { oneId, otherId, by, at }: { oneId: string; otherId: string; by: string; at: Date },
): Promise<void> {
  const [low, high] = [oneId, otherId].toSorted() as [string, string] // of two
  await trx
    .updateTable('accountPair')
    .set({ settled: 'merged', settledBy: by, settledAt: at })
    .where('oneId', '=', low)
    .where('otherId', '=', high)
    .execute()
}
