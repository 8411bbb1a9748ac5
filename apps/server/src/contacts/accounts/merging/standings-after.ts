import type { MergePreview } from '@vouch/contract'
import { consentState } from '@vouch/rules'
import type { Kysely } from 'kysely'
import { findCarried } from '../../../consents/carry-consents.ts'
import { findMaterial } from '../../../consents/consent-queries.ts'
import { loadStanding } from '../../../consents/load-standing.ts'
import type { Database } from '../../../db/schema.ts'
import { loadPolicy } from '../../../policy/queries.ts'

/** Where the doctor stands by each record, and after the merge. */
export async function standingsAfter(
  db: Kysely<Database>,
  pair: { survivorId: string; mergedId: string },
  now: Date,
): Promise<MergePreview['standings']> {
  const [ours, theirs, carried, policy, material] = await Promise.all([
    loadStanding(db, pair.survivorId, now),
    loadStanding(db, pair.mergedId, now),
    findCarried(db, pair),
    loadPolicy(db, now),
    findMaterial(db, now),
  ])
  return ours.map(({ purpose, standing, activeVersion }) => {
    const row = carried.find((one) => one.purpose === purpose)
    const facts = {
      statements: row ? [{ ...row, statedAt: row.countsFrom }] : [],
      ...{ textVersion: activeVersion, oldestValidVersion: material[purpose] ?? 0, invitedAt: null },
    }
    const after = row ? consentState(facts, policy, now, purpose).state : standing.state
    const there = theirs.find((one) => one.purpose === purpose)?.standing.state ?? 'never'
    return { purpose, survivor: standing.state, merged: there, after }
  })
}
