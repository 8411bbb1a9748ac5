import type { ConsentDoctor } from '@vouch/contract'
import type { FactKind } from '@vouch/rules'
import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { findRecordIds } from '../merged-records.ts'
import { asKinds, factKinds } from '../sends/became-of-queries.ts'

type InFlight = ConsentDoctor['purposes'][number]['history'][number]['inFlight'][number]
const longestTicketMs = 3_600_000

/**
 * Sends that were authorised before a doctor's no and whose ticket lived on after it (assurance.md 2.4 rule 14), for each
 * no by its id. What the client said of them since stands beside; nothing was authorised after it, which the gate sees to.
 */
export async function findInFlightAt(
  db: Kysely<Database>,
  accountId: string,
  said: readonly { id: string; recordedAt: Date }[],
): Promise<Map<string, InFlight[]>> {
  if (said.length === 0) return new Map()
  const rows = await db
    .selectFrom('send')
    .innerJoin('person', 'person.id', 'send.repId')
    .innerJoin('contentItem', 'contentItem.id', 'send.contentItemId')
    .innerJoin('policy', 'policy.version', 'send.policyVersion')
    .select(['send.id as sendId', 'send.kind', 'send.decidedAt as at', 'policy.ticketSeconds'])
    .select(['person.name as rep', 'contentItem.title'])
    .select(factKinds.as('kinds'))
    .where('send.accountId', 'in', await findRecordIds(db, accountId))
    .where('send.outcome', '=', 'authorised')
    .where((eb) =>
      eb.or(
        said.map(({ recordedAt }) =>
          eb.and([
            eb('send.decidedAt', '<=', recordedAt),
            eb('send.decidedAt', '>', new Date(recordedAt.getTime() - longestTicketMs)),
          ]),
        ),
      ),
    )
    .orderBy('send.decidedAt')
    .execute()
  const sends = rows.map(({ ticketSeconds, kinds, ...row }) => ({
    ...row,
    until: new Date(row.at.getTime() + ticketSeconds * 1_000),
    told: toldOf(asKinds(kinds)),
  }))
  return new Map(
    said.map(({ id, recordedAt }) => [id, sends.filter((send) => send.at <= recordedAt && send.until > recordedAt)]),
  )
}

function toldOf(told: readonly FactKind[]): InFlight['told'] {
  if (told.includes('K') || told.includes('M')) return 'sent'
  if (told.includes('C')) return 'cancelled'
  return told.includes('F') ? 'failed' : null
}
