import type { CaptureChannel } from '@vouch/rules'
import type { Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { asUuid } from '../as-uuid.ts'
import { readEvidence, type ConsentIdentity } from './consent-evidence.ts'
import { stateWithin } from './state-consents.ts'
import { findContactAnswers } from './unmatched/answer-queries.ts'

/**
 * What a contact answered before anybody matched them is stated by the account from now on: with the time, text, language
 * and evidence it was given with, so that it counts exactly as it did then and a later word still outweighs it. Part of
 * the transaction that matches, which holds the contact; once for each account, however often.
 */
export async function carryAnswers(
  deps: Deps,
  trx: Transaction<Database>,
  { externalUserId, accountId }: { externalUserId: string; accountId: string },
): Promise<void> {
  const rows = (await findContactAnswers(trx, externalUserId)).toReversed()
  for (const requestId of new Set(rows.map((row) => row.requestId))) {
    const statements = rows.filter((row) => row.requestId === requestId)
    const first = statements[0]!
    await stateWithin(
      deps,
      trx,
      { kind: 'hcp', id: accountId },
      {
        ...{ accountId, requestId: asUuid(`carried ${accountId} ${requestId}`), language: first.language },
        channel: first.channel as CaptureChannel, // written from one
        identity: first.identity as ConsentIdentity, // likewise
        evidence: { ...readEvidence(first.evidence), answerId: first.id },
        statedAt: first.statedAt,
        statements,
      },
    )
  }
}
