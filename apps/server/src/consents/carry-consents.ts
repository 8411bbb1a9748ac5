import { carryConsent, consentPurposes, newestStatement, type ConsentPurpose } from '@vouch/rules'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { readEvidence, writeEvidence } from './consent-evidence.ts'
import { findSaid } from './consent-queries.ts'

type Both = { survivorId: string; mergedId: string }

/** What of the other record would count for the one that stays, purpose by purpose. */
export async function findCarried(db: Kysely<Database>, { survivorId, mergedId }: Both) {
  const [ours, theirs] = [await findSaid(db, survivorId), await findSaid(db, mergedId)]
  return consentPurposes.flatMap((purpose: ConsentPurpose) => {
    const newest = newestStatement(theirs, purpose)
    const carried = carryConsent(newestStatement(ours, purpose), newest)
    const row = theirs.find((one) => one === newest)
    return carried && row ? [{ ...row, purpose, consentId: row.id, ...carried }] : []
  })
}

/**
 * Statements of the record that goes, as rows of the one that stays: what was said is kept as it was said, with where it
 * comes from in its evidence. Both accounts are locked. Returns the ids of the new rows.
 */
export async function carryConsents(
  { newId, now }: Deps,
  trx: Transaction<Database>,
  { survivorId, mergedId, mergeId }: Both & { mergeId: string },
): Promise<string[]> {
  const carried = await findCarried(trx, { survivorId, mergedId })
  const ids: string[] = []
  for (const { consentId, countsFrom } of carried) {
    const row = await trx.selectFrom('consent').selectAll().where('id', '=', consentId).executeTakeFirstOrThrow()
    const evidence = {
      ...readEvidence(row.evidence),
      carriedFrom: consentId,
      mergeId,
      saidAt: row.statedAt.toISOString(),
    }
    const id = newId()
    const copy = { ...row, id, accountId: survivorId, statedAt: countsFrom, recordedAt: now(), requestId: null }
    await trx
      .insertInto('consent')
      .values({ ...copy, evidence: writeEvidence(evidence) })
      .execute()
    ids.push(id)
  }
  return ids
}

/** What a merge carried over goes back with it: the rows stay as evidence and count no more. */
export async function takeBackConsents(
  trx: Transaction<Database>,
  { mergeId, consentIds, at }: { mergeId: string; consentIds: readonly string[]; at: Date },
): Promise<void> {
  if (consentIds.length === 0) return
  await trx
    .insertInto('undoneConsent')
    .ignore()
    .values(consentIds.map((consentId) => ({ consentId, mergeId, undoneAt: at })))
    .execute()
}
